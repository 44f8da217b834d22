package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.piece.Priority;

/** Two of everything: who shares a limit or the memory with others gets a share of it. */
class FairnessTest {
  private static final int MEGABYTE = 1 << 20;

  private final Simulation simulation = new Simulation(31);

  private static TestTorrent torrent(int megabytes, int pieceLength, long seed) {
    return new TestTorrent(megabytes * MEGABYTE, pieceLength, seed);
  }

  private static void assertFair(List<Simulation.Node> nodes) {
    long most = nodes.stream().mapToLong(Simulation.Node::got).max().orElseThrow();
    long least = nodes.stream().mapToLong(Simulation.Node::got).min().orElseThrow();
    assertTrue(most < 2 * least, () -> "from " + least + " to " + most);
  }

  private void assertKept(long bytesPerSecond, LongSupplier total) {
    long before = total.getAsLong();
    simulation.run(Duration.ofSeconds(60));
    double rate = (total.getAsLong() - before) / 60.0;
    assertTrue(
        Math.abs(rate / bytesPerSecond - 1) < 0.02,
        () -> rate + " B/s instead of " + bytesPerSecond);
  }

  private static long got(List<Simulation.Node> nodes) {
    return nodes.stream().mapToLong(Simulation.Node::got).sum();
  }

  // ---- limits

  @ParameterizedTest
  @ValueSource(ints = {4, 12})
  void leechesOfOneTorrentShareAnUploadLimit(int count) {
    TestTorrent torrent = torrent(60 / count, 64 << 10, 1);
    Simulation.Client client = simulation.client(100 * MEGABYTE, 16 << 20, 12);
    Simulation.Node source = client.seed(torrent);
    client.session.uploadLimit(400_000);
    List<Simulation.Node> leeches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Simulation.Node leech = simulation.leech(torrent, 100 * MEGABYTE);
      leech.knows(source);
      leeches.add(leech);
    }
    simulation.run(Duration.ofSeconds(2));

