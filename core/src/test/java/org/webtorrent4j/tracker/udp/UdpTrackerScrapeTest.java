package org.webtorrent4j.tracker.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.ScrapeRequest;

class UdpTrackerScrapeTest extends UdpTrackerFixture {
  @Test
  void countsAreScraped() {
    Outcome outcome = new Outcome();
    tracker("four").scrape(new ScrapeRequest(List.of(HASH, OTHER)), outcome);
    loop.runReady();
    connect();

    FakeDatagrams.Packet packet = network.take();
    assertEquals(UdpReply.SCRAPE, packet.action());
    assertEquals(16 + 40, packet.bytes().remaining());
    network.reply(packet, UdpReply.SCRAPE, "00000001 00000002 00000003 00000004 00000005 00000006");

    assertEquals(new ScrapeCounts(1, 3, 2), outcome.counts.get(HASH));
    assertEquals(new ScrapeCounts(4, 6, 5), outcome.counts.get(OTHER));
  }

  @Test
  void manyTorrentsAreScrapedInSeveralPackets() {
    List<InfoHash> hashes = new ArrayList<>();
    for (int i = 0; i < 75; i++) {
      hashes.add(InfoHash.ofHex(String.format("%040x", i)));
    }
    Outcome outcome = new Outcome();
    tracker("four").scrape(new ScrapeRequest(hashes), outcome);
    loop.runReady();
    connect();

    FakeDatagrams.Packet first = network.take();
    assertEquals(16 + 74 * 20, first.bytes().remaining());
    network.reply(first, UdpReply.SCRAPE, "000000010000000200000003".repeat(74));
    loop.runReady();
    assertEquals(0, outcome.calls);
    FakeDatagrams.Packet second = network.take();
    assertEquals(16 + 20, second.bytes().remaining());
    network.reply(second, UdpReply.SCRAPE, "000000070000000800000009");

    assertEquals(1, outcome.calls);
    assertEquals(75, outcome.counts.size());
    assertEquals(new ScrapeCounts(7, 9, 8), outcome.counts.get(hashes.get(74)));
  }

  @Test
  void refusedScrapeIsAFailure() {
    Outcome outcome = new Outcome();
    tracker("four").scrape(new ScrapeRequest(List.of(HASH)), outcome);
    loop.runReady();
    connect();

    network.reply(network.take(), UdpReply.ERROR, "6e6f");

    assertEquals("no", outcome.failure());
    assertTrue(network.sent.isEmpty());
  }
}
