package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.loop.VirtualLoop;

class PieceBufferTest {
  private final BufferPool pool = new BufferPool(new VirtualLoop(), 4 * Segment.LENGTH);

  @Test
  void shortPieceTakesOneSegment() {
    PieceBuffer piece = Objects.requireNonNull(PieceBuffer.tryAcquire(pool, 1));

    assertEquals(1, piece.length());
    assertEquals(1, piece.segments().size());
    assertEquals(Segment.LENGTH, pool.used());
  }

  @Test
  void allOrNothing() {
    PieceBuffer first =
        Objects.requireNonNull(PieceBuffer.tryAcquire(pool, 2 * Segment.LENGTH + 1));
    assertNull(PieceBuffer.tryAcquire(pool, Segment.LENGTH + 1));
    assertEquals(3 * Segment.LENGTH, pool.used());
    assertNotNull(PieceBuffer.tryAcquire(pool, Segment.LENGTH));

    first.release();
    assertEquals(Segment.LENGTH, pool.used());
  }

  @Test
  void oneLargePieceAlwaysFits() throws IOException {
    assertNull(PieceBuffer.tryAcquire(pool, 5 * Segment.LENGTH));

    PieceBuffer piece = PieceBuffer.acquireBeyondBudget(pool, 5 * Segment.LENGTH);
    piece.release();

    assertEquals(0, pool.used());
    assertNotNull(PieceBuffer.tryAcquire(pool, 4 * Segment.LENGTH));
  }

  @Test
  void nothingIsPutOutsideOfThePiece() {
    PieceBuffer piece = Objects.requireNonNull(PieceBuffer.tryAcquire(pool, 100));
    ByteBuffer two = ByteBuffer.allocate(2);

    assertThrows(IndexOutOfBoundsException.class, () -> piece.put(99, two));
    assertThrows(IndexOutOfBoundsException.class, () -> piece.put(-1, two));
    assertEquals(2, two.remaining());
  }

  @Test
  void doubleReleaseIsFound() {
    PieceBuffer piece = Objects.requireNonNull(PieceBuffer.tryAcquire(pool, 100));
    piece.release();

    assertThrows(IllegalStateException.class, piece::release);
  }

  @Property(tries = 100)
  void bytesArriveInAnyCut(
      @ForAll @IntRange(min = 1, max = 4 * Segment.LENGTH) int length,
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 4 * Segment.LENGTH) Integer> cuts)
      throws IOException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    PieceBuffer piece = Objects.requireNonNull(PieceBuffer.tryAcquire(pool, length));
    int from = 0;
    for (int cut : cuts.stream().filter(cut -> cut < length).sorted().toList()) {
      piece.put(from, ByteBuffer.wrap(content, from, cut - from));
      from = cut;
    }
    piece.put(from, ByteBuffer.wrap(content, from, length - from));

    ByteBuffer out = ByteBuffer.allocate(length);
    piece.forEachPart(0, length, out::put);
    assertArrayEquals(content, out.array());
    piece.release();
  }
}
