package org.webtorrent4j.webrtc.libwebrtc.flow;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes from one thread to another. What comes while the reader is busy joins the last
 * block, so a slow reader gets few large blocks and a fast one waits for nothing. The lock is held
 * for the copy of one message at most.
 */
public final class ByteQueue {
  private final BlockPool pool;
  private final ArrayDeque<ByteBuffer> blocks = new ArrayDeque<>();
  private int moved; // of the first block
  private long size;
  private boolean readerWaits = true;
  private boolean isClosed;

  public ByteQueue(BlockPool pool) {
    this.pool = pool;
  }

  /**
   * Copies all there is in {@code bytes}; a closed queue drops it.
   *
   * @return whether the reader waits and has to be told
   */
  public synchronized boolean append(ByteBuffer bytes) {
    if (isClosed) {
      bytes.position(bytes.limit());
      return false;
    }
    size += bytes.remaining();
    while (bytes.hasRemaining()) {
      ByteBuffer last = blocks.peekLast();
      if (last == null || !last.hasRemaining()) {
        last = pool.take();
        blocks.add(last);
      }
      int length = Math.min(bytes.remaining(), last.remaining());
      int end = bytes.limit();
      last.put(bytes.limit(bytes.position() + length));
      bytes.limit(end);
    }
    boolean wakes = readerWaits && size > 0;
    readerWaits &= !wakes;
    return wakes;
  }

  /**
   * The next block, ready to be read, to be given back to the pool; null if there is none, and then
   * the reader will be told of the next.
   */
  public synchronized @Nullable ByteBuffer take() {
    ByteBuffer block = blocks.poll();
    if (block == null) {
      readerWaits = true;
      return null;
    }
    block.flip().position(moved);
    moved = 0;
    size -= block.remaining();
    return block;
  }

  /**
   * Moves as many bytes to {@code target} as there are and it has room for.
   *
   * @return whether it has room for more, and then the reader will be told of the next
   */
  public synchronized boolean moveTo(ByteBuffer target) {
    while (target.hasRemaining()) {
      ByteBuffer block = blocks.peek();
      if (block == null) {
        readerWaits = true;
        return true;
      }
      int length = Math.min(block.position() - moved, target.remaining());
      target.put(target.position(), block, moved, length);
      target.position(target.position() + length);
      moved += length;
      size -= length;
      if (moved == block.position()) {
        pool.give(blocks.remove());
        moved = 0;
      }
    }
    return false;
  }

  /** The bytes that wait. */
  public synchronized long size() {
    return size;
  }

  /** Drops what waits and whatever comes. */
  public synchronized void close() {
    isClosed = true;
    size = 0;
    moved = 0;
    blocks.forEach(pool::give);
    blocks.clear();
  }
}
