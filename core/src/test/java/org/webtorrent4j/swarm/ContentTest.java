package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.webtorrent4j.piece.Bitfield;

class ContentTest {
  private static final int PIECE = 16 << 10;

  private final Content content =
      new Content(new TestTorrent(3 * PIECE + 100, PIECE, 1).info, WantedFiles.ALL);

  @Test
  void verifiedBytesOfARangeAreThoseInPiecesThatAreThere() {
    assertEquals(0, content.verifiedBytes(0, PIECE));
    Bitfield have = new Bitfield(4);
    have.set(1);
    have.set(3);
    content.checked(have);

    assertEquals(PIECE + 100, content.verifiedBytes(0, 3 * PIECE + 100));
    assertEquals(0, content.verifiedBytes(0, PIECE));
    assertEquals(0, content.verifiedBytes(PIECE, 0));
    assertEquals(10, content.verifiedBytes(PIECE + 5, 10));
    assertEquals(1, content.verifiedBytes(PIECE - 1, 2));
    assertEquals(1, content.verifiedBytes(2 * PIECE - 1, 2));
    assertEquals(90, content.verifiedBytes(3 * PIECE + 10, 90));
    assertEquals(PIECE + 7, content.verifiedBytes(PIECE, 2 * PIECE + 7));
  }
}
