package org.webtorrent4j.rtc.dtls;

/** Which of the last 64 records were received already, RFC 6347 4.1.2.6. */
final class ReplayWindow {
  private static final int SIZE = 64;

  /** The highest number that was received; -1 before the first. */
  private long top = -1;

  /** Bit n: top - n was received. */
  private long received;

  /** Whether a record is new enough and was not received yet. Asked before the record is opened. */
  boolean isNew(long sequence) {
    if (sequence > top) {
      return true;
    }
    long age = top - sequence;
    return age < SIZE && ((received >>> age) & 1) == 0;
  }

  /** Remembers a record, once it has proved to be genuine: forged ones must not move the window. */
  void mark(long sequence) {
    if (sequence > top) {
      long step = sequence - top;
      received = step >= SIZE ? 1 : (received << step) | 1;
      top = sequence;
    } else {
      received |= 1L << (top - sequence);
    }
  }
}
