package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.piece.PiecePicker;
import org.webtorrent4j.wire.Extension;
import org.webtorrent4j.wire.ExtensionPayload;
import org.webtorrent4j.wire.MetadataMessage;

/** Peers that lie cheaply: what they cost is bounded, and honest ones do not notice. */
class LiarsTest {
  private static final int MEGABYTE = 1 << 20;
  private static final long MILLISECOND = 1_000_000;

  private final Simulation simulation = new Simulation(77);
  private final TestTorrent torrent = new TestTorrent(4 * MEGABYTE, 64 << 10, 5);
  private final TestTorrent ofManyPieces = new TestTorrent(MEGABYTE, 64, 6);

  // ---- about pieces

  @Test
  void losingAndGettingAPieceAgainAndAgainCostsLittle() {
    Simulation.Node leech = simulation.leech(ofManyPieces, MEGABYTE);
    ScriptedPeer liar =
        new ScriptedPeer(simulation, ofManyPieces) {
          @Override
          void onBegun() {
            out.haveAll();
            for (int i = 0; i < 2000; i++) {
              out.extended(Extension.LT_DONTHAVE.id(), ExtensionPayload.dontHave(0));
              out.have(0);
            }
          }
        };
    liar.connect(leech);

    simulation.run(Duration.ofSeconds(2));

    int pieces = ofManyPieces.info.pieceCount();
    assertTrue(liar.isConnected());
    assertTrue(picker(leech).countedPieces() < pieces + 5000);
  }

  @Test
  void whoLosesMorePiecesThanThereAreIsClosed() {
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    ScriptedPeer liar = new ScriptedPeer(simulation, torrent);
    liar.connect(leech);
    liar.every(
        MILLISECOND,
        () -> {
          for (int i = 0; i < 100; i++) {
            liar.out.have(0);
            liar.out.extended(Extension.LT_DONTHAVE.id(), ExtensionPayload.dontHave(0));
          }
        });

    simulation.run(Duration.ofSeconds(2));

    assertTrue(liar.isClosed);
  }

  @Test
  void whoSaysAgainAndAgainWhatItHasIsClosed() {
    Simulation.Node leech = simulation.leech(ofManyPieces, MEGABYTE);
    ScriptedPeer liar =
        new ScriptedPeer(simulation, ofManyPieces) {
          @Override
          void onBegun() {
            byte[] all = new byte[ofManyPieces.info.pieceCount() / 8];
            all[0] = -1;
            for (int i = 0; i < 1000; i++) {
              out.bitfield(all);
              out.haveAll();
            }
          }
        };
    liar.connect(leech);

    simulation.run(Duration.ofSeconds(2));

    assertTrue(liar.isClosed);
  }

  private static PiecePicker picker(Simulation.Node node) {
    PiecePicker picker = node.swarm.picker();
    if (picker == null) {
      throw new AssertionError("nothing is missing");
    }
    return picker;
  }

  // ---- about reading

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoAsksWhileItIsChokedAndDoesNotReadIsClosed(boolean isReading) {
    Simulation.Node source = simulation.seed(torrent, 100 * MEGABYTE);
    ScriptedPeer liar = new ScriptedPeer(simulation, torrent);
    liar.connect(source);
    simulation.run(Duration.ofSeconds(3));
    if (!isReading) {
      liar.host.deaf();
    }
    liar.every(
        MILLISECOND,
        () -> {
          for (int i = 0; i < 100; i++) {
            liar.out.request(20, 0, 16 << 10);
          }
        });

    simulation.run(Duration.ofSeconds(20)); // what is queued is an invariant of the simulation

    assertTrue(source.swarm.connections().peers().isEmpty());
  }

  @Test
  void whoAsksForMoreThanIsQueuedGetsItAfterRejectsAndIsNotClosed() {
    Simulation.Node source = simulation.seed(torrent, 100 * MEGABYTE);
    source.session.uploadLimit(2 * MEGABYTE);
    ScriptedPeer greedy =
        new ScriptedPeer(simulation, torrent) {
          @Override
          void onBegun() {
            out.interested();
          }

          @Override
          public void onUnchoke() {
            for (int i = 0; i < 5000; i++) { // as a browser that was fast a moment ago
              out.request(i % 64, 16 << 10, 16 << 10);
            }
          }
        };
    greedy.connect(source);

    simulation.run(Duration.ofSeconds(10));

    assertTrue(greedy.isConnected() && greedy.rejects > 2500 && greedy.blockBytes > 10 * MEGABYTE);
  }

  @Test
  void whoAsksForMetadataAndDoesNotReadMakesNobodyQueueIt() {
    Simulation.Node source = simulation.seed(ofManyPieces, 100 * MEGABYTE);
    int pieces = MetadataMessage.pieceCount(ofManyPieces.info.bytes().length);
    ScriptedPeer liar =
        new ScriptedPeer(simulation, ofManyPieces) {
          @Override
          void onBegun() {
            host.deaf();
            sendExtensions(Optional.empty(), Extension.UT_METADATA);
            for (int i = 0; i < 100 * pieces; i++) {
              out.extended(Extension.UT_METADATA.id(), MetadataMessage.request(i % pieces));
            }
          }
        };
    liar.connect(source);

    simulation.run(Duration.ofSeconds(20));
  }

