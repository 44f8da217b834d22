package org.webtorrent4j.tracker.server.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.tracker.server.swarm.Announces.hash;
import static org.webtorrent4j.tracker.server.swarm.Announces.link;
import static org.webtorrent4j.tracker.server.swarm.Announces.over;
import static org.webtorrent4j.tracker.server.swarm.Announces.peer;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.AnnounceEvent;

/** Peers that are reached through the tracker. */
class LinkTest {
  private long nanoTime;
  private SwarmTable table = table(100_000, 1_000_000, 1000, 50);

  private SwarmTable table(int torrents, int peers, int perTorrent, int perAddress) {
    SwarmLimits limits =
        new SwarmLimits(
            Duration.ofMinutes(20),
            Duration.ofMinutes(5),
            torrents,
            peers,
            perTorrent,
            perAddress,
            100,
            torrents,
            peers);
    return new SwarmTable(limits, () -> nanoTime, new Random(3));
  }

  private SwarmTable.Answer seed(int torrent, int peer) {
    return table.announce(peer(torrent, peer, true, AnnounceEvent.NONE));
  }

  private void advance(Duration time) {
    nanoTime += time.toNanos();
  }

  @Test
  void peersOfOtherKindsDoNotMeet() {
    seed(1, 1);

    SwarmTable.Answer answer =
        table.announce(over(link(), peer(1, 9, false, AnnounceEvent.STARTED)));

    assertTrue(answer.peers().isEmpty());
    assertEquals(1, answer.counts().seeds());
    assertEquals(1, answer.counts().leeches());
  }

  @Test
  void peersLeaveWithTheirLink() {
    Link leaving = link();
    for (int torrent = 0; torrent < 50; torrent++) {
      table.announce(over(leaving, peer(torrent, 1, true, AnnounceEvent.STARTED)));
      table.announce(over(leaving, peer(torrent, 2, false, AnnounceEvent.STARTED)));
    }
    table.announce(over(link(), peer(7, 3, false, AnnounceEvent.STARTED)));
    table.announce(over(leaving, peer(7, 2, false, AnnounceEvent.STOPPED)));
    assertEquals(new SwarmCounts(50, 50, 100, 0, 0), table.counts());

    table.leave(leaving);
    table.leave(leaving);

    assertEquals(new SwarmCounts(0, 1, 1, 0, 0), table.counts());
    assertEquals(1, table.torrents());
    assertEquals(0, leaving.size());
  }

  @Test
  void announceOfALinkThatHasLeftIsOnlyAnswered() {
    Link gone = link();
    table.leave(gone);
    seed(1, 1);

    SwarmTable.Answer answer = table.announce(over(gone, peer(1, 2, false, AnnounceEvent.STARTED)));

    assertEquals(new SwarmCounts(1, 0, 0, 0, 0), answer.counts());
    assertEquals(0, gone.size());
  }

  @Test
  void peersOfOneLinkAreBounded() {
    Link link = link();
    for (int torrent = 0; torrent < 300; torrent++) {
      table.announce(over(link, peer(torrent, 1, true, AnnounceEvent.STARTED)));
    }

    assertEquals(100, link.size());
    assertEquals(100, table.torrents());
    assertTrue(table.scrape(hash(299)).isPresent());
    assertTrue(table.scrape(hash(200)).isPresent());
    assertFalse(table.scrape(hash(199)).isPresent());
  }

  @Test
  void signalledPeersHaveALifeOfTheirOwn() {
    Link link = link();
    table.announce(over(link, peer(1, 1, false, AnnounceEvent.STARTED)));
    seed(1, 2);
    table.announce(over(link, peer(2, 1, false, AnnounceEvent.STARTED)));
    advance(Duration.ofMinutes(5).plusNanos(1));

    table.expire();

    assertEquals(new SwarmCounts(1, 0, 0, 0, 0), table.counts());
    assertEquals(0, link.size());
    assertEquals(1, table.torrents());
  }

  @Test
  void swarmThatMakesRoomTakesItsPeersOffTheirLink() {
    table = table(2, 1000, 1000, 50);
    Link link = link();
    table.announce(over(link, peer(1, 1, false, AnnounceEvent.STARTED)));
    seed(2, 1);

    seed(3, 1);

    assertEquals(0, link.size());
    table.leave(link);
    assertEquals(2, table.counts().peers());
  }

  @Test
  void moreNumerousKindMakesRoom() {
    table = table(1000, 1000, 10, 50);
    Link link = link();
    table.announce(over(link, peer(1, 1, false, AnnounceEvent.STARTED)));
    for (int i = 2; i < 100; i++) {
      seed(1, i);
    }
    assertEquals(new SwarmCounts(9, 1, 1, 0, 0), table.counts());

    for (int i = 100; i < 200; i++) {
      table.announce(over(link, peer(1, i, false, AnnounceEvent.STARTED)));
    }

    assertEquals(10, table.counts().peers());
    assertTrue(table.counts().seeds() >= 4, table.counts().toString());
  }
}
