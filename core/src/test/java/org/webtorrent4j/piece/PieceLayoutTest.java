package org.webtorrent4j.piece;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PieceLayoutTest {
  @Test
  void lastPieceAndItsLastBlockAreShort() {
    PieceLayout layout = new PieceLayout(70_000, 32_768);

    assertEquals(3, layout.pieceCount());
    assertEquals(32_768, layout.length(1));
    assertEquals(4_464, layout.length(2));
    assertEquals(1, layout.blockCount(2));
    assertEquals(4_464, layout.blockLength(2, 0));
    assertEquals(16_384, layout.blockLength(0, 1));
    assertEquals(1, layout.pieceAt(32_768));
  }

  @Test
  void lengthsBeyondAnIntAreRight() {
    PieceLayout layout = new PieceLayout(100L << 30, 16 << 20);

    assertEquals(6400, layout.pieceCount());
    assertEquals(6399L * (16 << 20), layout.offset(6399));
    assertEquals(6399, layout.pieceAt((100L << 30) - 1));
  }

  @Test
  void oddPieceLengthsHaveShortLastBlocks() {
    PieceLayout layout = new PieceLayout(12, 5);

    assertEquals(3, layout.pieceCount());
    assertEquals(5, layout.blockLength(0, 0));
    assertEquals(2, layout.blockLength(2, 0));
  }

  @Test
  void emptyAndOversizedTorrentsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PieceLayout(0, 16_384));
    assertThrows(IllegalArgumentException.class, () -> new PieceLayout(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new PieceLayout(Long.MAX_VALUE, 1));
  }
}
