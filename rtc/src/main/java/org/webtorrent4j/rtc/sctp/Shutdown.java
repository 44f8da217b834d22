package org.webtorrent4j.rtc.sctp;

import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/**
 * The end that both sides agree on: nothing new is taken, what is outstanding arrives, and three
 * chunks say so (RFC 9260 §9.2).
 */
final class Shutdown {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int MAX_TRIES = 8;

  private enum State {
    NONE,
    PENDING,
    SENT,
    RECEIVED,
    ACK_SENT
  }

  private State state = State.NONE;
  private long resendAt = NEVER;
  private int tries;

  boolean isAsked() {
    return state != State.NONE;
  }

  void ask() {
    if (state == State.NONE) {
      state = State.PENDING;
    }
  }

  /** The peer sends nothing more. */
  void onShutdown(long now) {
    if (state == State.NONE || state == State.PENDING) {
      state = State.RECEIVED;
    } else if (state == State.SENT) {
      state = State.ACK_SENT;
      resendAt = now;
    } else if (state == State.ACK_SENT) {
      resendAt = now;
    }
  }

  /** Whether a SHUTDOWN-ACK is an answer to ours. */
  boolean isAwaitingAck() {
    return state == State.SENT || state == State.ACK_SENT;
  }

  /** Whether a SHUTDOWN-COMPLETE ends the association. */
  boolean isAwaitingComplete() {
    return state == State.ACK_SENT;
  }

  /** Whether our SHUTDOWN is out, so that each packet of the peer's is answered with it. */
  boolean isSent() {
    return state == State.SENT;
  }

  /** Goes on when everything that was written is acknowledged. */
  void onProgress(boolean isDone, long now) {
    if (isDone && (state == State.PENDING || state == State.RECEIVED)) {
      state = state == State.PENDING ? State.SENT : State.ACK_SENT;
      resendAt = now;
    }
  }

  boolean isDue(long now) {
    return now >= resendAt;
  }

  /** Whether the peer has been asked often enough. */
  boolean isHopeless() {
    return tries >= MAX_TRIES;
  }

  void write(PacketBuffer out, long cumulative, long timeout, long now) {
    tries++;
    resendAt = now + timeout;
    out.beginChunk(state == State.SENT ? Chunks.SHUTDOWN : Chunks.SHUTDOWN_ACK, 0);
    if (state == State.SENT) {
      out.put32((int) cumulative);
    }
    out.endChunk();
  }

  long nextTime() {
    return resendAt;
  }

  void end() {
    resendAt = NEVER;
  }
}
