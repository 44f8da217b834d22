package org.webtorrent4j.webrtc.libwebrtc.flow;

import java.util.concurrent.TimeUnit;

/**
 * When to ask libwebrtc next how much it has sent, which it does not tell by itself and which costs
 * a wait for its network thread: when it should be enough, by the speed since the last time.
 * Confined to its owner's thread.
 */
public final class DrainPace {
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(30);

  private long askedAt;
  private long drained;
  private long progressAt;
  private double bytesPerNano;

  public DrainPace(long now) {
    askedAt = now;
    progressAt = now;
  }

  /** Something is to be sent, after a pause in which nothing was. */
  public void resume(long now) {
    askedAt = now;
    progressAt = now;
  }

  /** The answer to a question. */
  public void onDrained(long bytes, long now) {
    if (bytes > drained) {
      if (now > askedAt) {
        bytesPerNano = (double) (bytes - drained) / (now - askedAt);
      }
      progressAt = now;
    }
    drained = bytes;
    askedAt = now;
  }

  /** Whether libwebrtc has sent nothing for so long that it never will. */
  public boolean isStalled(long now) {
    return now - progressAt > STALLED_NANOS;
  }

  /** The time until {@code wanted} bytes should have been sent. */
  public long nanosUntil(long wanted) {
    if (bytesPerNano <= 0) {
      return SOON_NANOS;
    }
    long nanos = Math.round((wanted - drained) / bytesPerNano);
    return Math.max(SOON_NANOS, Math.min(nanos, LATE_NANOS));
  }

  /** How many bytes go in so much time, at the speed of late; 0 if that is not known yet. */
  public long bytesIn(long nanos) {
    return Math.round(bytesPerNano * nanos);
  }

  /** The time until the next question if nobody waits for the answer. */
  public static long lateNanos() {
    return LATE_NANOS;
  }
}
