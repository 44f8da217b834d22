package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.piece.Bitfield;

class SimulationTest {
  private static final int MEGABYTE = 1 << 20;

  private final TestTorrent torrent = new TestTorrent(4 * MEGABYTE + 12_345, 64 << 10, 7);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneSeedAndTwentyLeechesComplete(long seed) {
    Simulation simulation = new Simulation(seed);
    Simulation.Node source = simulation.seed(torrent, 2 * MEGABYTE);
    List<Simulation.Node> leeches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Simulation.Node leech = simulation.leech(torrent, 2 * MEGABYTE);
      leech.knows(source);
      leeches.forEach(leech::knows);
      leeches.add(leech);
    }

    simulation.runUntil(
        () -> leeches.stream().allMatch(Simulation.Node::isComplete), Duration.ofMinutes(10));

    for (Simulation.Node leech : leeches) {
      assertArrayEquals(torrent.content, leech.storage.bytes);
    }
    long sent = source.swarm.traffic().upload().total();
    assertTrue(sent < 10L * torrent.content.length, "leeches must help each other, sent " + sent);
  }

  @Test
  void sameSeedGivesTheSameRun() {
    assertEquals(logOfARun(42), logOfARun(42));
    assertFalse(logOfARun(42).equals(logOfARun(43)));
  }

  private String logOfARun(long seed) {
    Simulation simulation = new Simulation(seed);
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    Simulation.Node one = simulation.leech(torrent, MEGABYTE);
    Simulation.Node two = simulation.magnetLeech(torrent, MEGABYTE);
    one.knows(source);
    two.knows(source, one);
    simulation.runUntil(() -> one.isComplete() && two.isComplete(), Duration.ofMinutes(2));
    return simulation.log.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 300, 16 << 10})
  void slicesOfAnySizeArriveWhole(int slice) {
    Simulation simulation = new Simulation(slice);
    simulation.network.maxSlice(slice);
    TestTorrent small = new TestTorrent(200_000, 32 << 10, 3);
    Simulation.Node source = simulation.seed(small, 10 * MEGABYTE);
    Simulation.Node leech = simulation.magnetLeech(small, 10 * MEGABYTE);
    leech.knows(source);

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(1));

    assertArrayEquals(small.content, leech.storage.bytes);
    assertEquals(0, leech.swarm.traffic().wasted());
  }

  @Test
  void magnetNeedsNothingButAPeer() {
    Simulation simulation = new Simulation(5);
    Simulation.Node source = simulation.seed(torrent, 5 * MEGABYTE);
    Simulation.Node first = simulation.magnetLeech(torrent, 5 * MEGABYTE);
    Simulation.Node second = simulation.magnetLeech(torrent, 5 * MEGABYTE);
    first.knows(source);
    second.knows(first); // gets the metadata from one who had to ask for it too

    simulation.runUntil(() -> first.isComplete() && second.isComplete(), Duration.ofMinutes(2));

    assertArrayEquals(torrent.content, second.storage.bytes);
  }

  @Test
  void peerThatSpoilsPiecesIsFoundAndHonestOnesAreKept() {
    Simulation simulation = new Simulation(6);
    Simulation.Node honest = simulation.seed(torrent, MEGABYTE);
    Simulation.Node other = simulation.seed(torrent, MEGABYTE);
    Simulation.Node liar = simulation.seed(torrent, MEGABYTE);
    for (int i = 0; i < liar.storage.bytes.length; i += 40_000) {
      liar.storage.bytes[i] ^= 1;
    }
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    leech.knows(honest, other, liar);

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(5));

    assertArrayEquals(torrent.content, leech.storage.bytes);
    assertEquals(List.of(liar.host.address().toString()), leech.banned);
  }

  @Test
  void onlyTheSenderOfABadBlockOfASharedPieceIsBanned() {
    TestTorrent onePiece = new TestTorrent(MEGABYTE, MEGABYTE, 8);
    Simulation simulation = new Simulation(9);
    Simulation.Node one = simulation.seed(onePiece, 100_000);
    Simulation.Node two = simulation.seed(onePiece, 100_000);
    Simulation.Node liar = simulation.seed(onePiece, 100_000);
    for (int i = 0; i < liar.storage.bytes.length; i++) {
      liar.storage.bytes[i] ^= 1;
    }
    Simulation.Node leech = simulation.leech(onePiece, MEGABYTE);
    leech.knows(one, two, liar);

    simulation.runUntil(() -> leech.isComplete() && !leech.banned.isEmpty(), Duration.ofMinutes(5));

    assertArrayEquals(onePiece.content, leech.storage.bytes);
    assertEquals(List.of(liar.host.address().toString()), leech.banned);
    // Once with others, and perhaps once alone; what the liar sends late spoils nothing.
    assertTrue(leech.swarm.hashFailures() <= 2);
  }

  @Test
  void leechThatDiesAndReturnsGoesOnWhereItWas() {
    Simulation simulation = new Simulation(10);
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    leech.knows(source);
    simulation.run(Duration.ofSeconds(2));
    int before = leech.swarm.numbers().verifiedPieces();
    assertTrue(before > 0 && !leech.isComplete());

    leech.host.crash();
    leech.swarm.pause();
    simulation.run(Duration.ofSeconds(30));
    leech.host.start(leech.session);
    leech.swarm.start();

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(2));
    assertArrayEquals(torrent.content, leech.storage.bytes);
    long sent = source.swarm.traffic().upload().total();
    assertTrue(sent < 2L * torrent.content.length, "began anew: " + sent);
  }

  @Test
  void pulledCableIsNoticedAndOthersTakeOver() {
    Simulation simulation = new Simulation(11);
    Simulation.Node one = simulation.seed(torrent, MEGABYTE);
    Simulation.Node two = simulation.seed(torrent, MEGABYTE / 4);
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    leech.knows(one, two);
    simulation.run(Duration.ofSeconds(1));

    one.host.down(true);

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(3));
    assertArrayEquals(torrent.content, leech.storage.bytes);
  }

  @Test
  void chokingSharesFairly() {
    Simulation simulation = new Simulation(12);
    Simulation.Node source = simulation.seed(torrent, MEGABYTE / 4); // slots: 4 of 12 leeches
    List<Simulation.Node> leeches = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Simulation.Node leech = simulation.leech(torrent, MEGABYTE); // do not know each other
      leech.knows(source);
      leeches.add(leech);
    }

    simulation.run(Duration.ofMinutes(2)); // in which everybody could get 2.5 MB

    long most = 0;
    long least = Long.MAX_VALUE;
    for (Simulation.Node leech : leeches) {
      long got = leech.swarm.traffic().download().total();
      most = Math.max(most, got);
      least = Math.min(least, got);
    }
    assertTrue(least > 0, "somebody starved");
    assertTrue(most < 3 * least + MEGABYTE, "unfair: " + least + " to " + most);
  }

  @Test
  void fullDiskStopsTheTorrentWithAReasonAndItCanBeResumed() {
    Simulation simulation = new Simulation(13);
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    leech.storage.isFull = true;
    leech.knows(source);
    simulation.runUntil(() -> leech.failure != null, Duration.ofMinutes(1));
    assertEquals(SwarmState.FAILED, leech.swarm.state());
    assertNotNull(leech.failure);

    leech.storage.isFull = false;
    leech.swarm.start();

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(2));
  }

  @Test
  void limitsAreKept() {
    Simulation simulation = new Simulation(14);
    Simulation.Node source = simulation.seed(torrent, 10 * MEGABYTE);
    Simulation.Node leech = simulation.leech(torrent, 10 * MEGABYTE);
    leech.swarm.downloadLimit(200_000);
    leech.knows(source);

    simulation.run(Duration.ofSeconds(10));

    long got = leech.swarm.traffic().download().total();
    assertTrue(got > 1_000_000 && got < 2_200_000, "got " + got);
    leech.swarm.downloadLimit(0);
    source.session.uploadLimit(100_000);
    simulation.run(Duration.ofSeconds(1)); // what was asked for and read already
    long before = leech.swarm.traffic().download().total();
    simulation.run(Duration.ofSeconds(5));
    long more = leech.swarm.traffic().download().total() - before;
    assertTrue(more > 300_000 && more < 800_000, "got " + more);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readerThatJumpsGetsItsPieceSoonAndHardlyAnythingArrivesTwice(boolean isFast) {
    TestTorrent large = new TestTorrent(24 * MEGABYTE, 256 << 10, 18);
    Simulation simulation = new Simulation(18);
    Simulation.Node leech = simulation.leech(large, MEGABYTE);
    for (int i = 0; i < 4; i++) {
      Simulation.Node source = simulation.seed(large, MEGABYTE);
      if (!isFast) {
        source.host.withoutFast(); // drops what is cancelled in silence
      }
      leech.knows(source);
    }
    simulation.run(Duration.ofSeconds(2));
    JumpingReader reader = new JumpingReader();
    leech.swarm.open(reader);

    for (int piece : new int[] {90, 20, 60, 91, 5, 75}) {
      leech.swarm.move(reader, piece, piece + 3);
      Bitfield have = leech.swarm.have();
      simulation.runUntil(() -> have != null && have.get(piece), Duration.ofSeconds(2));
    }
    // Only what was withdrawn, was on its way and is needed now, as the reader comes back to it.
    assertTrue(leech.swarm.traffic().wasted() <= large.info.pieceLength());
    leech.swarm.close(reader);
    // Nobody waits until what was dropped in silence is overdue.
    simulation.runUntil(leech::isComplete, Duration.ofSeconds(4));

    assertArrayEquals(large.content, leech.storage.bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void readersThatJumpWithoutWaitingStopNothing(long seed) {
    TestTorrent large = new TestTorrent(8 * MEGABYTE, 128 << 10, seed);
    Simulation simulation = new Simulation(seed);
    Simulation.Node leech = simulation.leech(large, MEGABYTE);
    for (int bytesPerSecond : new int[] {20_000, 300_000, 2 * MEGABYTE}) {
      leech.knows(simulation.seed(large, bytesPerSecond));
    }
    List<JumpingReader> readers = List.of(new JumpingReader(), new JumpingReader());
    readers.forEach(leech.swarm::open);

    for (int i = 0; i < 100; i++) {
      int piece = simulation.random.nextInt(large.info.pieceCount() - 4);
      leech.swarm.move(readers.get(i % 2), piece, piece + simulation.random.nextInt(5));
      simulation.run(Duration.ofMillis(simulation.random.nextInt(60)));
    }
    readers.forEach(leech.swarm::close);

    simulation.runUntil(leech::isComplete, Duration.ofSeconds(20));
    assertArrayEquals(large.content, leech.storage.bytes);
  }

  @Test
  void memoryBudgetIsEnoughForManyPeersAndLargePieces() {
    TestTorrent large = new TestTorrent(24 * MEGABYTE, 4 * MEGABYTE, 15);
    Simulation simulation = new Simulation(15);
    Simulation.Node leech = simulation.leech(large, MEGABYTE);
    for (int i = 0; i < 12; i++) {
      leech.knows(simulation.seed(large, MEGABYTE));
    }

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(2)); // budget: 4 pieces

    assertArrayEquals(large.content, leech.storage.bytes);
    assertEquals(0, leech.session.memory().pool().used());
  }

  @Test
  void idleTorrentIsNotLookedAtUntilAnAddressIsDue() {
    Simulation simulation = new Simulation(16);
    Simulation.Node source = simulation.seed(torrent, 10 * MEGABYTE);
    Simulation.Node leech = simulation.leech(torrent, 10 * MEGABYTE);
    leech.host.down(true);
    source.knows(leech);
    simulation.run(Duration.ofMillis(1500));
    assertEquals(0, source.session.busy());

    leech.host.down(false);
    simulation.run(Duration.ofSeconds(1)); // the second try is after two seconds

    assertEquals(1, source.session.busy());
    simulation.runUntil(leech::isComplete, Duration.ofMinutes(1));
    simulation.run(Duration.ofMinutes(2));
    assertEquals(0, source.session.busy());
  }

  @Test
  void torrentsTakeTurnsToDialAndNoneIsForgotten() {
    Simulation simulation = new Simulation(17);
    TestTorrent small = new TestTorrent(100_000, 32 << 10, 5);
    Simulation.Node leech = simulation.leech(small, MEGABYTE);
    for (int i = 0; i < 80; i++) { // more than may be dialled at once
      Simulation.Node gone = simulation.seed(small, MEGABYTE);
      gone.host.down(true);
      leech.knows(gone);
    }
    Simulation.Node source = simulation.seed(small, MEGABYTE);
    leech.knows(source);

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(1));
  }
}
