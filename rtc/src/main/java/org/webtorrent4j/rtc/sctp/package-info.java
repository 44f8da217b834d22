/**
 * One SCTP association over DTLS (RFC 9260, 8261): packets and time in, packets and events out. It
 * knows no thread, no socket and no clock; whoever owns an association calls it from one thread.
 */
@NullMarked
package org.webtorrent4j.rtc.sctp;

import org.jspecify.annotations.NullMarked;
