package org.webtorrent4j.tracker.server.websocket;

import java.util.concurrent.TimeUnit;

/**
 * Allows so many things a second for long, and many more at once after a rest: a client that
 * reconnects announces all its torrents. For one thread at a time.
 */
final class TokenBucket {
  private static final int BURST_SECONDS = 100;
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private double tokens;
  private long filledAt;

  TokenBucket(int perSecond, long nanoTime) {
    this.perSecond = perSecond;
    this.tokens = (double) perSecond * BURST_SECONDS;
    this.filledAt = nanoTime;
  }

  /** Takes tokens; it may get into debt, which has to be waited for. */
  void take(double count) {
    tokens -= count;
  }

  /** How long to wait until nothing is owed; 0 = no longer. */
  long waitNanos(long nanoTime) {
    double filled = tokens + (nanoTime - filledAt) / NANOS * perSecond;
    tokens = Math.min(filled, (double) perSecond * BURST_SECONDS);
    filledAt = nanoTime;
    return tokens >= 0 ? 0 : Math.max(1, (long) (-tokens / perSecond * NANOS));
  }
}
