package org.webtorrent4j.rtc.sctp;

/**
 * Tells late chunks from lost ones as RACK does (RFC 8985): by the time of their last sending
 * against that of the newest chunk that arrived. Each sending counts anew, so that a lost
 * retransmission is found after a round trip. Until the path has been seen to reorder, three
 * packets that overtook are proof enough.
 */
final class LossDetector {
  private static final long MS = 1_000_000;
  private static final int OVERTAKEN = 3;
  private static final int MAX_WIDENING = 4;

  private boolean hasNewest;
  private int newestSerial;
  private long newestRtt;
  private long minRtt = Long.MAX_VALUE;
  private boolean isReordering;
  private int widening;
  private long deadline = Long.MAX_VALUE;

  /** The shortest round trip seen. */
  long minRtt() {
    return minRtt;
  }

  void onRtt(long rtt) {
    minRtt = Math.min(minRtt, rtt);
  }

  /**
   * Whether a resent chunk whose last copy left {@code age} ago was rather acknowledged for an
   * earlier copy: no answer can be so quick.
   */
  boolean isOfFirstCopy(long age) {
    return minRtt != Long.MAX_VALUE && age < minRtt * 8 / 10;
  }

  /** A chunk that was sent once arrived, in a packet with this number. */
  void onFirstCopyAcked(int serial) {
    if (hasNewest && serial - newestSerial < 0) {
      isReordering = true;
    }
  }

  /** The peer had two copies: we took something for lost too early. */
  void onDuplicate() {
    isReordering = true;
    widening = Math.min(widening + 1, MAX_WIDENING);
  }

  void onNewestAcked(int serial, long sentAt, long now) {
    if (!hasNewest || serial - newestSerial > 0) {
      hasNewest = true;
      newestSerial = serial;
      newestRtt = now - sentAt;
    }
  }

  /** Whether a chunk is lost; if it is only late, {@link #deadline} says when it will be. */
  boolean isLost(int serial, long sentAt, long now) {
    if (!hasNewest || newestSerial - serial <= 0) {
      return false;
    }
    long due = sentAt + newestRtt + window();
    if (now >= due || (!isReordering && newestSerial - serial >= OVERTAKEN)) {
      return true;
    }
    deadline = due;
    return false;
  }

  /** How much later than its successors a chunk may come. */
  private long window() {
    if (minRtt == Long.MAX_VALUE) {
      return MS;
    }
    return Math.max(MS, minRtt / 4 * Math.max(1, widening));
  }

  void clearDeadline() {
    deadline = Long.MAX_VALUE;
  }

  /** When a chunk that is late becomes a lost one. */
  long deadline() {
    return deadline;
  }
}
