package org.webtorrent4j.rtc.sctp.control;

/**
 * Round-trip time and the retransmission time-out from it (RFC 9260 §6.3.1), with the limits that
 * suit a path of which ICE says whether it lives: at least 300 ms and 110 ms more than the smoothed
 * round trip, at most 3 s.
 */
public final class Rto {
  private static final long MS = 1_000_000;
  private static final long MIN = 300 * MS;
  private static final long MAX = 3_000 * MS;
  private static final long MIN_VARIATION = 110 * MS;
  private static final int MAX_BACK_OFF = 6;

  private long smoothed;
  private long variation;
  private int backOff;

  /** Begins with what is known of the round trip, in nanoseconds. */
  public Rto(long initialRtt) {
    smoothed = initialRtt;
    variation = initialRtt / 2;
  }

  /** A round trip was measured. */
  public void onSample(long rtt) {
    variation += (Math.abs(rtt - smoothed) - variation) / 4;
    smoothed += (rtt - smoothed) / 8;
  }

  /** The time-out passed: the next one is twice as long. */
  public void onTimeout() {
    backOff = Math.min(backOff + 1, MAX_BACK_OFF);
  }

  /** The peer acknowledged something new. */
  public void onProgress() {
    backOff = 0;
  }

  /** The smoothed round trip, in nanoseconds. */
  public long smoothed() {
    return smoothed;
  }

  /** The time-out, in nanoseconds. */
  public long timeout() {
    long base = Math.max(MIN, smoothed + Math.max(4 * variation, MIN_VARIATION));
    return Math.min(base << backOff, MAX);
  }
}
