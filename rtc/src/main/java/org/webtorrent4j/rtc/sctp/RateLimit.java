package org.webtorrent4j.rtc.sctp;

/** Lets so many answers a second through: a peer that floods us is not answered as often. */
final class RateLimit {
  private static final long SECOND = 1_000_000_000;

  private long since = Long.MIN_VALUE;
  private int count;

  /** Whether one more is let through, of {@code perSecond}. */
  boolean allows(int perSecond, long now) {
    if (since == Long.MIN_VALUE || now - since >= SECOND) {
      since = now;
      count = 0;
    }
    return count++ < perSecond;
  }
}
