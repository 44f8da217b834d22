package org.webtorrent4j.rtc.sctp;

import java.net.ProtocolException;
import java.util.Arrays;
import org.webtorrent4j.rtc.sctp.packet.Chunks;

/**
 * Makes messages of fragments, which come here in the order of their TSNs. A message's fragments
 * have consecutive TSNs (RFC 9260 §6.9), so that at most one message is ever in the making, and a
 * sequence number that is not the next one can never come: it is a breach.
 */
final class Reassembly {
  /** Takes what is complete; the bytes are lent for the call. */
  interface Sink {
    void onData(int stream, int payloadType, int flags, byte[] bytes, int offset, int length)
        throws ProtocolException;
  }

  /** Payload type of the messages that open channels: always delivered whole. */
  static final int DCEP = 50;

  private static final int MAX_DCEP = 8 * 1024;

  /** Bytes on streams that nobody opened, after which the peer is a nuisance. */
  private static final int MAX_STRAY = 64 * 1024;

  private final boolean keepsBorders;
  private final int maxMessage;
  private final Streams streams;
  private final Sink sink;
  private boolean isOpen;
  private boolean maySkip;
  private boolean isDelivering;
  private int stream;
  private int ssn;
  private int payloadType;
  private boolean isUnordered;
  private byte[] message = Empty.BYTES;
  private int size;
  private int stray;

  Reassembly(boolean keepsBorders, int maxMessage, Streams streams, Sink sink) {
    this.keepsBorders = keepsBorders;
    this.maxMessage = maxMessage;
    this.streams = streams;
    this.sink = sink;
  }

  /** Takes the fragment with the next TSN. */
  void accept(int flags, int streamId, int seq, int type, byte[] b, int offset, int length)
      throws ProtocolException {
    if ((flags & Chunks.BEGIN) != 0) {
      begin(flags, streamId, seq, type);
    } else if (!isOpen && maySkip) {
      return;
    } else {
      checkSame(flags, streamId, seq, type);
    }
    boolean isEnd = (flags & Chunks.END) != 0;
    if (isEnd) {
      end();
    }
    isDelivering = true;
    deliver(flags, isEnd, b, offset, length);
    isDelivering = false;
  }

  private void begin(int flags, int streamId, int seq, int type) throws ProtocolException {
    if (isOpen && !maySkip) {
      throw new ProtocolException("message begins inside of another");
    }
    isOpen = true;
    stream = streamId;
    ssn = seq;
    payloadType = type;
    isUnordered = (flags & Chunks.UNORDERED) != 0;
    size = 0;
    if (!isUnordered && streams.isOpen(stream)) {
      int next = streams.nextIn(stream);
      boolean isLater = maySkip && (short) (ssn - next) > 0;
      if (ssn != next && !isLater) {
        throw new ProtocolException("message " + ssn + " of a stream instead of " + next);
      }
    }
  }

  private void checkSame(int flags, int streamId, int seq, int type) throws ProtocolException {
    boolean isSame =
        isOpen
            && streamId == stream
            && type == payloadType
            && isUnordered == ((flags & Chunks.UNORDERED) != 0)
            && (isUnordered || seq == ssn);
    if (!isSame) {
      throw new ProtocolException("fragment of no message");
    }
  }

  private void end() {
    isOpen = false;
    if (!isUnordered && streams.isOpen(stream)) {
      streams.setNextIn(stream, ssn + 1);
    }
  }

  private void deliver(int flags, boolean isEnd, byte[] b, int offset, int length)
      throws ProtocolException {
    boolean isControl = payloadType == DCEP;
    if (!isControl && !streams.isOpen(stream)) {
      stray += length;
      if (stray > MAX_STRAY) {
        throw new ProtocolException("data on streams that were not opened");
      }
    } else if (!isControl && !keepsBorders) {
      sink.onData(stream, payloadType, flags, b, offset, length);
    } else if (size == 0 && isEnd) {
      check(length);
      sink.onData(stream, payloadType, flags | Chunks.BEGIN, b, offset, length);
    } else {
      collect(b, offset, length);
      if (isEnd) {
        byte[] whole = message;
        message = Empty.BYTES;
        int wholeSize = size;
        size = 0;
        sink.onData(stream, payloadType, flags | Chunks.BEGIN, whole, 0, wholeSize);
      }
    }
  }

  private void check(long length) throws ProtocolException {
    int max = payloadType == DCEP ? MAX_DCEP : maxMessage;
    if (length > max) {
      throw new ProtocolException("message of more than " + max + " bytes");
    }
  }

  private void collect(byte[] b, int offset, int length) throws ProtocolException {
    check((long) size + length);
    if (message.length < size + length) {
      message = Arrays.copyOf(message, Math.max(2 * message.length, size + length));
    }
    System.arraycopy(b, offset, message, size, length);
    size += length;
  }

  /**
   * A TSN will never come: the message in the making is lost.
   *
   * @throws ProtocolException if the owner takes a row of bytes, which cannot have holes
   */
  void onSkipped() throws ProtocolException {
    if (!keepsBorders) {
      throw new ProtocolException("skips data of a reliable stream");
    }
    maySkip = true;
    isOpen = false;
    size = 0;
    message = Empty.BYTES;
  }

  /**
   * The sequence number of the next ordered message: behind the one being delivered, or the first.
   */
  int nextSsn(int streamId) {
    return isDelivering && streamId == stream && !isUnordered ? ssn + 1 : 0;
  }

  /** Bytes of the message in the making. */
  int held() {
    return size;
  }

  long memory() {
    return message.length;
  }

  void clear() {
    message = Empty.BYTES;
    size = 0;
  }
}
