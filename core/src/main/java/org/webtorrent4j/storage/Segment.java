package org.webtorrent4j.storage;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.PieceLayout;

/**
 * 64 KiB of pooled direct memory: four blocks. Counted by its holders: whoever took it from the
 * {@link BufferPool} holds it once, {@link #retain} adds a holder, the last {@link #release} gives
 * it back. The count is confined to the event loop; while an operation of {@link DiskIo} runs, the
 * bytes belong to that operation.
 */
public final class Segment {
  /** Length in bytes. */
  public static final int LENGTH = 64 * 1024;

  /** How many blocks fit. */
  public static final int BLOCKS = LENGTH / PieceLayout.BLOCK_LENGTH;

  private final BufferPool pool;
  private final int number;
  private final ByteBuffer slab;
  private final int slabOffset;
  private final ByteBuffer bytes;
  private final @Nullable ByteBuffer[] blocks = new @Nullable ByteBuffer[BLOCKS];
  private int holders;

  /**
   * One segment of a slab, which others may be parts of too.
   *
   * @param slabOffset of its first byte
   * @param number by which the pool knows it
   */
  Segment(BufferPool pool, ByteBuffer slab, int slabOffset, int number) {
    this.pool = pool;
    this.slab = slab;
    this.slabOffset = slabOffset;
    this.bytes = slab.slice(slabOffset, LENGTH);
    this.number = number;
  }

  /** All of it; always the same buffer. Position and limit are the holders' to use. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /**
   * The view of one of the four blocks; always the same buffer, so that sending allocates nothing.
   * Its position and limit are the holders' to use; a read of {@link DiskIo} and {@link #span} set
   * them.
   *
   * @param index 0 to 3
   */
  public ByteBuffer block(int index) {
    ByteBuffer block = blocks[index];
    if (block == null) { // not made before it is needed: downloads only use the whole
      int begin = index * PieceLayout.BLOCK_LENGTH; // the duplicate: slices respect the limit
      block = bytes.duplicate().clear().slice(begin, PieceLayout.BLOCK_LENGTH);
      blocks[index] = block;
    }
    return block;
  }

  /**
   * Sets the position of every view to 0, and the limits so that together they end after {@code
   * length} bytes of the segment.
   */
  public void span(int length) {
    Objects.checkIndex(length, LENGTH + 1);
    bytes.clear().limit(length);
    for (int i = 0; i < BLOCKS; i++) {
      int left = length - i * PieceLayout.BLOCK_LENGTH;
      block(i).clear().limit(Math.max(0, Math.min(left, PieceLayout.BLOCK_LENGTH)));
    }
  }

  /** Whether the memory of another segment begins where that of this one ends. */
  @SuppressWarnings("ReferenceEquality") // the same memory, not the same contents
  boolean isFollowedBy(Segment other) {
    return slab == other.slab && slabOffset + LENGTH == other.slabOffset;
  }

  /**
   * A new view of the memory that begins with this segment and goes on in those that follow it.
   *
   * @param length in bytes
   */
  ByteBuffer view(int length) {
    return slab.slice(slabOffset, length);
  }

  /** Adds a holder. */
  public void retain() {
    assert pool.inLoop();
    if (holders == 0) {
      throw new IllegalStateException("a segment that nobody holds is retained");
    }
    holders++;
  }

  /**
   * Takes a holder away; the last one gives the segment back to its pool.
   *
   * @throws IllegalStateException if there is none
   */
  public void release() {
    assert pool.inLoop();
    if (holders == 0) {
      throw new IllegalStateException("a segment is released twice");
    }
    if (--holders == 0) {
      pool.takeBack(this);
    }
  }

  int number() {
    return number;
  }

  Segment handOut() {
    holders = 1;
    bytes.clear();
    return this;
  }
}
