package org.webtorrent4j.swarm;

/** Counts bytes and tells how many came per second lately. Confined to the event loop. */
final class RateMeter {
  private static final double MEMORY_NANOS = 3e9;

  private long total;
  private long totalAtTick;
  private long tickNanos;
  private double rate;

  RateMeter(long nanoTime) {
    this.tickNanos = nanoTime;
  }

  void add(long bytes) {
    total += bytes;
  }

  /** Bytes since the beginning. */
  long total() {
    return total;
  }

  /** Takes the bytes since the last call into the rate; called a few times a second. */
  void tick(long nanoTime) {
    long elapsed = nanoTime - tickNanos;
    if (elapsed <= 0) {
      return;
    }
    double now = (total - totalAtTick) * 1e9 / elapsed;
    rate += (now - rate) * (1 - Math.exp(-elapsed / MEMORY_NANOS));
    totalAtTick = total;
    tickNanos = nanoTime;
  }

  /** Bytes per second, a mean of the last seconds. */
  long rate() {
    return Math.round(rate);
  }
}
