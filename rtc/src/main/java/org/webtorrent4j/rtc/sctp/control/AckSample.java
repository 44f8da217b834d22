package org.webtorrent4j.rtc.sctp.control;

/**
 * What one SACK told the sender. There is one per association, filled anew each time, for it is
 * needed for every other packet.
 */
public final class AckSample {
  /** Bytes that this SACK acknowledged for the first time. */
  public long acked;

  /** Bytes that were found lost with it. */
  public long lost;

  /** Round trip of the newest chunk that was sent only once, in nanoseconds; 0 if there is none. */
  public long rtt;

  /** Bytes a second at which the path delivered; 0 if it could not be told. */
  public long rate;

  /** Whether the rate says more of what there was to send than of the path. */
  public boolean isAppLimited;

  /** Bytes that had been delivered when the newest acknowledged chunk was sent. */
  public long deliveredBefore;

  /** Bytes delivered by now. */
  public long delivered;

  /** Bytes on the way, after this SACK. */
  public long inFlight;

  /** Forgets the SACK before. */
  public void clear() {
    acked = 0;
    lost = 0;
    rtt = 0;
    rate = 0;
    isAppLimited = false;
    deliveredBefore = -1;
  }
}
