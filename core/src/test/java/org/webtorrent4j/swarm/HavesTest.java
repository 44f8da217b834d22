package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.loop.VirtualLoop;

class HavesTest {
  private static final long MILLISECOND = 1_000_000;

  private final VirtualLoop loop = new VirtualLoop(1_000_000_000L);
  private final List<List<Integer>> rounds = new ArrayList<>();
  private int peers = 8;
  private final Haves haves =
      new Haves(
          loop,
          new Haves.Audience() {
            @Override
            public int size() {
              return peers;
            }

            @Override
            public void tell(int[] pieces) {
              rounds.add(Arrays.stream(pieces).boxed().toList());
            }
          });

  @Test
  void firstPieceIsToldInTheSameTurn() {
    loop.execute(() -> haves.add(7));
    loop.runReady();

    assertEquals(List.of(List.of(7)), rounds);
  }

  @Test
  void piecesOfOneTurnAreToldTogether() {
    loop.execute(() -> haves.add(7));
    loop.execute(() -> haves.add(3));
    loop.runReady();

    assertEquals(List.of(List.of(7, 3)), rounds);
  }

  @Test
  void fewPeersHearOfAPieceAtOnce() {
    haves.add(1);
    loop.runUntil(loop.nanoTime() + 10 * MILLISECOND);
    haves.add(2);
    loop.runReady();

    assertEquals(2, rounds.size());
  }

  @Test
  void manyPeersHearOfManyPiecesAtATime() {
    peers = 2000;
    for (int i = 0; i < 100; i++) {
      haves.add(i);
      loop.runUntil(loop.nanoTime() + 10 * MILLISECOND);
    }
    loop.runUntil(loop.nanoTime() + 1000 * MILLISECOND);

    assertTrue(rounds.size() >= 5 && rounds.size() <= 7, () -> rounds.size() + " rounds");
    assertEquals(100, rounds.stream().mapToInt(List::size).sum());
  }

  @Test
  void whatWaitsIsBounded() {
    peers = 2000;
    haves.add(0);
    loop.runReady();
    for (int i = 1; i <= 1000; i++) {
      haves.add(i);
      loop.runReady();
    }

    assertTrue(rounds.size() >= 4, () -> rounds.size() + " rounds");
    assertTrue(rounds.stream().allMatch(round -> round.size() <= Haves.MAX_PIECES));
  }
}
