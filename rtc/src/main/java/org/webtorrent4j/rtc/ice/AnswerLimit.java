package org.webtorrent4j.rtc.ice;

/** How much of what is sent to an agent it looks at, and answers, within a second. */
final class AnswerLimit {
  private static final long SECOND = 1_000_000_000L;
  private static final int MAX_ANSWERS = 50;
  private static final int MAX_FORGED = 200;

  private long second = Long.MIN_VALUE;
  private int answered;
  private int forged;

  /** Whether a request is worth the microsecond that its check costs. */
  boolean mayVerify(boolean isFromKnown, long now) {
    count(now);
    return isFromKnown || forged < MAX_FORGED;
  }

  void onForged() {
    forged++;
  }

  boolean mayAnswer(long now) {
    count(now);
    return answered++ < MAX_ANSWERS;
  }

  private void count(long now) {
    if (second == Long.MIN_VALUE || now - second >= SECOND) {
      second = now;
      answered = 0;
      forged = 0;
    }
  }
}
