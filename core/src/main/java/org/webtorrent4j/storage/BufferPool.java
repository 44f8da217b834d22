package org.webtorrent4j.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;

/**
 * The direct memory of one client, in segments of 64 KiB under one budget. It is taken from the
 * system in slabs when first needed, kept for reuse, and dropped when the pool is closed. Confined
 * to the event loop.
 */
public final class BufferPool implements AutoCloseable {
  private static final int SLAB_SEGMENTS = 16;
  private static final int NOT_POOLED = -1;

  private final EventLoop loop;
  private final int limit;
  private final List<Segment> segments = new ArrayList<>(); // those that are kept
  private final BitSet free = new BitSet(); // the first ones are used first: neighbours, and warm
  private int used;
  private boolean closed;

  /**
   * A pool that has taken no memory yet.
   *
   * @param budget in bytes, at least one segment; rounded down to whole segments
   */
  public BufferPool(EventLoop loop, long budget) {
    if (budget < Segment.LENGTH || budget / Segment.LENGTH > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a budget of " + budget + " bytes");
    }
    this.loop = loop;
    this.limit = (int) (budget / Segment.LENGTH);
  }

  /**
   * A segment that the caller holds once; null if the budget is used up or the system has no memory
   * left.
   */
  public @Nullable Segment tryAcquire() {
    assert inLoop();
    if (closed || used >= limit || (free.isEmpty() && !addSlab())) {
      return null;
    }
    used++;
    return takeFirst().handOut();
  }

  /**
   * A segment that the caller holds once, whatever the budget says: for the one piece that is
   * larger than the budget. Beyond the budget it is not kept for reuse.
   *
   * @throws OutOfMemoryError if the system has no memory left
   */
  public Segment acquireBeyondBudget() {
    Segment segment = tryAcquire();
    if (segment == null) {
      segment =
          free.isEmpty()
              ? new Segment(this, ByteBuffer.allocateDirect(Segment.LENGTH), 0, NOT_POOLED)
              : takeFirst();
      used++;
      segment.handOut();
    }
    return segment;
  }

  /** Bytes of the segments that are held, those beyond the budget counted. */
  public long used() {
    return (long) used * Segment.LENGTH;
  }

  /** Bytes of the budget that are not used. */
  public long available() {
    return closed ? 0 : (long) Math.max(0, limit - used) * Segment.LENGTH;
  }

  /** The budget in bytes. */
  public long budget() {
    return (long) limit * Segment.LENGTH;
  }

  /** Drops what is free now and what is released later; hands nothing out any more. Idempotent. */
  @Override
  public void close() {
    assert inLoop();
    closed = true;
    free.clear();
    segments.clear();
  }

  boolean inLoop() {
    return loop.inLoop();
  }

  void takeBack(Segment segment) {
    used--;
    if (segment.number() != NOT_POOLED && !closed) {
      free.set(segment.number());
    }
  }

  private Segment takeFirst() {
    int number = free.nextSetBit(0);
    free.clear(number);
    return segments.get(number);
  }

  private boolean addSlab() {
    int count = Math.min(SLAB_SEGMENTS, limit - segments.size());
    ByteBuffer slab;
    try {
      slab = ByteBuffer.allocateDirect(count * Segment.LENGTH);
    } catch (OutOfMemoryError e) { // the direct memory of a JVM has a limit of its own
      return false;
    }
    for (int i = 0; i < count; i++) {
      free.set(segments.size());
      segments.add(new Segment(this, slab, i * Segment.LENGTH, segments.size()));
    }
    return true;
  }
}
