/**
 * The wire format of SCTP: packets are checked whole before anybody acts on them, and written into
 * one array that all associations of a thread share.
 */
@NullMarked
package org.webtorrent4j.rtc.sctp.packet;

import org.jspecify.annotations.NullMarked;
