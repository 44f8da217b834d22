package org.webtorrent4j.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The direct memory in which a client's outputs encode messages, handed from one output to the next
 * so that idle connections hold none: small buffers for the head of a block or a few messages, and
 * chunks for bursts. Keeps a bounded number of spare ones. Confined to the event loop.
 */
public final class WireBuffers {
  static final int SMALL = 128; // holds a handshake, or the head of a block and some more
  static final int CHUNK = 4096;
  static final int MAX_SPARE_SMALL = 2048;
  static final int MAX_SPARE_CHUNKS = 32;

  private final ArrayDeque<ByteBuffer> small = new ArrayDeque<>();
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();

  /** Buffers for the outputs of one client. */
  public WireBuffers() {}

  /** An empty buffer of {@link #SMALL} bytes: position and limit are 0. */
  ByteBuffer small() {
    if (small.isEmpty()) {
      cutChunk();
    }
    return small.pop().limit(0);
  }

  /** An empty buffer of {@link #CHUNK} bytes: position and limit are 0. */
  ByteBuffer chunk() {
    return (chunks.isEmpty() ? ByteBuffer.allocateDirect(CHUNK) : chunks.pop()).limit(0);
  }

  /** Takes back a buffer of either size. */
  void release(ByteBuffer buffer) {
    if (buffer.capacity() == SMALL) {
      if (small.size() < MAX_SPARE_SMALL) {
        small.push(buffer);
      }
    } else if (chunks.size() < MAX_SPARE_CHUNKS) {
      chunks.push(buffer);
    }
  }

  /** Number of spare buffers of both sizes. */
  int spare() {
    return small.size() + chunks.size();
  }

  private void cutChunk() {
    ByteBuffer chunk = chunk().limit(CHUNK);
    for (int at = 0; at < CHUNK; at += SMALL) {
      small.push(chunk.slice(at, SMALL));
    }
  }
}
