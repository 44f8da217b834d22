package org.webtorrent4j.rtc.dtls;

/**
 * When a flight is repeated, RFC 6347 4.2.4: twice as late each time, and at once like new when
 * something came.
 */
final class RetransmitTimer {
  private static final long MAX_NANOS = 3_000_000_000L;

  private final long first;
  private long wait;
  private long due = Long.MAX_VALUE;
  private long last;

  RetransmitTimer(long firstNanos) {
    this.first = firstNanos;
    this.wait = firstNanos;
  }

  /** A new flight was sent. */
  void start(long now) {
    wait = first;
    due = now + wait;
    last = now;
  }

  void stop() {
    due = Long.MAX_VALUE;
  }

  /** The same flight was sent again, because nothing came. */
  void backOff(long now) {
    wait = Math.min(2 * wait, MAX_NANOS);
    due = now + wait;
    last = now;
  }

  /** Whether the flight may be sent again already, because the other side repeats its own. */
  boolean mayRepeat(long now) {
    return now - last >= wait / 2;
  }

  void onRepeated(long now) {
    last = now;
    if (due != Long.MAX_VALUE) {
      due = now + wait;
    }
  }

  long due() {
    return due;
  }
}
