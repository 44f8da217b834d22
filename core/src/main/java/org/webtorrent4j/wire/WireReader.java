package org.webtorrent4j.wire;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts the messages out of a stream of bytes that arrives in any slices, and reports them to a
 * {@link WireHandler}. Blocks pass through without being copied, other messages are checked before
 * memory is spent on them, and only bitfields and extended messages are given memory of their own.
 * Confined to the event loop.
 *
 * <pre>
 * | length | id | numbers     | payload                              |
 * |   4    | 1  | 0, 4, 8, 12 | block, bitfield or extended, if any  |
 * </pre>
 */
public final class WireReader {
  /** Longest message that is read, in bytes after the length; a bigger one closes the peer. */
  public static final int MAX_MESSAGE_LENGTH = (1 << 20) + 9;

  /** Longest block that is read; of those above 16 KiB none was asked for, but old clients may. */
  public static final int MAX_BLOCK_LENGTH = 128 << 10;

  private static final int LENGTH_SIZE = 4;
  private static final int ID_END = 5;
  private static final int LONGEST_HEAD = 17;
  private static final int FIRST_PAYLOAD_ROOM = 16 << 10;
  private static final byte[] NO_PAYLOAD = {};

  private enum State {
    HEAD,
    BLOCK,
    PAYLOAD,
    SKIP
  }

  private final WireHandler handler;
  private final byte[] head = new byte[LONGEST_HEAD];

  private State state = State.HEAD;
  private int headLength; // bytes of the head that have arrived
  private int headNeeded = LENGTH_SIZE; // grows as the length and then the id become known
  private int messageLength;
  private int left; // bytes of the block, payload or skipped message still to come
  private byte[] payload = NO_PAYLOAD;
  private int payloadLength;

  private boolean fast;
  private int maxBitfieldLength = 1 << 20;
  private int maxExtendedLength = 1 << 20;

  /** A reader at the beginning of the first message after the handshake. */
  public WireReader(WireHandler handler) {
    this.handler = handler;
  }

  /** Whether both sides speak the fast extension (BEP 6); its messages are illegal without. */
  public void fastEnabled(boolean enabled) {
    fast = enabled;
  }

  /** Sets the most bytes that a bitfield may have; 1 MiB at first. */
  public void maxBitfieldLength(int bytes) {
    maxBitfieldLength = bytes;
  }

  /** Sets the most bytes that the payload of an extended message may have; 1 MiB at first. */
  public void maxExtendedLength(int bytes) {
    maxExtendedLength = bytes;
  }

  /**
   * Reads all of {@code bytes}; whatever the handler throws ends it. After an exception this reader
   * must not be used again.
   *
   * @throws ProtocolException if the bytes break a rule, or out of the handler
   */
  public void read(ByteBuffer bytes) throws ProtocolException {
    while (bytes.hasRemaining()) {
      switch (state) {
        case HEAD -> readHead(bytes);
        case BLOCK -> readBlock(bytes);
        case PAYLOAD -> readPayload(bytes);
        case SKIP -> skip(bytes);
      }
    }
  }

  /** How much memory the payload that is being read holds, in bytes. */
  int payloadRoom() {
    return payload.length;
  }

  private void readHead(ByteBuffer bytes) throws ProtocolException {
    int count = Math.min(headNeeded - headLength, bytes.remaining());
    bytes.get(head, headLength, count);
    headLength += count;
    if (headLength < headNeeded) {
      return;
    }
    if (headLength == LENGTH_SIZE) {
      readLength();
    } else {
      if (headLength == ID_END) {
        headNeeded += numbersLength();
      }
      if (headLength == headNeeded) {
        expectHead();
        readMessage();
      }
    }
  }

  private void readLength() throws ProtocolException {
    messageLength = intAt(0);
    if (messageLength < 0 || messageLength > MAX_MESSAGE_LENGTH) {
      throw new ProtocolException("message of " + unsigned(messageLength) + " bytes");
    }
    if (messageLength == 0) {
      expectHead();
      handler.onKeepAlive();
    } else {
      headNeeded = ID_END;
    }
  }

  private void expectHead() {
    state = State.HEAD;
    headLength = 0;
    headNeeded = LENGTH_SIZE;
  }

  /** Checks the length against the id, and says how much of the message the head still needs. */
  private int numbersLength() throws ProtocolException {
    return switch (id()) {
      case MessageId.CHOKE, MessageId.UNCHOKE -> exactly(1);
      case MessageId.INTERESTED, MessageId.NOT_INTERESTED -> exactly(1);
      case MessageId.HAVE -> exactly(5);
      case MessageId.REQUEST, MessageId.CANCEL -> exactly(13);
      case MessageId.PORT -> exactly(3);
      case MessageId.HAVE_ALL, MessageId.HAVE_NONE -> onlyFast(exactly(1));
      case MessageId.SUGGEST, MessageId.ALLOWED_FAST -> onlyFast(exactly(5));
      case MessageId.REJECT -> onlyFast(exactly(13));
      case MessageId.BITFIELD -> variable(0, maxBitfieldLength);
      case MessageId.PIECE -> variable(8, MAX_BLOCK_LENGTH);
      case MessageId.EXTENDED -> variable(1, maxExtendedLength);
      default -> 0;
    };
  }

