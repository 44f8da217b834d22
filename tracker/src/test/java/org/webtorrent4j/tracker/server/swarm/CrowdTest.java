package org.webtorrent4j.tracker.server.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.tracker.server.swarm.Announces.at;
import static org.webtorrent4j.tracker.server.swarm.Announces.endpoint;
import static org.webtorrent4j.tracker.server.swarm.Announces.hash;
import static org.webtorrent4j.tracker.server.swarm.Announces.link;
import static org.webtorrent4j.tracker.server.swarm.Announces.over;
import static org.webtorrent4j.tracker.server.swarm.Announces.peer;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.AnnounceEvent;

/** One address that wants all the room there is. */
class CrowdTest {
  private static final int GREEDY = 999;

  private SwarmTable table = table(100, 10_000, 50, 10_000);

  private static SwarmTable table(int torrents, int peers, int torrentsEach, int peersEach) {
    SwarmLimits limits =
        new SwarmLimits(
            Duration.ofMinutes(20),
            Duration.ofMinutes(5),
            torrents,
            peers,
            100,
            50,
            10_000,
            torrentsEach,
            peersEach);
    return new SwarmTable(limits, () -> 0, new Random(3));
  }

  private void join(int torrent, int peer) {
    table.announce(peer(torrent, peer, true, AnnounceEvent.STARTED));
  }

  private void greedy(int torrent, int port) {
    InetSocketAddress endpoint = new InetSocketAddress(endpoint(GREEDY).getAddress(), port);
    table.announce(at(endpoint, peer(torrent, port, true, AnnounceEvent.STARTED)));
  }

  private int peers(int torrent) {
    return table.scrape(hash(torrent)).map(SwarmCounts::peers).orElse(0);
  }

  @Test
  void torrentsOfOneAddressDoNotDriveOutThoseOfOthers() {
    for (int torrent = 0; torrent < 80; torrent++) {
      join(torrent, torrent);
    }

    for (int torrent = 1000; torrent < 5000; torrent++) {
      greedy(torrent, 1);
    }

    for (int torrent = 0; torrent < 80; torrent++) {
      assertEquals(1, peers(torrent));
    }
    assertEquals(100, table.torrents());
    assertEquals(1, peers(4999));
  }

  @Test
  void torrentsOfOneAddressAreBoundedWhileThereIsRoom() {
    for (int torrent = 1000; torrent < 1200; torrent++) {
      greedy(torrent, 1);
    }

    assertEquals(50, table.torrents());
    assertEquals(1, peers(1199));
  }

  @Test
  void whoJoinsATorrentFirstCannotHaveItForgotten() {
    for (int torrent = 0; torrent < 10; torrent++) {
      greedy(torrent, 1);
      join(torrent, 1);
      greedy(torrent, 2);
    }

    for (int torrent = 1000; torrent < 2000; torrent++) {
      greedy(torrent, 1);
    }

    for (int torrent = 0; torrent < 10; torrent++) {
      assertTrue(peers(torrent) >= 1, "torrent " + torrent);
    }
  }

  @Test
  void peersOfOneAddressDoNotDriveOutThoseOfOthers() {
    table = table(100, 200, 100, 10_000);
    for (int peer = 0; peer < 20; peer++) {
      join(1, peer);
    }

    for (int torrent = 2; torrent < 50; torrent++) {
      for (int port = 1; port <= 50; port++) {
        greedy(torrent, port);
      }
    }

    assertEquals(20, peers(1));
    assertEquals(200, table.counts().peers());
  }

  @Test
  void peersOfOneAddressAreBoundedWhileThereIsRoom() {
    table = table(100, 10_000, 100, 70);
    for (int port = 1; port <= 50; port++) {
      greedy(1, port);
      greedy(2, port);
    }

    assertEquals(70, table.counts().peers());
  }

  @Test
  void crowdedAddressesMakeRoomInTheirTorrent() {
    for (int peer = 0; peer < 40; peer++) {
      join(1, peer);
    }

    for (int address = 100; address < 110; address++) {
      for (int port = 1; port <= 50; port++) {
        InetSocketAddress endpoint = new InetSocketAddress(endpoint(address).getAddress(), port);
        table.announce(at(endpoint, peer(1, 5000 + port, true, AnnounceEvent.STARTED)));
      }
    }

    assertEquals(100, peers(1));
    assertEquals(40, table.announce(peer(1, 77, false, AnnounceEvent.NONE)).counts().peers() - 60);
    for (int peer = 0; peer < 40; peer++) {
      table.announce(peer(1, peer, true, AnnounceEvent.STOPPED));
    }
    assertEquals(60, peers(1));
  }

  @Test
  void peerIdIsNoSecretSoEachLinkSpeaksForItself() {
    Link own = link();
    Link other = link();
    table.announce(over(own, peer(1, 1, true, AnnounceEvent.STARTED)));

    table.announce(over(other, peer(1, 1, true, AnnounceEvent.STARTED)));
    assertEquals(2, peers(1));
    table.announce(over(other, peer(1, 1, true, AnnounceEvent.STOPPED)));

    assertEquals(1, peers(1));
    assertEquals(1, own.size());
  }
}
