package org.webtorrent4j.webrtc.libwebrtc;

/**
 * The search for candidates of one connection: whether a description has enough of them. Confined
 * to the thread of its shard.
 */
final class Gathering {
  private final GatherPatience patience;
  private final long beginNanos;
  private long lastNanos; // after the beginning; 0 = none was found yet
  private boolean isComplete;
  private boolean isTimeUp;

  /** A search that begins now. */
  Gathering(GatherPatience patience, long nanoTime) {
    this.patience = patience;
    this.beginNanos = nanoTime;
  }

  /** A candidate was found. */
  void onCandidate(long nanoTime) {
    lastNanos = ageNanos(nanoTime);
    if (isTimeUp) {
      patience.onLate(lastNanos);
    }
  }

  /** All are found. */
  void onComplete(long nanoTime) {
    if (!isComplete && !isTimeUp) {
      patience.onComplete(ageNanos(nanoTime));
    }
    isComplete = true;
  }

  /** It is time to do with those there are, or with the first one. */
  void onTimeUp() {
    isTimeUp = true;
    if (lastNanos > 0) {
      patience.onLate(lastNanos);
    }
  }

  /** Whether a description is worth sending. */
  boolean isEnough() {
    return isComplete || (isTimeUp && lastNanos > 0);
  }

  private long ageNanos(long nanoTime) {
    return Math.max(1, nanoTime - beginNanos);
  }
}
