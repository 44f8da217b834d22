package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.transport.MemoryTransport;

/** Strangers that come in numbers do not take the places of others. */
class CrowdTest {
  private static final int MEGABYTE = 1 << 20;

  private final Simulation simulation = new Simulation(61);
  private final TestTorrent torrent = new TestTorrent(MEGABYTE, 64 << 10, 5);
  private final Simulation.Node source = simulation.seed(torrent, MEGABYTE);

  private List<ScriptedPeer> crowd(int count, byte... ip) {
    MemoryTransport host = simulation.network.host(ip, MEGABYTE);
    List<ScriptedPeer> crowd = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      crowd.add(new ScriptedPeer(simulation, torrent, host, i).connect(source));
    }
    simulation.run(Duration.ofSeconds(1));
    return crowd;
  }

  private int peers() {
    return source.swarm.connections().peers().size();
  }

  @Test
  void oneAddressOfTheInternetGetsAFewPlaces() {
    crowd(30, (byte) 8, (byte) 1, (byte) 2, (byte) 3);

    assertEquals(8, peers());
  }

  @Test
  void localAddressesHaveNoLimit() {
    crowd(30, (byte) 192, (byte) 168, (byte) 2, (byte) 3);

    assertEquals(30, peers());
  }

  @Test
  void oneAddressOfTheInternetHasAFewHandshakesUnderWay() {
    MemoryTransport host = simulation.network.host(new byte[] {8, 1, 2, 3}, MEGABYTE);
    List<ScriptedPeer> silent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ScriptedPeer peer = new ScriptedPeer(simulation, torrent, host, i);
      peer.isSilent = true;
      silent.add(peer.connect(source));
    }
    simulation.run(Duration.ofSeconds(1));

    assertEquals(8, silent.stream().filter(peer -> !peer.isClosed).count());
  }

  @Test
  void mostUselessPeerMakesRoomForANewOne() {
    Simulation.Node busy = simulation.leech(torrent, MEGABYTE);
    source.session.uploadLimit(10_000);
    busy.knows(source);
    simulation.run(Duration.ofSeconds(1));
    crowd(120, (byte) 192, (byte) 168, (byte) 2, (byte) 3); // more than there are places
    assertEquals(100, peers());
    simulation.run(Duration.ofSeconds(30));

    Simulation.Node late = simulation.leech(torrent, MEGABYTE);
    late.knows(source);

    simulation.runUntil(() -> busy.isComplete() && late.isComplete(), Duration.ofMinutes(10));
  }

  @Test
  void peerIsNotReplacedByWhoeverKnowsItsId() {
    MemoryTransport home = simulation.network.host(new byte[] {8, 1, 1, 1}, MEGABYTE);
    MemoryTransport elsewhere = simulation.network.host(new byte[] {8, 2, 2, 2}, MEGABYTE);
    ScriptedPeer quiet = new ScriptedPeer(simulation, torrent, home, 1).connect(source);
    simulation.run(Duration.ofSeconds(40));

    ScriptedPeer thief = new ScriptedPeer(simulation, torrent, elsewhere, 1).connect(source);
    simulation.run(Duration.ofSeconds(1));
    assertTrue(thief.isClosed && quiet.isConnected());

    ScriptedPeer itself = new ScriptedPeer(simulation, torrent, home, 1).connect(source);
    simulation.run(Duration.ofSeconds(1));
    assertTrue(itself.isConnected() && quiet.isClosed);
  }
}
