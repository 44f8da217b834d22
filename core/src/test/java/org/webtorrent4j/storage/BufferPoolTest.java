package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.loop.VirtualLoop;

class BufferPoolTest {
  private static final int KIB = 1024;

  private final VirtualLoop loop = new VirtualLoop();

  @Test
  void budgetBoundsWhatIsHeld() {
    BufferPool pool = new BufferPool(loop, 20 * Segment.LENGTH + 1);
    List<Segment> held = new ArrayList<>();
    for (Segment s = pool.tryAcquire(); s != null; s = pool.tryAcquire()) {
      held.add(s);
    }

    assertEquals(20, held.size());
    assertEquals(20 * Segment.LENGTH, pool.budget());
    assertEquals(pool.budget(), pool.used());
    assertEquals(0, pool.available());

    held.forEach(Segment::release);
    assertEquals(0, pool.used());
    assertEquals(pool.budget(), pool.available());
  }

  @Test
  void neighboursAreHandedOutOneAfterTheOtherInWhateverOrderTheyCameBack() {
    BufferPool pool = new BufferPool(loop, 4 * Segment.LENGTH);
    Segment first = acquire(pool);
    Segment second = acquire(pool);
    second.release();
    first.release();

    assertSame(first, pool.tryAcquire());
    assertSame(second, pool.tryAcquire());
    assertTrue(first.isFollowedBy(second));
  }

  @Test
  void segmentsDoNotOverlap() {
    BufferPool pool = new BufferPool(loop, 40 * Segment.LENGTH);
    List<Segment> held = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Segment segment = acquire(pool);
      held.add(segment);
      while (segment.bytes().hasRemaining()) {
        segment.bytes().put((byte) i);
      }
    }

    for (int i = 0; i < 40; i++) {
      ByteBuffer bytes = held.get(i).bytes().flip();
      assertEquals(Segment.LENGTH, bytes.remaining());
      while (bytes.hasRemaining()) {
        assertEquals(i, bytes.get());
      }
    }
  }

  @Test
  void budgetIsExceededOnDemandAndKeptAfterwards() {
    BufferPool pool = new BufferPool(loop, Segment.LENGTH);
    Segment within = acquire(pool);
    Segment beyond = pool.acquireBeyondBudget();
    assertEquals(2L * Segment.LENGTH, pool.used());
    assertEquals(0, pool.available());

    within.release();
    assertNull(pool.tryAcquire());
    beyond.release();

    assertSame(within, pool.tryAcquire());
    assertNull(pool.tryAcquire());
  }

  @Test
  void lastHolderGivesBack() {
    BufferPool pool = new BufferPool(loop, Segment.LENGTH);
    Segment segment = acquire(pool);
    segment.retain();

    segment.release();
    assertNull(pool.tryAcquire());
    segment.release();

    assertNotNull(pool.tryAcquire());
  }

  @Test
  void doubleReleaseIsFound() {
    Segment segment = acquire(new BufferPool(loop, Segment.LENGTH));
    segment.release();

    assertThrows(IllegalStateException.class, segment::release);
    assertThrows(IllegalStateException.class, segment::retain);
  }

  @Test
  void blocksAreViewsOfTheSegment() {
    Segment segment = acquire(new BufferPool(loop, Segment.LENGTH));
    for (int i = 0; i < Segment.BLOCKS; i++) {
      segment.block(i).put(7, (byte) i);
    }

    for (int i = 0; i < Segment.BLOCKS; i++) {
      assertEquals(i, segment.bytes().get(i * 16 * KIB + 7));
      assertEquals(16 * KIB, segment.block(i).remaining());
      assertSame(segment.block(i), segment.block(i));
    }
  }

  @Test
  void viewsSpanALength() {
    Segment segment = acquire(new BufferPool(loop, Segment.LENGTH));

    segment.span(16 * KIB + 5);

    assertEquals(16 * KIB + 5, segment.bytes().remaining());
    assertEquals(16 * KIB, segment.block(0).remaining());
    assertEquals(5, segment.block(1).remaining());
    assertEquals(0, segment.block(2).remaining());
    assertEquals(0, segment.block(3).remaining());
    segment.span(Segment.LENGTH);
    assertEquals(16 * KIB, segment.block(3).remaining());
  }

  @Test
  void closedPoolHandsNothingOut() {
    BufferPool pool = new BufferPool(loop, 2 * Segment.LENGTH);
    Segment segment = acquire(pool);
    pool.close();
    pool.close();

    segment.release();

    assertNull(pool.tryAcquire());
    assertEquals(0, pool.available());
  }

  @Test
  void otherThreadsMayNotUseIt() throws InterruptedException {
    BufferPool pool = new BufferPool(loop, Segment.LENGTH);
    boolean[] isRefused = new boolean[1];
    Thread other =
        new Thread(
            () -> {
              try {
                pool.tryAcquire();
              } catch (AssertionError e) {
                isRefused[0] = true;
              }
            });
    other.start();
    other.join();

    assertTrue(isRefused[0]);
  }

  private static Segment acquire(BufferPool pool) {
    return Objects.requireNonNull(pool.tryAcquire());
  }
}
