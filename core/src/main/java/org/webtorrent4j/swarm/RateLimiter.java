package org.webtorrent4j.swarm;

/**
 * A token bucket that holds a quarter of a second of its rate. A block may be taken as soon as
 * there is any token, so that blocks larger than the bucket pass too; the debt is paid back before
 * the next one. Confined to the event loop.
 */
final class RateLimiter {
  private static final double BURST_SECONDS = 0.25;

  private long bytesPerSecond; // 0 = no limit
  private double tokens;
  private long refilledNanos;

  RateLimiter(long bytesPerSecond, long nanoTime) {
    this.refilledNanos = nanoTime;
    limit(bytesPerSecond);
  }

  /** Changes the limit; 0 = none. */
  void limit(long newBytesPerSecond) {
    this.bytesPerSecond = newBytesPerSecond;
    this.tokens = Math.min(tokens, newBytesPerSecond * BURST_SECONDS);
  }

  boolean isLimited() {
    return bytesPerSecond > 0;
  }

  /** The limit; {@code Long.MAX_VALUE} if there is none. */
  long bytesPerSecond() {
    return bytesPerSecond == 0 ? Long.MAX_VALUE : bytesPerSecond;
  }

  /** Whether something may pass now. */
  boolean isOpen(long nanoTime) {
    if (bytesPerSecond == 0) {
      return true;
    }
    tokens += (nanoTime - refilledNanos) * 1e-9 * bytesPerSecond;
    tokens = Math.min(tokens, bytesPerSecond * BURST_SECONDS);
    refilledNanos = nanoTime;
    return tokens > 0;
  }

  /** Lets bytes pass, after {@link #isOpen} said that they may; fewer than 0 were not used. */
  void take(long bytes) {
    if (bytesPerSecond > 0) {
      tokens -= bytes;
    }
  }
}