  private int exactly(int length) throws ProtocolException {
    if (messageLength != length) {
      throw wrongLength();
    }
    return length - 1;
  }

  private int variable(int numbers, int maxPayload) throws ProtocolException {
    if (messageLength - 1 < numbers || messageLength - 1 - numbers > maxPayload) {
      throw wrongLength();
    }
    return numbers;
  }

  private int onlyFast(int numbers) throws ProtocolException {
    if (!fast) {
      throw new ProtocolException(MessageId.name(id()) + " without the fast extension");
    }
    return numbers;
  }

  private ProtocolException wrongLength() {
    return new ProtocolException(MessageId.name(id()) + " message of " + messageLength + " bytes");
  }

  private void readMessage() throws ProtocolException {
    switch (id()) {
      case MessageId.CHOKE -> handler.onChoke();
      case MessageId.UNCHOKE -> handler.onUnchoke();
      case MessageId.INTERESTED -> handler.onInterested();
      case MessageId.NOT_INTERESTED -> handler.onNotInterested();
      case MessageId.HAVE -> handler.onHave(number(0));
      case MessageId.BITFIELD -> beginPayload(messageLength - 1);
      case MessageId.REQUEST -> handler.onRequest(number(0), number(1), number(2));
      case MessageId.PIECE -> readPiece();
      case MessageId.CANCEL -> handler.onCancel(number(0), number(1), number(2));
      case MessageId.PORT -> handler.onPort((head[5] & 0xff) << 8 | (head[6] & 0xff));
      case MessageId.SUGGEST -> handler.onSuggest(number(0));
      case MessageId.HAVE_ALL -> handler.onHaveAll();
      case MessageId.HAVE_NONE -> handler.onHaveNone();
      case MessageId.REJECT -> handler.onReject(number(0), number(1), number(2));
      case MessageId.ALLOWED_FAST -> handler.onAllowedFast(number(0));
      case MessageId.EXTENDED -> beginPayload(messageLength - 2);
      default -> skipMessage(); // also hashes (BEP 52), which we never ask for
    }
  }

  private void readPiece() throws ProtocolException {
    left = messageLength - 9;
    if (left == 0) {
      throw new ProtocolException("piece message with a block of 0 bytes");
    }
    state = State.BLOCK;
    handler.onBlockStart(number(0), number(1), left);
  }

  private void readBlock(ByteBuffer bytes) throws ProtocolException {
    int limit = bytes.limit();
    int count = Math.min(left, bytes.remaining());
    bytes.limit(bytes.position() + count);
    handler.onBlockBytes(bytes);
    if (bytes.hasRemaining()) {
      throw new IllegalStateException("the handler left " + bytes.remaining() + " bytes");
    }
    bytes.limit(limit);
    left -= count;
    if (left == 0) {
      expectHead();
      handler.onBlockEnd();
    }
  }

  private void beginPayload(int length) throws ProtocolException {
    left = length;
    payloadLength = 0;
    if (length == 0) {
      endPayload();
    } else {
      state = State.PAYLOAD;
    }
  }

  private void readPayload(ByteBuffer bytes) throws ProtocolException {
    int count = Math.min(left, bytes.remaining());
    growPayload(count);
    bytes.get(payload, payloadLength, count);
    payloadLength += count;
    left -= count;
    if (left == 0) {
      expectHead();
      endPayload();
    }
  }

  /** Gives a payload memory as it arrives: announcing a long one must cost the peer something. */
  private void growPayload(int count) {
    int needed = payloadLength + count;
    if (needed > payload.length) {
      int room = Math.max(needed, Math.max(2 * payload.length, FIRST_PAYLOAD_ROOM));
      payload = Arrays.copyOf(payload, Math.min(room, payloadLength + left));
    }
  }

  private void endPayload() throws ProtocolException {
    byte[] whole = payload;
    payload = NO_PAYLOAD;
    if (id() == MessageId.BITFIELD) {
      handler.onBitfield(whole);
    } else {
      handler.onExtended(head[ID_END] & 0xff, whole);
    }
  }

  private void skipMessage() {
    left = messageLength - 1;
    if (left > 0) {
      state = State.SKIP;
    }
  }

  private void skip(ByteBuffer bytes) {
    int count = Math.min(left, bytes.remaining());
    bytes.position(bytes.position() + count);
    left -= count;
    if (left == 0) {
      expectHead();
    }
  }

  private int id() {
    return head[LENGTH_SIZE] & 0xff;
  }

  /** One of the message's numbers, which all are unsigned but never sensible above 2^31. */
  private int number(int index) throws ProtocolException {
    int number = intAt(ID_END + LENGTH_SIZE * index);
    if (number < 0) {
      throw new ProtocolException(
          MessageId.name(id()) + " message with number " + unsigned(number));
    }
    return number;
  }

  private int intAt(int offset) {
    return head[offset] << 24
        | (head[offset + 1] & 0xff) << 16
        | (head[offset + 2] & 0xff) << 8
        | (head[offset + 3] & 0xff);
  }

  private static String unsigned(int number) {
    return Integer.toUnsignedString(number);
  }
}
