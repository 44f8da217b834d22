package org.webtorrent4j.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.transport.Connection;

/**
 * The bytes that wait to be sent on one connection, in order: pooled buffers full of messages, and
 * blocks on loan. Allocates nothing once it has grown to its usual size. Confined to the event
 * loop.
 */
final class SendQueue {
  private static final int MAX_GATHERED = 64; // far below IOV_MAX, far above a socket's room
  private static final int FIRST_ROOM = 16;

  private final WireBuffers pool;

  // A ring; connections gather straight from it. An entry without a lender holds messages, and if
  // it is the last one, more messages are added at its limit.
  private @Nullable ByteBuffer[] buffers = new ByteBuffer[FIRST_ROOM];
  private @Nullable Releasable[] lenders = new Releasable[FIRST_ROOM];
  private int[] unsent = new int[FIRST_ROOM];
  private int first;
  private int size;

  private long queuedBytes;
  private long queuedBlockBytes;
  private long writtenBytes;
  private long writtenBlockBytes;

  SendQueue(WireBuffers pool) {
    this.pool = pool;
  }

  /**
   * Adds {@code length} bytes of a message, {@link WireBuffers#SMALL} at most, for the caller to
   * fill in: they are the last ones before the limit of the buffer that is returned.
   */
  ByteBuffer add(int length) {
    ByteBuffer buffer = lastWithRoom(length);
    extend(buffer, length);
    return buffer;
  }

  /** Adds a copy of some bytes. */
  void add(byte[] bytes) {
    int from = 0;
    while (from < bytes.length) {
      ByteBuffer buffer = lastWithRoom(1);
      int at = buffer.limit();
      int count = Math.min(bytes.length - from, buffer.capacity() - at);
      extend(buffer, count);
      buffer.put(at, bytes, from, count);
      from += count;
    }
  }

  /** Adds the rest of {@code block}, which is on loan until its lender is told. */
  void lend(ByteBuffer block, Releasable lender) {
    push(block, lender);
    unsent[last()] = block.remaining();
    queuedBytes += block.remaining();
    queuedBlockBytes += block.remaining();
  }

  /** Hands over what the connection takes; false if that is not all. */
  boolean flush(Connection connection) {
    while (size > 0) {
      int offered = Math.min(Math.min(size, MAX_GATHERED), buffers.length - first);
      connection.write(buffers, first, offered);
      if (!removeWritten(offered)) {
        return false;
      }
    }
    return true;
  }

  /** Drops everything. */
  void discard() {
    while (size > 0) {
      removeFirst();
    }
    queuedBytes = 0;
    queuedBlockBytes = 0;
  }

  long queuedBytes() {
    return queuedBytes;
  }

  long queuedBlockBytes() {
    return queuedBlockBytes;
  }

  long writtenBytes() {
    return writtenBytes;
  }

  long writtenBlockBytes() {
    return writtenBlockBytes;
  }

  /** After a block a small buffer will do for its successor's head; after messages come more. */
  private ByteBuffer lastWithRoom(int length) {
    boolean afterMessages = size > 0 && lenders[last()] == null;
    if (afterMessages && buffers[last()].capacity() - buffers[last()].limit() >= length) {
      return buffers[last()];
    }
    ByteBuffer buffer = afterMessages ? pool.chunk() : pool.small();
    push(buffer, null);
    return buffer;
  }

  private void extend(ByteBuffer buffer, int length) {
    buffer.limit(buffer.limit() + length);
    unsent[last()] += length;
    queuedBytes += length;
  }

  private void push(ByteBuffer buffer, @Nullable Releasable lender) {
    if (size == buffers.length) {
      grow();
    }
    size++;
    buffers[last()] = buffer;
    lenders[last()] = lender;
    unsent[last()] = 0;
  }

  private boolean removeWritten(int offered) {
    for (int i = 0; i < offered; i++) {
      int left = buffers[first].remaining();
      count(unsent[first] - left, lenders[first] != null);
      unsent[first] = left;
      if (left > 0) {
        return false;
      }
      removeFirst();
    }
    return true;
  }

  private void count(int written, boolean ofBlock) {
    queuedBytes -= written;
    writtenBytes += written;
    if (ofBlock) {
      queuedBlockBytes -= written;
      writtenBlockBytes += written;
    }
  }

  private void removeFirst() {
    ByteBuffer buffer = buffers[first];
    Releasable lender = lenders[first];
    buffers[first] = null;
    lenders[first] = null;
    first = first + 1 & buffers.length - 1;
    size--;
    if (lender != null) {
      lender.release();
    } else {
      pool.release(buffer);
    }
  }

  private int last() {
    return first + size - 1 & buffers.length - 1;
  }

  private void grow() {
    int room = buffers.length;
    buffers = (ByteBuffer[]) unrolled(buffers, new ByteBuffer[2 * room]);
    lenders = (Releasable[]) unrolled(lenders, new Releasable[2 * room]);
    unsent = (int[]) unrolled(unsent, new int[2 * room]);
    first = 0;
  }

  /** Copies a full ring to the beginning of a longer one. */
  private Object unrolled(Object ring, Object longer) {
    System.arraycopy(ring, first, longer, 0, size - first);
    System.arraycopy(ring, 0, longer, size - first, first);
    return longer;
  }
}