  @Test
  void whoAsksForAllOfTheMetadataAtOnceGetsIt() {
    Simulation.Node source = simulation.seed(ofManyPieces, MEGABYTE);
    int pieces = MetadataMessage.pieceCount(ofManyPieces.info.bytes().length);
    List<Integer> got = new ArrayList<>();
    ScriptedPeer browser =
        new ScriptedPeer(simulation, ofManyPieces) {
          @Override
          void onBegun() {
            sendExtensions(Optional.empty(), Extension.UT_METADATA);
            for (int i = 0; i < pieces; i++) {
              out.extended(Extension.UT_METADATA.id(), MetadataMessage.request(i));
            }
          }

          @Override
          public void onExtended(int id, byte[] payload) {
            if (id == Extension.UT_METADATA.id()) {
              got.add(payload.length);
            }
          }
        };
    browser.connect(source);

    simulation.run(Duration.ofSeconds(10));

    assertTrue(pieces > 16, "more than is queued at once");
    assertEquals(pieces, got.size());
  }

  @Test
  void whoCameForTheMetadataIsToldOfManyPiecesAsItReads() {
    Simulation.Node middle = simulation.magnetLeech(ofManyPieces, MEGABYTE);
    List<Integer> told = new ArrayList<>();
    ScriptedPeer early =
        new ScriptedPeer(simulation, ofManyPieces) {
          @Override
          public void onHave(int piece) {
            told.add(piece);
          }
        };
    early.connect(middle);
    simulation.run(Duration.ofSeconds(1));
    System.arraycopy(ofManyPieces.content, 0, middle.storage.bytes, 0, ofManyPieces.content.length);
    middle.storage.isPresent = true;
    middle.knows(simulation.seed(ofManyPieces, MEGABYTE));

    simulation.runUntil(
        () -> told.size() == ofManyPieces.info.pieceCount(), Duration.ofSeconds(20));

    assertTrue(early.isConnected());
  }

  @Test
  void whoCancelsWhatItDidNotAskForIsClosed() {
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    ScriptedPeer liar = new ScriptedPeer(simulation, torrent);
    liar.connect(source);
    liar.every(MILLISECOND, () -> liar.out.cancel(1, 0, 16 << 10));

    simulation.run(Duration.ofSeconds(2));

    assertTrue(liar.isClosed);
  }

  // ---- about giving

  /** Has everything, and gives what it wants. */
  private class Giver extends ScriptedPeer {
    Giver() {
      super(simulation, torrent);
    }

    @Override
    void onBegun() {
      out.haveAll();
      out.unchoke();
    }

    void give(int piece, int begin, int length) {
      int at = piece * torrent.info.pieceLength() + begin;
      ByteBuffer block = ByteBuffer.wrap(torrent.content, at, length);
      out.piece(piece, begin, block.slice(), () -> {});
    }
  }

  @Test
  void whoRejectsEverythingIsAskedRarely() {
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    Giver liar =
        new Giver() {
          @Override
          public void onRequest(int piece, int begin, int length) {
            super.onRequest(piece, begin, length);
            out.reject(piece, begin, length);
          }
        };
    liar.connect(leech);

    simulation.run(Duration.ofMinutes(1));

    assertTrue(liar.requests > 0 && liar.requests < 300, () -> "asked " + liar.requests);
    leech.knows(simulation.seed(torrent, MEGABYTE));
    simulation.runUntil(leech::isComplete, Duration.ofSeconds(20));
  }

  @Test
  void whoRejectsOnePieceGivesTheOthers() {
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    int[] asked = {0};
    Giver odd =
        new Giver() {
          @Override
          public void onRequest(int piece, int begin, int length) {
            if (piece == 7) {
              asked[0]++;
              out.reject(piece, begin, length);
            } else {
              give(piece, begin, length);
            }
          }
        };
    odd.connect(leech);

    simulation.runUntil(() -> leech.swarm.numbers().verifiedPieces() == 63, Duration.ofSeconds(30));

    assertTrue(asked[0] < 50, () -> "asked " + asked[0]);
  }

  @Test
  void whoRejectsForAWhileIsAskedAgain() {
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    long willing = simulation.loop.nanoTime() + Duration.ofSeconds(40).toNanos();
    Giver moody =
        new Giver() {
          @Override
          public void onRequest(int piece, int begin, int length) {
            if (simulation.loop.nanoTime() < willing) {
              out.reject(piece, begin, length);
            } else {
              give(piece, begin, length);
            }
          }
        };
    moody.connect(leech);

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(3));
  }

  @Test
  void allowedFastPieceThatIsRejectedIsNotAskedForAgain() {
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    ScriptedPeer liar =
        new ScriptedPeer(simulation, torrent) {
          @Override
          void onBegun() {
            out.haveAll();
            out.allowedFast(3);
          }

          @Override
          public void onRequest(int piece, int begin, int length) {
            super.onRequest(piece, begin, length);
            out.reject(piece, begin, length);
          }
        };
    liar.connect(leech);

    simulation.run(Duration.ofSeconds(10));

    assertTrue(liar.requests > 0 && liar.requests <= 4, () -> "asked " + liar.requests);
  }

  @Test
  void whoRejectsWhatNobodyAskedForIsClosed() {
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    ScriptedPeer liar = new ScriptedPeer(simulation, torrent);
    liar.connect(leech);
    liar.every(
        MILLISECOND,
        () -> {
          for (int i = 0; i < 10; i++) {
            liar.out.reject(1, 0, 16 << 10);
          }
        });

    simulation.run(Duration.ofSeconds(2));

    assertTrue(liar.isClosed);
    assertFalse(leech.isComplete());
  }
}
