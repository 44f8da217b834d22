package org.webtorrent4j.rtc.ice;

import java.util.random.RandomGenerator;
import org.webtorrent4j.rtc.stun.StunMessage;

/**
 * A request to one address, sent again until it is answered, RFC 8489 6.2.1. The last byte of its
 * transaction id is the number of the sending, so that an answer tells which one it belongs to.
 */
final class Check {
  static final long FIRST_TIMEOUT = 250_000_000L;

  private static final int MAX_SENDS = 7;

  /** Besides those of the schedule, because the peer was heard. */
  private static final int MAX_HURRIED = 3;

  private static final long MAX_TIMEOUT = 4_000_000_000L;

  /** Whether its answer decides for this pair. */
  final boolean nominates;

  /** Whether it says that we control. */
  final boolean isControlling;

  private final byte[] transaction = new byte[StunMessage.TRANSACTION_LENGTH];
  private final long[] sentAt = new long[MAX_SENDS + MAX_HURRIED + 1];
  private final long firstTimeout;
  private int sends;
  private int hurried;
  private long nextSend;

  Check(
      int prefix,
      boolean isControlling,
      boolean nominates,
      long firstTimeout,
      long now,
      RandomGenerator random) {
    this.isControlling = isControlling;
    this.nominates = nominates;
    this.firstTimeout = firstTimeout;
    this.nextSend = now;
    random.nextBytes(transaction);
    for (int i = 0; i < 4; i++) {
      transaction[i] = (byte) (prefix >>> (24 - 8 * i));
    }
  }

  /** When it is to be sent again; {@link #isOver} then, if all was tried. */
  long nextSend() {
    return nextSend;
  }

  boolean isOver(long now) {
    return sends - hurried >= MAX_SENDS && now >= nextSend;
  }

  /** Whether it may be sent once before its time. */
  boolean mayHurry() {
    return hurried < MAX_HURRIED;
  }

  /** It is about to be sent before its time, which its schedule does not count. */
  void onHurry() {
    hurried++;
  }

  /** How long ago it was sent last. */
  long sinceLastSend(long now) {
    return sends == 0 ? Long.MAX_VALUE : now - sentAt[sends];
  }

  /** Another sending: its transaction id. */
  byte[] onSend(long now) {
    sends++;
    sentAt[sends] = now;
    nextSend = now + Math.min(firstTimeout << Math.max(0, sends - hurried - 1), MAX_TIMEOUT);
    transaction[StunMessage.TRANSACTION_LENGTH - 1] = (byte) sends;
    return transaction;
  }

  /**
   * When the sending was that a message answers.
   *
   * @return {@link Long#MIN_VALUE} if it answers none of them
   */
  long sentAt(StunMessage answer) {
    for (int i = 0; i < StunMessage.TRANSACTION_LENGTH - 1; i++) {
      if (answer.transaction(i) != (transaction[i] & 0xff)) {
        return Long.MIN_VALUE;
      }
    }
    int send = answer.transaction(StunMessage.TRANSACTION_LENGTH - 1);
    return send >= 1 && send <= sends ? sentAt[send] : Long.MIN_VALUE;
  }
}
