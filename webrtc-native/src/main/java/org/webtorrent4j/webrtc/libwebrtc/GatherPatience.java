package org.webtorrent4j.webrtc.libwebrtc;

import java.util.concurrent.TimeUnit;

/**
 * How long a description waits for candidates. Where gathering ends by itself, that costs nothing;
 * where a STUN server is silent or a network leads nowhere, it never does in time, and what comes
 * comes soon: then the next descriptions wait twice as long as the last candidate took, and no
 * longer. Confined to the thread of its shard.
 */
final class GatherPatience {
  /** Host candidates come in a few milliseconds, on a busy machine in some more. */
  static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Two rounds of STUN to the other end of the world. */
  static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private long learnedNanos = FIRST_NANOS;

  /** How long to wait; with at least one candidate, no longer. */
  long nanos(long mostNanos) {
    return Math.min(mostNanos, learnedNanos);
  }

  /** Gathering was complete in time, in so much of it. */
  void onComplete(long tookNanos) {
    learnedNanos = Math.max(FIRST_NANOS, 2 * tookNanos);
  }

  /**
   * It was not.
   *
   * @param lastNanos after what time the last candidate so far was found
   */
  void onLate(long lastNanos) {
    learnedNanos = Math.max(LEAST_NANOS, 2 * lastNanos);
  }
}
