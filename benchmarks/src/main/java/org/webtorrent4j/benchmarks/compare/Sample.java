package org.webtorrent4j.benchmarks.compare;

/**
 * What one run took.
 *
 * @param seconds from the first to the last byte, or of whatever is timed
 * @param bytes that were moved; 0 where only the time counts
 * @param cpuSeconds user and system time of both ends; 0 where unknown
 */
record Sample(double seconds, long bytes, double cpuSeconds) {
  /** A time alone. */
  static Sample time(double seconds) {
    return new Sample(seconds, 0, 0);
  }

  /** What the contest compares, more is better: MB/s, or runs per second. */
  double speed() {
    return bytes == 0 ? 1 / seconds : bytes / seconds / 1e6;
  }

  double cpuPerGib() {
    return bytes == 0 ? 0 : cpuSeconds * (1L << 30) / bytes;
  }
}
