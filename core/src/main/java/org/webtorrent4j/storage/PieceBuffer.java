package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one piece in download: blocks are put into it in any order, and when it is full it
 * is hashed and written. Confined to the event loop; while an operation of {@link DiskIo} runs, the
 * bytes belong to that operation.
 */
public final class PieceBuffer {
  private final List<Segment> segments;
  private final int length;
  private boolean released;

  private PieceBuffer(List<Segment> segments, int length) {
    this.segments = List.copyOf(segments);
    this.length = length;
  }

  /**
   * Memory for a piece, or null (and then nothing is taken) if the pool has not enough.
   *
   * @param length of the piece in bytes, at least 1
   */
  public static @Nullable PieceBuffer tryAcquire(BufferPool pool, int length) {
    int count = segmentCount(length);
    if ((long) count * Segment.LENGTH > pool.available()) {
      return null;
    }
    List<Segment> segments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Segment segment = pool.tryAcquire();
      if (segment == null) { // the system gives less than the budget allows
        segments.forEach(Segment::release);
        return null;
      }
      segments.add(segment);
    }
    return new PieceBuffer(segments, length);
  }

  /**
   * Memory for a piece, whatever the budget says. For a piece that is larger than the budget, and
   * only while no other piece is in memory.
   *
   * @param length of the piece in bytes, at least 1
   * @throws IOException if the system has not so much memory
   */
  public static PieceBuffer acquireBeyondBudget(BufferPool pool, int length) throws IOException {
    int count = segmentCount(length);
    List<Segment> segments = new ArrayList<>(count);
    try {
      for (int i = 0; i < count; i++) {
        segments.add(pool.acquireBeyondBudget());
      }
    } catch (OutOfMemoryError e) { // the piece length is from outside: not a reason to end
      segments.forEach(Segment::release);
      throw new IOException(
          "no memory for a piece of " + length + " bytes; see -XX:MaxDirectMemorySize", e);
    }
    return new PieceBuffer(segments, length);
  }

  /** Length of the piece in bytes. */
  public int length() {
    return length;
  }

  /** The memory, in the order of the piece; the last segment may be used in part only. */
  public List<Segment> segments() {
    return segments;
  }

  /**
   * Copies all of {@code bytes} to {@code begin} and onwards.
   *
   * @throws IndexOutOfBoundsException if that is not within the piece
   */
  public void put(int begin, ByteBuffer bytes) {
    assert !released;
    Objects.checkFromIndexSize(begin, bytes.remaining(), length);
    int at = begin;
    while (bytes.hasRemaining()) {
      int inSegment = at % Segment.LENGTH;
      int count = Math.min(bytes.remaining(), Segment.LENGTH - inSegment);
      segments.get(at / Segment.LENGTH).bytes().put(inSegment, bytes, bytes.position(), count);
      bytes.position(bytes.position() + count);
      at += count;
    }
  }

  /** Gives the memory back; once. */
  public void release() {
    if (released) {
      throw new IllegalStateException("a piece buffer is released twice");
    }
    released = true;
    segments.forEach(Segment::release);
  }

  /** What is done with a part of the piece. */
  interface Part<E extends Exception> {
    /** Handles the remaining bytes of a buffer. */
    void apply(ByteBuffer bytes) throws E;
  }

  /** Hands out a range of the piece, segment by segment. On a worker. */
  <E extends Exception> void forEachPart(int begin, int count, Part<E> part) throws E {
    int at = begin;
    int left = count;
    while (left > 0) {
      int inSegment = at % Segment.LENGTH;
      int partLength = Math.min(left, Segment.LENGTH - inSegment);
      ByteBuffer bytes = segments.get(at / Segment.LENGTH).bytes();
      part.apply(bytes.clear().position(inSegment).limit(inSegment + partLength));
      bytes.clear();
      at += partLength;
      left -= partLength;
    }
  }

  /**
   * Writes all of the piece at an offset of the torrent, at one go where its memory lies side by
   * side. On a worker.
   */
  void writeTo(TorrentStorage storage, long offset) throws IOException {
    int from = 0;
    while (from < segments.size()) {
      int to = from + 1;
      while (to < segments.size() && segments.get(to - 1).isFollowedBy(segments.get(to))) {
        to++;
      }
      int begin = from * Segment.LENGTH;
      int count = Math.min(to * Segment.LENGTH, length) - begin;
      storage.write(offset + begin, segments.get(from).view(count));
      from = to;
    }
  }

  private static int segmentCount(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("a piece of " + length + " bytes");
    }
    return (length - 1) / Segment.LENGTH + 1;
  }
}
