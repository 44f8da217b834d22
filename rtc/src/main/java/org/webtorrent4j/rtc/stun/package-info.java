/**
 * STUN messages as ICE uses them, RFC 8489: read without allocation and without trust, written into
 * an array. No socket, thread or clock.
 */
@NullMarked
package org.webtorrent4j.rtc.stun;

import org.jspecify.annotations.NullMarked;
