package org.webtorrent4j.piece;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PiecePickerTest {
  private static final int PIECES = 20;
  private static final int BLOCKS = 4;

  private final Bitfield had = new Bitfield(PIECES);
  private int memory = Integer.MAX_VALUE;

  private PiecePicker picker() {
    return new PiecePicker(had, new Random(1), this::begin);
  }

  private @Nullable PieceProgress begin(int piece, boolean isUrgent) {
    return memory-- > 0 ? new PieceProgress(piece, BLOCKS) : null;
  }

  private void haveSome() {
    for (int piece = PIECES - 4; piece < PIECES; piece++) {
      had.set(piece); // past the pieces that are picked at random
    }
  }

  @Test
  void rarestPieceIsBegunFirst() {
    haveSome();
    PiecePicker picker = picker();
    for (int piece = 0; piece < PIECES; piece++) {
      picker.onPeerHas(piece);
      if (piece != 7) {
        picker.onPeerHas(piece);
      }
    }
    FakeSource seed = FakeSource.seed(PIECES);

    picker.pick(seed, 1);

    assertEquals(List.of(7), seed.askedPieces());
  }

  @Test
  void rarityFollowsPeersThatComeAndGo() {
    haveSome();
    PiecePicker picker = picker();
    Bitfield most = new Bitfield(PIECES);
    most.setAll();
    most.clear(3);
    picker.onPeerJoined(most);
    picker.onPeerHas(3);
    picker.onPeerHas(3);
    picker.onPeerGone(most);
    picker.onPeerHas(0);
    Set<Integer> rare = new HashSet<>();
    FakeSource seed = FakeSource.seed(PIECES);

    picker.pick(seed, BLOCKS * 14);

    rare.addAll(seed.askedPieces());
    assertFalse(rare.contains(3));
    assertFalse(rare.contains(0));
    picker.pick(seed, BLOCKS);
    assertEquals(0, seed.asked.get(seed.asked.size() - 1).piece());
  }

  @Test
  void blocksOfAPieceAreAskedForInOrder() {
    PiecePicker picker = picker();
    FakeSource seed = FakeSource.seed(PIECES);

    assertEquals(3, picker.pick(seed, 3));
    assertEquals(3, picker.pick(seed, 3));

    int first = seed.asked.get(0).piece();
    for (int block = 0; block < BLOCKS; block++) {
      assertEquals(first, seed.asked.get(block).piece());
      assertEquals(block, seed.asked.get(block).block());
    }
    assertNotEquals(first, seed.asked.get(4).piece());
  }

  @Test
  void twoPeersWorkOnDifferentPieces() {
    PiecePicker picker = picker();
    FakeSource one = FakeSource.seed(PIECES);
    FakeSource two = FakeSource.seed(PIECES);

    picker.pick(one, 2);
    picker.pick(two, 2);

    assertNotEquals(one.askedPieces(), two.askedPieces());
  }

  @Test
  void slowPeersShareAPiece() {
    PiecePicker picker = picker();
    FakeSource one = FakeSource.seed(PIECES);
    FakeSource two = FakeSource.seed(PIECES);
    one.isSlow = true;
    two.isSlow = true;

    picker.pick(one, 1);
    picker.pick(two, 1);

    assertEquals(one.askedPieces(), two.askedPieces());
    assertEquals(1, two.asked.get(0).block());
  }

  @Test
  void readersComeBeforeRarity() {
    haveSome();
    PiecePicker picker = picker();
    picker.addWindow(new ReadWindow(5, 8));
    FakeSource seed = FakeSource.seed(PIECES);

    picker.pick(seed, 3 * BLOCKS);

    assertEquals(List.of(5, 6, 7), seed.askedPieces());
  }

  @Test
  void everyReaderGetsWhatItWaitsForFirst() {
    PiecePicker picker = picker();
    picker.addWindow(new ReadWindow(5, 12));
    picker.addWindow(new ReadWindow(14, 18));
    FakeSource seed = FakeSource.seed(PIECES);

    picker.pick(seed, 2 * BLOCKS);

    assertEquals(Set.of(5, 14), Set.copyOf(seed.askedPieces()));
  }

  @Test
  void somethingWantedIsLookedForFromAnyPlaceOn() {
    PiecePicker picker = picker();
    FakeSource seed = FakeSource.seed(PIECES);
    picker.onHad(3);

    assertEquals(4, picker.anyWanted(seed.pieces, 3));
    picker.priority(PIECES - 1, Priority.SKIP);
    assertEquals(0, picker.anyWanted(seed.pieces, PIECES - 1));
  }

  @Test
  void readersGetSkippedPiecesToo() {
    PiecePicker picker = picker();
    for (int piece = 0; piece < PIECES; piece++) {
      picker.priority(piece, Priority.SKIP);
    }
    FakeSource seed = FakeSource.seed(PIECES);
    assertEquals(-1, picker.anyWanted(seed.pieces, 0));
    assertEquals(0, picker.pick(seed, 10));

    picker.addWindow(new ReadWindow(5, 6));

    assertEquals(5, picker.anyWanted(seed.pieces, 0));
    assertEquals(BLOCKS, picker.pick(seed, BLOCKS));
    assertEquals(List.of(5), seed.askedPieces());
    assertEquals(0, picker.missingWanted());
  }

  @Test
  void highPriorityComesFirstAndSkippedNever() {
    haveSome();
    PiecePicker picker = picker();
    for (int piece = 0; piece < PIECES; piece++) {
      picker.onPeerHas(piece);
    }
    picker.priority(9, Priority.HIGH);
    picker.onPeerHas(9);
    picker.priority(2, Priority.SKIP);
    FakeSource seed = FakeSource.seed(PIECES);

    picker.pick(seed, BLOCKS);

    assertEquals(List.of(9), seed.askedPieces());
    picker.pick(seed, PIECES * BLOCKS);
    assertFalse(seed.askedPieces().contains(2));
    assertEquals(PIECES - 5, picker.missingWanted());
  }

  @Test
  void sequentialModeGoesByIndex() {
    PiecePicker picker = picker();
    picker.sequential(true);
    FakeSource seed = FakeSource.seed(PIECES);

    picker.pick(seed, 3 * BLOCKS);

    assertEquals(List.of(0, 1, 2), seed.askedPieces());
  }

  @Test
  void peerThatHasLittleIsAskedForThatOnly() {
    PiecePicker picker = picker();
    FakeSource poor = new FakeSource(PIECES, 4, 11);

    assertEquals(2 * BLOCKS, picker.pick(poor, 100));

    assertEquals(Set.of(4, 11), Set.copyOf(poor.askedPieces()));
  }

  @Test
  void lostRequestsAreAskedOfOthersOnceTheOwnerIsGone() {
    PiecePicker picker = picker();
    FakeSource gone = new FakeSource(PIECES, 6);
    FakeSource other = new FakeSource(PIECES, 6);
    picker.pick(gone, BLOCKS);
    assertEquals(0, picker.pick(other, 0));

    for (FakeSource.Asked asked : gone.asked) {
      picker.onRequestLost(asked.progress(), asked.block());
    }
    picker.abandon(gone);

    assertEquals(BLOCKS, picker.pick(other, BLOCKS));
    assertEquals(0, other.asked.get(0).block());
  }

  @Test
  void endGameAsksASecondPeerForTheSameBlocksTheLastFirst() {
    for (int piece = 1; piece < PIECES; piece++) {
      had.set(piece);
    }
    PiecePicker picker = picker();
    FakeSource slow = FakeSource.seed(PIECES);
    FakeSource fast = FakeSource.seed(PIECES);
    assertEquals(BLOCKS, picker.pick(slow, 100));

    assertEquals(BLOCKS, picker.pick(fast, 100));

    List<FakeSource.Asked> fromTheEnd = new ArrayList<>(slow.asked);
    Collections.reverse(fromTheEnd);
    assertEquals(fromTheEnd, fast.asked);
    assertEquals(0, picker.pick(fast, 100)); // not twice from one peer
  }

  @Test
  void pieceThatNobodyHasDoesNotKeepTheEndGameFromBeginning() {
    PiecePicker picker = picker();
    FakeSource one = new FakeSource(PIECES, 6);
    FakeSource two = new FakeSource(PIECES, 6);
    picker.onPeerHas(6);
    picker.onPeerHas(6);
    picker.pick(one, 100);

    assertTrue(picker.pick(two, 100) > 0);
  }

  @Test
  void noEndGameWhilePiecesAreLeft() {
    PiecePicker picker = picker();
    picker.onPeerHas(5);
    FakeSource one = new FakeSource(PIECES, 6);
    FakeSource two = new FakeSource(PIECES, 6);
    picker.pick(one, 100);

    assertEquals(0, picker.pick(two, 100)); // others may still have the other pieces
  }

  @Test
  void withoutMemoryNothingIsBegunAndNothingIsAskedTwice() {
    memory = 1;
    PiecePicker picker = picker();
    FakeSource one = FakeSource.seed(PIECES);
    FakeSource two = FakeSource.seed(PIECES);

    assertEquals(BLOCKS, picker.pick(one, 100));
    assertEquals(0, picker.pick(two, 100));
  }

  @Test
  void isolatedPieceIsFetchedFromOnePeer() {
    PiecePicker picker =
        new PiecePicker(
            had,
            new Random(1),
            new PiecePicker.Beginner() {
              private int begun;

              @Override
              public @Nullable PieceProgress begin(int piece, boolean isUrgent) {
                if (begun++ > 0) {
                  return null;
                }
                PieceProgress progress = new PieceProgress(piece, BLOCKS);
                progress.isExclusive = true;
                return progress;
              }
            });
    FakeSource one = FakeSource.seed(PIECES);
    FakeSource two = FakeSource.seed(PIECES);
    picker.pick(one, 1);

    assertEquals(0, picker.pick(two, 10));
    picker.abandon(one);
    assertTrue(picker.pick(two, 10) > 0);
  }

  @Test
  void failedPieceIsWantedAgain() {
    PiecePicker picker = picker();
    FakeSource source = new FakeSource(PIECES, 6);
    picker.pick(source, BLOCKS);
    PieceProgress progress = source.asked.get(0).progress();
    for (int block = 0; block < BLOCKS; block++) {
      assertTrue(picker.onReceived(progress, block, source));
      picker.onRequestLost(progress, block);
    }
    assertTrue(progress.isComplete());

    picker.onFailed(6);

    assertTrue(picker.isWanted(6));
    source.asked.clear();
    assertEquals(BLOCKS, picker.pick(source, 100));
    assertFalse(picker.onReceived(progress, 0, source)); // a late block of the old try
  }

  /** Whatever peers do, every block is asked for until all have arrived, and then no more. */
  @Property(tries = 200)
  void everythingIsFetchedWhateverHappens(@ForAll long seed) {
    Random random = new Random(seed);
    PiecePicker picker = new PiecePicker(new Bitfield(PIECES), random, this::begin);
    List<FakeSource> sources = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sources.add(FakeSource.seed(PIECES));
    }
    int had = 0;
    for (int step = 0; step < 20_000 && had < PIECES; step++) {
      FakeSource source = sources.get(random.nextInt(sources.size()));
      picker.pick(source, random.nextInt(6));
      if (source.asked.isEmpty()) {
        continue;
      }
      int index = random.nextInt(source.asked.size());
      FakeSource.Asked asked = source.asked.remove(index);
      if (random.nextInt(5) == 0) {
        picker.onRequestLost(asked.progress(), asked.block());
        picker.abandon(source);
        continue;
      }
      picker.onReceived(asked.progress(), asked.block(), source);
      picker.onRequestLost(asked.progress(), asked.block());
      if (asked.progress().isComplete() && picker.isWanted(asked.piece())) {
        if (random.nextInt(4) == 0) {
          picker.onFailed(asked.piece());
        } else {
          picker.onHad(asked.piece());
          had++;
        }
      }
    }

    assertEquals(PIECES, had);
    assertEquals(0, picker.missingWanted());
    assertEquals(List.of(), picker.active());
  }
}
