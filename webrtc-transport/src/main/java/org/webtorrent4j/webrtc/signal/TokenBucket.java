package org.webtorrent4j.webrtc.signal;

/** Allows so many things a second, and some more after a rest. Confined to the event loop. */
final class TokenBucket {
  private static final double SECOND = 1e9;

  private final double perSecond;
  private final double burst;
  private double tokens;
  private long filledNanos;

  TokenBucket(double perSecond, double burst, long nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledNanos = nanoTime;
  }

  /** Takes a token; false if there is none. */
  boolean tryTake(long nanoTime) {
    tokens = Math.min(burst, tokens + (nanoTime - filledNanos) / SECOND * perSecond);
    filledNanos = nanoTime;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
