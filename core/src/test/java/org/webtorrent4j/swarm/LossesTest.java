package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens to a seed when its disk lets it down. */
class LossesTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int PIECE = 64 << 10;

  private final TestTorrent torrent = new TestTorrent(2 * MEGABYTE, PIECE, 7);
  private final Simulation simulation = new Simulation(1);
  private final Simulation.Node source = simulation.seed(torrent, 5 * MEGABYTE);

  @Test
  void readThatFailsOnceEndsNothing() {
    source.storage.readsThatFail = 1;
    Simulation.Node leech = simulation.leech(torrent, 5 * MEGABYTE);
    leech.knows(source);

    simulation.runUntil(leech::isComplete, Duration.ofMinutes(2));

    assertNull(source.failure);
    assertEquals(SwarmState.SEEDING, source.swarm.state());
    assertTrue(simulation.log.toString().contains("file 0 cannot be read in part: Input/output"));
  }

  @Test
  void whatCannotBeReadTakesOnlyItsPiecesAway() {
    source.storage.unreadableFrom = 10 * PIECE;
    source.storage.unreadableTo = 11 * PIECE;
    Simulation.Node leech = simulation.leech(torrent, 5 * MEGABYTE);
    leech.knows(source);

    simulation.runUntil(() -> leech.swarm.numbers().verifiedPieces() == 31, Duration.ofMinutes(2));

    assertEquals(SwarmState.SEEDING, source.swarm.state());
    assertEquals(31, source.swarm.numbers().verifiedPieces());
  }

  @Test
  void seedThatHasNothingLeftFails() {
    source.storage.unreadableTo = torrent.content.length;
    Simulation.Node leech = simulation.leech(torrent, 5 * MEGABYTE);
    leech.knows(source);

    simulation.runUntil(() -> source.failure != null, Duration.ofMinutes(2));

    assertEquals("nothing is left to seed", source.failure);
    assertFalse(leech.isComplete());
  }

  @Test
  void seedFetchesNothingThatIsNotItsOwnToWrite() {
    source.storage.bytes[0] ^= 1;
    Simulation.Node other = simulation.seed(torrent, 5 * MEGABYTE);
    source.knows(other);
    simulation.run(Duration.ofSeconds(1));
    simulation.loop.execute(source.swarm::recheck);

    simulation.run(Duration.ofMinutes(1));

    assertEquals(SwarmState.SEEDING, source.swarm.state());
    assertEquals(31, source.swarm.numbers().verifiedPieces());
    assertEquals(torrent.content[0] ^ 1, source.storage.bytes[0]);
  }
}
