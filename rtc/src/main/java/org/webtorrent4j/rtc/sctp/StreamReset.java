package org.webtorrent4j.rtc.sctp;

import java.util.Arrays;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/**
 * Closing streams (RE-CONFIG, RFC 6525): we ask for the reset of what we send on, one request at a
 * time and repeated until it is answered, and answer the peer's.
 *
 * <pre>
 *   13: request number 4 | response number 4 | last TSN 4 | streams 2 each
 *   16: request number 4 | result 4
 * </pre>
 */
final class StreamReset {
  /** Hears of streams that the peer or we have reset. */
  interface Listener {
    void onPeerReset(int stream);

    void onOwnReset(int stream);
  }

  private static final long NEVER = Long.MAX_VALUE;
  private static final int OUTGOING = 13;
  private static final int RESPONSE = 16;
  private static final int NOTHING_TO_DO = 0;
  private static final int PERFORMED = 1;
  private static final int DENIED = 2;
  private static final int BAD_NUMBER = 5;
  private static final int IN_PROGRESS = 6;
  private static final int MAX_ANSWERS = 10;

  private final Streams streams;
  private final Listener listener;
  private final RateLimit answers = new RateLimit();
  private int[] wanted = Empty.INTS;
  private int[] asked = Empty.INTS;
  private int request;
  private int lastTsn;
  private long askAt = NEVER;

  private int peerRequest;
  private int peerResult;
  private boolean owesAnswer;
  private int answeredRequest;
  private int answer;

  StreamReset(int firstTsn, Streams streams, Listener listener) {
    this.streams = streams;
    this.listener = listener;
    request = firstTsn;
  }

  /** The peer's first TSN is that of its first request. */
  void start(int peerFirstTsn) {
    peerRequest = peerFirstTsn - 1;
  }

  /** Asks the peer to reset what we send on a stream, once it has acknowledged all of it. */
  void ask(int stream) {
    if (!isAsked(stream)) {
      wanted = Arrays.copyOf(wanted, wanted.length + 1);
      wanted[wanted.length - 1] = stream;
    }
  }

  /** Whether a stream is being reset by us: nothing more may be written to it. */
  boolean isAsked(int stream) {
    return contains(wanted, stream) || contains(asked, stream);
  }

  private static boolean contains(int[] ids, int id) {
    return Arrays.stream(ids).anyMatch(each -> each == id);
  }

  /** Whether {@link #write} has something to write. */
  boolean hasToWrite(Sender sender, long now) {
    return owesAnswer || now >= askAt || (asked.length == 0 && hasDone(sender));
  }

  private boolean hasDone(Sender sender) {
    for (int stream : wanted) {
      if (sender.isDone(stream)) {
        return true;
      }
    }
    return false;
  }

  /** Writes an answer, a request or both. */
  void write(PacketBuffer out, Sender sender, long now) {
    if (asked.length == 0 && hasDone(sender)) {
      asked = Arrays.stream(wanted).filter(sender::isDone).toArray();
      wanted = Arrays.stream(wanted).filter(stream -> !sender.isDone(stream)).toArray();
      lastTsn = sender.lastTsn();
      askAt = now;
    }
    out.beginChunk(Chunks.RE_CONFIG, 0);
    if (owesAnswer) {
      owesAnswer = false;
      out.put16(RESPONSE);
      out.put16(12);
      out.put32(answeredRequest);
      out.put32(answer);
    }
    if (now >= askAt) {
      writeRequest(out);
      askAt = now + sender.rto().timeout();
    }
    out.endChunk();
  }

  private void writeRequest(PacketBuffer out) {
    out.put16(OUTGOING);
    out.put16(16 + 2 * asked.length);
    out.put32(request);
    out.put32(peerRequest);
    out.put32(lastTsn);
    for (int stream : asked) {
      out.put16(stream);
    }
  }

  /** Works a sound RE-CONFIG chunk in. */
  void onChunk(byte[] b, int at, long cumulative, long now) {
    int end = at + Chunks.u16(b, at + 2);
    int parameter = at + Chunks.HEADER;
    for (int i = 0; i < 2 && parameter < end; i++) {
      int type = Chunks.u16(b, parameter);
      int length = Chunks.u16(b, parameter + 2);
      if (type == RESPONSE && length >= 12) {
        onResponse(Chunks.i32(b, parameter + 4), Chunks.i32(b, parameter + 8));
      } else if (type != RESPONSE && length >= 8) {
        onRequest(b, parameter, type, length, cumulative, now);
      }
      parameter += Chunks.padded(length);
    }
  }

  private void onResponse(int number, int result) {
    if (asked.length == 0 || number != request) {
      return;
    }
    if (result == IN_PROGRESS) {
      // The same request again, after the same time; it is no error.
      return;
    }
    int[] done = asked;
    asked = Empty.INTS;
    request++;
    askAt = NEVER;
    for (int stream : done) {
      listener.onOwnReset(stream);
    }
  }

  private void onRequest(byte[] b, int at, int type, int length, long cumulative, long now) {
    if (!answers.allows(MAX_ANSWERS, now)) {
      return;
    }
    int number = Chunks.i32(b, at + 4);
    owesAnswer = true;
    answeredRequest = number;
    if (number == peerRequest) {
      answer = peerResult;
    } else if (number != peerRequest + 1) {
      answer = BAD_NUMBER;
    } else if (type != OUTGOING || length < 16) {
      settle(number, DENIED);
    } else if (Chunks.unwrap(Chunks.i32(b, at + 12), cumulative) > cumulative) {
      answer = IN_PROGRESS;
    } else {
      settle(number, perform(b, at + 16, at + length) ? PERFORMED : NOTHING_TO_DO);
    }
  }

  private void settle(int number, int result) {
    peerRequest = number;
    peerResult = result;
    answer = result;
  }

  /** Resets the named streams, or all if none is named; whether there was one. */
  private boolean perform(byte[] b, int begin, int end) {
    boolean isAny = false;
    for (int i = streams.count() - 1; i >= 0; i--) {
      int id = streams.id(i);
      if (begin >= end || isNamed(id, b, begin, end)) {
        isAny = true;
        listener.onPeerReset(id);
      }
    }
    return isAny;
  }

  private static boolean isNamed(int stream, byte[] b, int begin, int end) {
    for (int at = begin; at + 2 <= end; at += 2) {
      if (Chunks.u16(b, at) == stream) {
        return true;
      }
    }
    return false;
  }

  /** When a request is to be repeated. */
  long nextTime() {
    return askAt;
  }

  void end() {
    askAt = NEVER;
    owesAnswer = false;
    wanted = Empty.INTS;
    asked = Empty.INTS;
  }
}
