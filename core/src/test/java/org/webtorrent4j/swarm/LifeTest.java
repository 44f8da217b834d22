package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.piece.Priority;
import org.webtorrent4j.wire.Extension;

/** How torrents pause, are checked, leave and come back. */
class LifeTest {
  private static final int MEGABYTE = 1 << 20;

  private final Simulation simulation = new Simulation(51);
  private final TestTorrent torrent = new TestTorrent(8 * MEGABYTE, 4 * MEGABYTE, 5);
  private final List<String> ends = new ArrayList<>();

  @Test
  void whatIsOnItsWayIsKeptOverAPause() {
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    leech.knows(source);
    simulation.runUntil(() -> leech.got() >= 3 * MEGABYTE, Duration.ofMinutes(1));

    leech.swarm.pause();
    simulation.run(Duration.ofMinutes(1));
    leech.swarm.start();

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(1));
    assertArrayEquals(torrent.content, leech.storage.bytes);
    assertTrue(leech.got() < 9 * MEGABYTE, () -> "got " + leech.got());
  }

  @Test
  void whoWantsNothingMoreSaysSo() {
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    List<Boolean> told = new ArrayList<>();
    ScriptedPeer peer =
        new ScriptedPeer(simulation, torrent) {
          @Override
          void onBegun() {
            sendExtensions(Optional.empty(), Extension.UPLOAD_ONLY);
          }

          @Override
          public void onExtended(int id, byte[] payload) {
            if (id == Extension.UPLOAD_ONLY.id()) {
              told.add(payload[0] == 1);
            }
          }
        };
    peer.connect(leech);
    simulation.run(Duration.ofSeconds(1));

    leech.swarm.priority(0, Priority.SKIP);
    simulation.run(Duration.ofSeconds(1));
    leech.swarm.priority(0, Priority.NORMAL);
    simulation.run(Duration.ofSeconds(1));

    assertEquals(List.of(true, false), told);
  }

  @Test
  void pausedTorrentGivesItsMemoryToWhoNeedsIt() {
    Simulation.Client client = simulation.client(100 * MEGABYTE, 4 * MEGABYTE, 4);
    Simulation.Node paused = client.leech(torrent);
    paused.knows(simulation.seed(torrent, MEGABYTE));
    simulation.run(Duration.ofSeconds(2));
    paused.swarm.pause();
    TestTorrent second = new TestTorrent(8 * MEGABYTE, MEGABYTE, 6);
    Simulation.Node other = client.leech(second);
    other.knows(simulation.seed(second, MEGABYTE));

    simulation.runUntil(other::isComplete, Duration.ofMinutes(1));

    paused.swarm.start();
    simulation.runUntil(paused::isComplete, Duration.ofMinutes(1));
    assertTrue(paused.swarm.traffic().wasted() > 0, "what was given up is counted");
  }

  @Test
  void checkOfAPausedTorrentLeavesItPaused() {
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    simulation.run(Duration.ofSeconds(1));
    source.swarm.pause();

    source.swarm.recheck();
    simulation.run(Duration.ofSeconds(10));

    assertEquals(SwarmState.PAUSED, source.swarm.state());
    source.swarm.start();
    assertEquals(SwarmState.SEEDING, source.swarm.state());
  }

  @Test
  void checkThrowsAwayWhatIsOnItsWayAndCountsIt() {
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    Simulation.Node leech = simulation.leech(torrent, MEGABYTE);
    leech.knows(source);
    simulation.runUntil(() -> leech.got() >= 3 * MEGABYTE, Duration.ofMinutes(1));

    leech.swarm.recheck();

    assertTrue(leech.swarm.traffic().wasted() > 2 * MEGABYTE);
    assertEquals(0, leech.session.memory().pool().used());
  }

  @Test
  void storageIsClosedAtOnceHoweverLongTheTrackerTakes() {
    simulation.tiers = List.of(List.of(SilentTracker.URL));
    Simulation.Node source = simulation.seed(torrent, MEGABYTE);
    simulation.run(Duration.ofSeconds(1));

    source.session.remove(source.swarm, true, (left, cause) -> ends.add("removed"));
    simulation.run(Duration.ofMillis(100));

    assertEquals(List.of("removed"), ends);
    assertTrue(source.storage.isClosed);
  }

  @Test
  void sessionThatClosesWaitsForTorrentsThatAreLeaving() {
    simulation.tiers = List.of(List.of(SilentTracker.URL));
    Simulation.Client client = simulation.client(MEGABYTE);
    Simulation.Node first = client.seed(torrent);
    Simulation.Node second = client.seed(new TestTorrent(MEGABYTE, MEGABYTE, 6));
    simulation.run(Duration.ofSeconds(1));

    client.session.remove(first.swarm, false, (left, cause) -> ends.add("removed"));
    client.session.close(() -> ends.add("closed"));
    simulation.run(Duration.ofSeconds(1));

    assertEquals(List.of("removed"), ends);
    assertTrue(first.storage.isClosed && second.storage.isClosed);
    simulation.run(Duration.ofSeconds(5));
    assertEquals(List.of("removed", "closed"), ends);
  }

  @Test
  void everyRemovalEndsWhenNobodyWaitsAnyMore() {
    Simulation.Client client = simulation.client(MEGABYTE);
    Simulation.Node source = client.seed(torrent);
    simulation.run(Duration.ofSeconds(1));
    client.session.remove(
        source.swarm, false, (left, cause) -> ends.add("removed " + (cause != null)));

    client.session.abort();

    assertEquals(List.of("removed true"), ends);
    simulation.run(Duration.ofSeconds(1));
    assertEquals(1, ends.size());
  }

  @Test
  void torrentThatIsAddedAgainWaitsUntilTheOneBeforeHasLetGo() {
    simulation.tiers = List.of(List.of(SilentTracker.URL));
    Simulation.Client client = simulation.client(MEGABYTE);
    Simulation.Node source = client.seed(torrent);
    simulation.run(Duration.ofSeconds(1));
    client.session.remove(source.swarm, true, (left, cause) -> ends.add("removed"));

    Simulation.Node again = client.seed(torrent);

    assertEquals(SwarmState.CHECKING, again.swarm.state());
    assertFalse(again.storage.isOpen);
    simulation.run(Duration.ofMillis(100));
    assertTrue(again.storage.isOpen);
    assertEquals(SwarmState.SEEDING, again.swarm.state());
  }
}
