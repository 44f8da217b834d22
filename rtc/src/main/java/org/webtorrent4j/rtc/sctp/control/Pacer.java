package org.webtorrent4j.rtc.sctp.control;

/**
 * Spreads packets over time: a bucket of credit that fills at the pacing rate and holds ten packets
 * or two milliseconds' worth. Nobody sleeps for a single packet: who has to wait, waits for a
 * millisecond's worth.
 */
public final class Pacer {
  private static final long SECOND = 1_000_000_000;
  private static final long QUANTUM = 1_000_000;
  private static final int BURST = 10 * 1200;

  private long nextSend = Long.MIN_VALUE;
  private long wakeAt = Long.MIN_VALUE;

  /** Whether a packet may leave now. */
  public boolean maySend(long now) {
    return now >= wakeAt && now >= nextSend;
  }

  /** When a packet may leave that may not now. */
  public long nextTime() {
    return Math.max(nextSend, wakeAt);
  }

  /** A packet left. */
  public void onSent(int bytes, long bytesPerSecond, long now) {
    if (bytesPerSecond == Long.MAX_VALUE) {
      return;
    }
    long rate = Math.max(bytesPerSecond, 1000);
    long credit = Math.max(BURST * SECOND / rate, 2 * QUANTUM);
    nextSend = Math.max(nextSend, now - credit) + bytes * SECOND / rate;
    if (nextSend > now) {
      wakeAt = Math.max(nextSend, now + QUANTUM);
    }
  }
}
