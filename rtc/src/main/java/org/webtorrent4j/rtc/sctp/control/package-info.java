/**
 * How much may be on the way and how fast it leaves: congestion control, pacing and the
 * retransmission time-out. Time is an argument everywhere.
 */
@NullMarked
package org.webtorrent4j.rtc.sctp.control;

import org.jspecify.annotations.NullMarked;
