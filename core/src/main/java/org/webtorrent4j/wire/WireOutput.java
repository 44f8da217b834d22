package org.webtorrent4j.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.transport.Connection;

/**
 * What we say on one connection: messages are encoded when they are queued, blocks are only
 * referred to, and all leave in the order of the calls, not before {@link #flush}. The numbers are
 * the caller's affair. Confined to the event loop.
 */
public final class WireOutput {
  private static final int LENGTH_SIZE = 4;
  private static final int PIECE_NUMBERS = 8;

  private final SendQueue queue;
  private @Nullable Consumer<String> trace;

  /** An empty output that takes its memory from {@code buffers}. */
  public WireOutput(WireBuffers buffers) {
    this.queue = new SendQueue(buffers);
  }

  /** Tells of every message that is queued from now on, in a line: for the log. */
  public void trace(Consumer<String> line) {
    trace = line;
  }

  /** Queues the handshake, before anything else. */
  public void handshake(Handshake handshake) {
    ByteBuffer bytes = ByteBuffer.allocate(Handshake.LENGTH);
    handshake.writeTo(bytes);
    queue.add(bytes.array());
  }

  /** Queues a message of length 0. */
  public void keepAlive() {
    ByteBuffer buffer = queue.add(LENGTH_SIZE);
    buffer.putInt(buffer.limit() - LENGTH_SIZE, 0);
  }

  /** Queues message 0. */
  public void choke() {
    message(MessageId.CHOKE);
  }

  /** Queues message 1. */
  public void unchoke() {
    message(MessageId.UNCHOKE);
  }

  /** Queues message 2. */
  public void interested() {
    message(MessageId.INTERESTED);
  }

  /** Queues message 3. */
  public void notInterested() {
    message(MessageId.NOT_INTERESTED);
  }

  /** Queues message 4. */
  public void have(int piece) {
    message(MessageId.HAVE, piece);
  }

  /** Queues message 5, with a copy of the bytes: bit 7 of the first is piece 0. */
  public void bitfield(byte[] bits) {
    if (trace != null) {
      trace.accept(WireTrace.line(MessageId.BITFIELD, bits.length));
    }
    begin(MessageId.BITFIELD, 0, bits.length);
    queue.add(bits);
  }

  /** Queues message 6. */
  public void request(int piece, int begin, int length) {
    message(MessageId.REQUEST, piece, begin, length);
  }

  /**
   * Queues message 7.
   *
   * @param block the bytes from its position to its limit; not to be touched until the lender is
   *     told, and then used up if they were sent
   * @param lender told once, when the block was handed to the connection or discarded
   */
  public void piece(int piece, int begin, ByteBuffer block, Releasable lender) {
    if (trace != null) {
      trace.accept(WireTrace.line(MessageId.PIECE, piece, begin, block.remaining()));
    }
    ByteBuffer buffer = begin(MessageId.PIECE, PIECE_NUMBERS, block.remaining());
    int at = buffer.limit() - PIECE_NUMBERS;
    buffer.putInt(at, piece).putInt(at + 4, begin);
    queue.lend(block, lender);
  }

  /** Queues message 8. */
  public void cancel(int piece, int begin, int length) {
    message(MessageId.CANCEL, piece, begin, length);
  }

  /** Queues message 9: the port of our DHT node (BEP 5). */
  public void port(int port) {
    if (trace != null) {
      trace.accept(WireTrace.line(MessageId.PORT, port));
    }
    ByteBuffer buffer = begin(MessageId.PORT, 2, 0);
    buffer.putShort(buffer.limit() - 2, (short) port);
  }

  /** Queues message 13 (BEP 6). */
  public void suggest(int piece) {
    message(MessageId.SUGGEST, piece);
  }

  /** Queues message 14 (BEP 6). */
  public void haveAll() {
    message(MessageId.HAVE_ALL);
  }

  /** Queues message 15 (BEP 6). */
  public void haveNone() {
    message(MessageId.HAVE_NONE);
  }

  /** Queues message 16 (BEP 6). */
  public void reject(int piece, int begin, int length) {
    message(MessageId.REJECT, piece, begin, length);
  }

  /** Queues message 17 (BEP 6). */
  public void allowedFast(int piece) {
    message(MessageId.ALLOWED_FAST, piece);
  }

  /**
   * Queues message 20 (BEP 10), with a copy of the payload.
   *
   * @param id 0 for the extension handshake, else the id that the <em>peer</em> advertised
   */
  public void extended(int id, byte[] payload) {
    if (trace != null) {
      trace.accept(WireTrace.extended(id, payload));
    }
    ByteBuffer buffer = begin(MessageId.EXTENDED, 1, payload.length);
    buffer.put(buffer.limit() - 1, (byte) id);
    queue.add(payload);
  }

  /**
   * Hands over as much as the connection takes now.
   *
   * @return whether everything has left; if not, the connection will say when it is writable
   */
  public boolean flush(Connection connection) {
    return queue.flush(connection);
  }

  /** Drops what has not left, at the end of the connection; lenders are told. */
  public void discard() {
    queue.discard();
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return queue.queuedBytes() == 0;
  }

  /** Number of bytes that wait, blocks and all. */
  public long queuedBytes() {
    return queue.queuedBytes();
  }

  /** Number of bytes of blocks that wait. */
  public long queuedBlockBytes() {
    return queue.queuedBlockBytes();
  }

  /** Number of bytes that the connection has taken, blocks and all. */
  public long writtenBytes() {
    return queue.writtenBytes();
  }

  /** Number of bytes of blocks that the connection has taken. */
  public long writtenBlockBytes() {
    return queue.writtenBlockBytes();
  }

  private void message(int id) {
    if (trace != null) {
      trace.accept(WireTrace.line(id));
    }
    begin(id, 0, 0);
  }

  private void message(int id, int number) {
    if (trace != null) {
      trace.accept(WireTrace.line(id, number));
    }
    ByteBuffer buffer = begin(id, 4, 0);
    buffer.putInt(buffer.limit() - 4, number);
  }

  private void message(int id, int first, int second, int third) {
    if (trace != null) {
      trace.accept(WireTrace.line(id, first, second, third));
    }
    ByteBuffer buffer = begin(id, 12, 0);
    int at = buffer.limit() - 12;
    buffer.putInt(at, first).putInt(at + 4, second).putInt(at + 8, third);
  }

  /**
   * Queues the length and the id of a message and room for its numbers, which the caller writes
   * before the limit; {@code payload} bytes must follow.
   */
  private ByteBuffer begin(int id, int numbers, int payload) {
    ByteBuffer buffer = queue.add(LENGTH_SIZE + 1 + numbers);
    int at = buffer.limit() - numbers - 1 - LENGTH_SIZE;
    buffer.putInt(at, 1 + numbers + payload).put(at + LENGTH_SIZE, (byte) id);
    return buffer;
  }
}
