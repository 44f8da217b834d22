package org.webtorrent4j.rtc.sctp;

import java.net.ProtocolException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.Init;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/**
 * How an association comes to be: both ends send INIT at once, or only one of them; either way one
 * state cookie that comes back makes it (RFC 9260 §5.1, §5.2). A restart is not known: a peer that
 * begins anew comes with a new DTLS session and so to a new association.
 */
final class Handshake {
  private static final long MS = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long MAX_WAIT = 3_000 * MS;
  private static final int MAX_ANSWERS = 2;
  private static final int NOTHING = -1;

  /** What is to be done with a chunk of the handshake. */
  enum Step {
    /** Nothing: it is late, doubled or not for us. */
    IGNORE,
    /** Send what {@link #write} writes. */
    ANSWER,
    /** The same, and the association is there. */
    ESTABLISHED
  }

  private enum State {
    IDLE,
    COOKIE_WAIT,
    COOKIE_ECHOED,
    DONE
  }

  private final Init own;
  private final Cookie cookies;
  private final RateLimit answers = new RateLimit();
  private final long firstWait;
  private State state = State.IDLE;
  private long wait;
  private long resendAt = NEVER;
  private boolean hasBegunAgain;
  private boolean isResent;
  private @Nullable Init peer;

  // The answer to write next, and what goes into it.
  private int answer = NOTHING;
  private byte[] cookie = Empty.BYTES;
  private byte[] echo = Empty.BYTES;
  private int answerTag;

  Handshake(SctpSettings settings, RandomGenerator random) {
    int tag;
    do {
      tag = random.nextInt();
    } while (tag == 0);
    own =
        new Init(
            tag,
            settings.receiveWindow(),
            0xffff,
            0xffff,
            random.nextInt(),
            true,
            settings.zeroChecksum());
    cookies = new Cookie(random);
    firstWait = Math.min(Math.max(3 * settings.initialRttNanos(), 300 * MS), 1_000 * MS);
  }

  Init own() {
    return own;
  }

  /** What the peer told; empty until it has. */
  Optional<Init> peer() {
    return Optional.ofNullable(peer);
  }

  int peerTag() {
    return peer == null ? 0 : peer.tag();
  }

  boolean isDone() {
    return state == State.DONE;
  }

  /** Whether our COOKIE-ECHO is out, and the peer's answer to it is not here. */
  boolean isEchoed() {
    return state == State.COOKIE_ECHOED;
  }

  /** Begins with an INIT; nothing if the peer was quicker. */
  Step connect(long now) {
    if (state != State.IDLE) {
      return Step.IGNORE;
    }
    state = State.COOKIE_WAIT;
    wait = firstWait;
    resendAt = now + wait;
    return answer(Chunks.INIT, 0);
  }

  Step onInit(byte[] b, int at, long now) throws ProtocolException {
    Init init = Init.read(b, at);
    boolean isForeign = state == State.DONE && init.tag() != peerTag();
    if (isForeign || !answers.allows(MAX_ANSWERS, now)) {
      return Step.IGNORE;
    }
    cookie = cookies.bake(init, own.tag(), now);
    return answer(Chunks.INIT_ACK, init.tag());
  }

  Step onInitAck(byte[] b, int at, long now) throws ProtocolException {
    if (state != State.COOKIE_WAIT) {
      return Step.IGNORE;
    }
    int found = Init.findCookie(b, at);
    int length = found < 0 ? 0 : Chunks.u16(b, found + 2) - 4;
    int room = PacketBuffer.MAX_PACKET - Chunks.COMMON_HEADER - Chunks.HEADER;
    if (length < 1 || length > room) {
      throw new ProtocolException("cookie of " + length + " bytes");
    }
    peer = Init.read(b, at);
    echo = new byte[length];
    System.arraycopy(b, found + 4, echo, 0, length);
    state = State.COOKIE_ECHOED;
    isResent = false;
    wait = firstWait;
    resendAt = now + wait;
    return answer(Chunks.COOKIE_ECHO, peer.tag());
  }

  Step onCookieEcho(byte[] b, int at, long now) {
    int length = Chunks.u16(b, at + 2) - Chunks.HEADER;
    if (state == State.DONE && !answers.allows(MAX_ANSWERS, now)) {
      return Step.IGNORE;
    }
    Optional<Init> init = cookies.open(b, at + Chunks.HEADER, length, own.tag());
    if (init.isEmpty()) {
      return Step.IGNORE;
    }
    if (state == State.DONE) {
      // The other half of a collision, or our COOKIE-ACK was lost.
      return init.get().tag() == peerTag() ? answer(Chunks.COOKIE_ACK, peerTag()) : Step.IGNORE;
    }
    if (Cookie.isStale(b, at + Chunks.HEADER, now)) {
      return answer(Chunks.ERROR, init.get().tag());
    }
    peer = init.get();
    answer(Chunks.COOKIE_ACK, peer.tag());
    return establish();
  }

  /** Our cookie was taken: by COOKIE-ACK, or by data, which nobody sends before that. */
  Step onEchoTaken() {
    if (state != State.COOKIE_ECHOED) {
      return Step.IGNORE;
    }
    return establish();
  }

  /** The peer found our echo of its cookie stale: once more from the start, but only once. */
  Step onStale(long now) {
    if (state != State.COOKIE_ECHOED || hasBegunAgain) {
      return Step.IGNORE;
    }
    hasBegunAgain = true;
    state = State.IDLE;
    return connect(now);
  }

  private Step establish() {
    state = State.DONE;
    resendAt = NEVER;
    echo = Empty.BYTES;
    return Step.ESTABLISHED;
  }

  Step onTime(long now) {
    if (now < resendAt) {
      return Step.IGNORE;
    }
    isResent = true;
    wait = Math.min(2 * wait, MAX_WAIT);
    resendAt = now + wait;
    return state == State.COOKIE_WAIT
        ? answer(Chunks.INIT, 0)
        : answer(Chunks.COOKIE_ECHO, peerTag());
  }

  long nextTime() {
    return resendAt;
  }

  private Step answer(int type, int tag) {
    answer = type;
    answerTag = tag;
    return Step.ANSWER;
  }

  /** Whether {@link #write} has something to write. */
  boolean hasAnswer() {
    return answer != NOTHING;
  }

  /** Verification tag of the packet for {@link #write}. */
  int answerTag() {
    return answerTag;
  }

  /** Whether data may ride in the packet for {@link #write}. */
  boolean mayCarryData() {
    return answer == Chunks.COOKIE_ECHO && !isResent;
  }

  /** Writes the chunk that the last step asked for. */
  void write(PacketBuffer out) {
    switch (answer) {
      case Chunks.INIT -> own.write(out, Empty.BYTES);
      case Chunks.INIT_ACK -> own.write(out, cookie);
      case Chunks.COOKIE_ECHO -> {
        out.beginChunk(Chunks.COOKIE_ECHO, 0);
        out.put(echo, 0, echo.length);
        out.endChunk();
      }
      case Chunks.COOKIE_ACK -> {
        out.beginChunk(Chunks.COOKIE_ACK, 0);
        out.endChunk();
      }
      default -> {
        out.beginChunk(Chunks.ERROR, 0);
        out.put16(Causes.STALE_COOKIE);
        out.put16(8);
        out.put32(0);
        out.endChunk();
      }
    }
    cookie = Empty.BYTES;
    answer = NOTHING;
  }

  void end() {
    state = State.DONE;
    resendAt = NEVER;
  }
}