    assertKept(400_000, () -> source.swarm.traffic().upload().total());
    assertFair(leeches);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20})
  void torrentsShareAnUploadLimitHoweverManyPeersTheyHave(int count) {
    Simulation.Client client = simulation.client(100 * MEGABYTE);
    client.session.uploadLimit(400_000);
    List<Simulation.Node> leeches = new ArrayList<>();
    List<Simulation.Node> firstOfEach = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      TestTorrent torrent = torrent(60 / count, 64 << 10, t);
      Simulation.Node source = client.seed(torrent);
      for (int i = 0; i < (t == 0 ? 4 : 1); i++) {
        Simulation.Node leech = simulation.leech(torrent, 100 * MEGABYTE);
        leech.knows(source);
        leeches.add(leech);
        if (t > 0) {
          firstOfEach.add(leech);
        }
      }
    }
    simulation.run(Duration.ofSeconds(2));

    assertKept(400_000, () -> got(leeches));
    assertFair(firstOfEach);
    long ofFirstTorrent = got(leeches.subList(0, 4));
    long ofOther = firstOfEach.get(0).got();
    assertTrue(ofFirstTorrent < 2 * ofOther && ofOther < 2 * ofFirstTorrent);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20})
  void torrentsShareADownloadLimit(int count) {
    Simulation.Client client = simulation.client(100 * MEGABYTE);
    client.session.downloadLimit(400_000);
    List<Simulation.Node> leeches = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      TestTorrent torrent = torrent(60 / count, 64 << 10, t);
      Simulation.Node leech = client.leech(torrent);
      for (int i = 0; i < (t == 0 ? 4 : 1); i++) {
        leech.knows(simulation.seed(torrent, 100 * MEGABYTE));
      }
      leeches.add(leech);
    }
    simulation.run(Duration.ofSeconds(2));

    assertKept(400_000, () -> got(leeches));
    assertFair(leeches);
  }

  @Test
  void torrentWithALimitOfItsOwnDoesNotHoldUpTheOthers() {
    Simulation.Client client = simulation.client(100 * MEGABYTE);
    List<Simulation.Node> leeches = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      TestTorrent torrent = torrent(30, 256 << 10, t);
      Simulation.Node leech = client.leech(torrent);
      leech.knows(simulation.seed(torrent, 2 * MEGABYTE));
      leeches.add(leech);
    }
    leeches.get(0).swarm.downloadLimit(50_000);

    simulation.run(Duration.ofSeconds(10));

    assertTrue(leeches.get(0).got() < 600_000, () -> "got " + leeches.get(0).got());
    assertTrue(leeches.get(1).got() > 15 * MEGABYTE, () -> "got " + leeches.get(1).got());
  }

  @Test
  void nobodyWhoIsServedUnderALowLimitWaitsLong() {
    TestTorrent torrent = torrent(8, 64 << 10, 1);
    Simulation.Client client = simulation.client(100 * MEGABYTE, 16 << 20, 12);
    Simulation.Node source = client.seed(torrent);
    client.session.uploadLimit(4_000); // twelve slots would get a block each in 50 s
    for (int i = 0; i < 20; i++) {
      simulation.leech(torrent, MEGABYTE).knows(source);
    }

    simulation.run(Duration.ofMinutes(5)); // the invariant of the simulation is the test
  }

  // ---- memory

  @Test
  void torrentWhosePeerLeavesGivesItsMemoryToOthers() {
    Simulation.Client client = simulation.client(100 * MEGABYTE, MEGABYTE, 4);
    Simulation.Node stalled = client.leech(torrent(8, MEGABYTE, 1));
    Simulation.Node gone = simulation.seed(torrent(8, MEGABYTE, 1), 300_000);
    stalled.knows(gone);
    simulation.run(Duration.ofSeconds(2)); // in the middle of a piece
    gone.swarm.pause();
    TestTorrent torrent = torrent(4, 256 << 10, 2);
    Simulation.Node other = client.leech(torrent);
    other.knows(simulation.seed(torrent, MEGABYTE));

    simulation.runUntil(other::isComplete, Duration.ofSeconds(30));

    gone.swarm.start();
    stalled.knows(gone);
    simulation.runUntil(stalled::isComplete, Duration.ofMinutes(3));
  }

  @Test
  void torrentThatWantsNothingMoreGivesItsMemoryToOthers() {
    Simulation.Client client = simulation.client(100 * MEGABYTE, MEGABYTE, 4);
    TestTorrent first = torrent(8, MEGABYTE, 1);
    Simulation.Node deselected = client.leech(first);
    deselected.knows(simulation.seed(first, 300_000));
    simulation.run(Duration.ofSeconds(2));
    deselected.swarm.priority(0, Priority.SKIP);
    TestTorrent torrent = torrent(4, 256 << 10, 2);
    Simulation.Node other = client.leech(torrent);
    other.knows(simulation.seed(torrent, MEGABYTE));

    simulation.runUntil(other::isComplete, Duration.ofSeconds(30));
  }

  @Test
  void torrentsShareTheMemory() {
    Simulation.Client client = simulation.client(100 * MEGABYTE, 8 * MEGABYTE, 4);
    TestTorrent first = torrent(40, MEGABYTE, 1);
    Simulation.Node greedy = client.leech(first);
    for (int i = 0; i < 3; i++) {
      greedy.knows(simulation.seed(first, MEGABYTE));
    }
    simulation.run(Duration.ofSeconds(5));
    TestTorrent second = torrent(16, 512 << 10, 2);
    Simulation.Node other = client.leech(second);
    other.knows(simulation.seed(second, 2 * MEGABYTE));

    simulation.runUntil(other::isComplete, Duration.ofSeconds(20));

    assertTrue(!greedy.isComplete() && greedy.got() > 20 * MEGABYTE);
  }

  @Test
  void piecesThatAreLargerThanAllMemoryHoldUpNobodyElse() {
    Simulation.Client client = simulation.client(100 * MEGABYTE, MEGABYTE, 4);
    List<Simulation.Node> large = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      TestTorrent torrent = torrent(4, 2 * MEGABYTE, t);
      Simulation.Node leech = client.leech(torrent);
      leech.knows(simulation.seed(torrent, 100_000));
      large.add(leech);
    }
    simulation.run(Duration.ofSeconds(2));
    TestTorrent torrent = torrent(4, 64 << 10, 7);
    Simulation.Node small = client.leech(torrent);
    small.knows(simulation.seed(torrent, MEGABYTE));

    simulation.runUntil(small::isComplete, Duration.ofSeconds(15));

    simulation.allowStandstill();
    simulation.runUntil(
        () -> large.stream().allMatch(Simulation.Node::isComplete), Duration.ofMinutes(3));
  }

  @Test
  void manyTorrentsShareMemoryForAFewPieces() {
    Simulation.Client client = simulation.client(100 * MEGABYTE, MEGABYTE, 4);
    List<Simulation.Node> leeches = new ArrayList<>();
    for (int t = 0; t < 20; t++) {
      TestTorrent torrent = torrent(2, 256 << 10, t);
      Simulation.Node leech = client.leech(torrent);
      leech.knows(simulation.seed(torrent, 200_000));
      leeches.add(leech);
    }

    simulation.runUntil(
        () -> leeches.stream().allMatch(Simulation.Node::isComplete), Duration.ofMinutes(3));

    assertEquals(0, client.session.memory().pool().used());
  }

  @Test
  void uploadsGoOnWhileDownloadsTakeAllTheMemoryTheyCan() {
    TestTorrent torrent = torrent(40, MEGABYTE, 1);
    Simulation.Client client = simulation.client(100 * MEGABYTE, 4 * MEGABYTE, 4);
    Simulation.Node between = client.leech(torrent);
    for (int i = 0; i < 3; i++) {
      between.knows(simulation.seed(torrent, MEGABYTE));
    }
    Simulation.Node last = simulation.leech(torrent, 100 * MEGABYTE);
    last.knows(between);

    simulation.runUntil(last::isComplete, Duration.ofSeconds(30));
  }

  // ---- slots

  @Test
  void partialSeedServesItsPeersInTurns() {
    TestTorrent torrent = torrent(16, 64 << 10, 1);
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    Simulation.Node partial = simulation.client(MEGABYTE, 16 << 20, 4).leech(torrent);
    partial.swarm.priority(0, Priority.SKIP);
    JumpingReader reader = new JumpingReader();
    partial.swarm.open(reader);
    partial.swarm.move(reader, 0, 128);
    partial.knows(source);
    simulation.runUntil(() -> partial.got() >= 8 * MEGABYTE, Duration.ofMinutes(1));
    partial.swarm.close(reader);
    source.swarm.pause();
    List<Simulation.Node> leeches = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
      leech.knows(partial);
      leeches.add(leech);
    }

    simulation.run(Duration.ofMinutes(2));

    assertTrue(leeches.stream().allMatch(leech -> leech.got() > MEGABYTE));
  }

  @Test
  void silentPeersDoNotKeepTheSlots() {
    TestTorrent torrent = torrent(4, 64 << 10, 1);
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    for (int i = 0; i < 8; i++) {
      ScriptedPeer silent =
          new ScriptedPeer(simulation, torrent) {
            @Override
            void onBegun() {
              out.interested();
            }
          };
      silent.connect(source);
    }
    simulation.run(Duration.ofSeconds(20));
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    leech.knows(source);

    simulation.runUntil(leech::isComplete, Duration.ofSeconds(60));
  }
}
