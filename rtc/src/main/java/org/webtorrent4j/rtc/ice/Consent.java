package org.webtorrent4j.rtc.ice;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether the peer still wants to hear from us, RFC 7675: a request every few seconds, which is
 * answered, or the connection ends. One lost packet does not count.
 */
final class Consent {
  private static final long SECOND = 1_000_000_000L;
  private static final long INTERVAL = 4 * SECOND;

  /** Without an answer, although other things come. */
  private static final long MAX_UNANSWERED = 30 * SECOND;

  /** Without anything that only the peer can have sent. */
  private static final long MAX_SILENCE = 15 * SECOND;

  private static final int MAX_RESENDS = 4;

  private final RandomGenerator random;
  private long lastAnswer;
  private long lastHeard;
  private long next;
  private int sends;

  /** The request that is out, or was answered last. */
  @Nullable Check check;

  Consent(RandomGenerator random, long now) {
    this.random = random;
    restart(now);
  }

  /** The peer was heard on a way that works, perhaps a new one. */
  void restart(long now) {
    lastAnswer = now;
    lastHeard = now;
    check = null;
    schedule(now);
  }

  void onHeard(long now) {
    lastHeard = now;
  }

  void onAnswer(long now) {
    lastAnswer = now;
    lastHeard = now;
    check = null;
  }

  long lastHeard() {
    return lastHeard;
  }

  boolean isLost(long now) {
    return now >= expiry();
  }

  /** Whether a request is due that does not repeat one. */
  boolean isDue(long now) {
    return now >= next;
  }

  void onNew(Check fresh, long now) {
    check = fresh;
    sends = 0;
    schedule(now);
  }

  /** Whether the request that is out is to be sent, for the first time or again. */
  boolean mustSend(long now) {
    Check out = check;
    return out != null && sends < MAX_RESENDS && now >= out.nextSend();
  }

  void onSend() {
    sends++;
  }

  long nextTime() {
    Check out = check;
    long resend = out != null && sends < MAX_RESENDS ? out.nextSend() : Long.MAX_VALUE;
    return Math.min(Math.min(next, resend), expiry());
  }

  private long expiry() {
    return Math.min(lastAnswer + MAX_UNANSWERED, lastHeard + MAX_SILENCE);
  }

  private void schedule(long now) {
    next = now + INTERVAL * 4 / 5 + random.nextLong(INTERVAL * 2 / 5);
  }
}
