package org.webtorrent4j.tracker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;

class SwarmTableTest {
  private long nanoTime;
  private SwarmTable table = table(TrackerOptions.builder());

  private SwarmTable table(TrackerOptions.Builder options) {
    return new SwarmTable(options.build(), () -> nanoTime, new Random(3));
  }

  private static InfoHash hash(int n) {
    byte[] bytes = new byte[20];
    bytes[0] = (byte) n;
    bytes[1] = (byte) (n >> 8);
    return InfoHash.of(bytes);
  }

  private static InetSocketAddress endpoint(int n) {
    try {
      byte[] address = {10, (byte) (n >> 16), (byte) (n >> 8), (byte) n};
      return new InetSocketAddress(InetAddress.getByAddress(address), 6881);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static PeerAnnounce peer(int torrent, int peer, boolean isSeed, AnnounceEvent event) {
    byte[] id = new byte[20];
    id[0] = (byte) peer;
    id[1] = (byte) (peer >> 8);
    return new PeerAnnounce(
        hash(torrent), PeerId.of(id), PeerKind.ADDRESS, endpoint(peer), isSeed, event, 50);
  }

  private SwarmTable.Answer seed(int torrent, int peer) {
    return table.announce(peer(torrent, peer, true, AnnounceEvent.NONE));
  }

  private SwarmTable.Answer leech(int torrent, int peer) {
    return table.announce(peer(torrent, peer, false, AnnounceEvent.NONE));
  }

  private static Set<InetSocketAddress> endpoints(SwarmTable.Answer answer) {
    Set<InetSocketAddress> endpoints = new HashSet<>();
    answer.peers().forEach(peer -> endpoints.add(peer.endpoint()));
    return endpoints;
  }

  private void advance(Duration time) {
    nanoTime += time.toNanos();
  }

  @Test
  void leechesGetSeedsAndLeechesButNeverThemselves() {
    seed(1, 1);
    leech(1, 2);

    assertEquals(Set.of(endpoint(1), endpoint(2)), endpoints(leech(1, 3)));
    assertEquals(Set.of(endpoint(1), endpoint(3)), endpoints(leech(1, 2)));
  }

  @Test
  void seedsGetLeechesOnly() {
    seed(1, 1);
    leech(1, 2);

    assertEquals(Set.of(endpoint(2)), endpoints(seed(1, 3)));
  }

  @Test
  void peersOfOtherTorrentsAreNotTold() {
    seed(1, 1);

    assertEquals(Set.of(), endpoints(leech(2, 2)));
  }

  @Test
  void peersOfOtherKindsDoNotMeet() {
    seed(1, 1);
    PeerAnnounce web =
        new PeerAnnounce(
            hash(1),
            PeerId.of(new byte[20]),
            PeerKind.SIGNALLED,
            endpoint(9),
            false,
            AnnounceEvent.STARTED,
            50);

    SwarmTable.Answer answer = table.announce(web);

    assertTrue(answer.peers().isEmpty());
    assertEquals(1, answer.counts().seeds());
    assertEquals(1, answer.counts().leeches());
  }

  @Test
  void samePeerAtItsOtherAddressIsNotToldToItself() {
    PeerAnnounce first = peer(1, 1, false, AnnounceEvent.STARTED);
    PeerAnnounce second =
        new PeerAnnounce(
            first.infoHash(),
            first.peerId(),
            PeerKind.ADDRESS,
            endpoint(77),
            false,
            AnnounceEvent.STARTED,
            50);
    table.announce(first);

    assertTrue(table.announce(second).peers().isEmpty());
    assertEquals(2, table.counts().leeches());
  }

  @Test
  void completedCountsTheLeechThatBecomesASeedOnce() {
    leech(1, 1);
    leech(1, 2);

    table.announce(peer(1, 1, true, AnnounceEvent.COMPLETED));
    table.announce(peer(1, 1, true, AnnounceEvent.COMPLETED));
    SwarmTable.Answer unknown = table.announce(peer(1, 3, true, AnnounceEvent.COMPLETED));

    assertEquals(new Swarm.Counts(2, 1, 0, 1), unknown.counts());
  }

  @Test
  void stoppedPeerIsForgottenAndTheEmptySwarmWithIt() {
    leech(1, 1);
    seed(1, 2);

    SwarmTable.Answer answer = table.announce(peer(1, 1, false, AnnounceEvent.STOPPED));
    assertTrue(answer.peers().isEmpty());
    assertEquals(new Swarm.Counts(1, 0, 0, 0), answer.counts());
    table.announce(peer(1, 2, true, AnnounceEvent.STOPPED));
    table.announce(peer(2, 2, true, AnnounceEvent.STOPPED));

    assertEquals(0, table.torrents());
    assertEquals(0, table.counts().peers());
  }

  @Test
  void silentPeersAreForgottenAfterTwoIntervals() {
    seed(1, 1);
    advance(Duration.ofMinutes(15));
    leech(1, 2);
    advance(Duration.ofMinutes(5).plusNanos(1));

    assertEquals(Optional.of(new Swarm.Counts(0, 1, 0, 0)), table.scrape(hash(1)));
    assertEquals(Set.of(endpoint(2)), endpoints(leech(1, 3)));
    advance(Duration.ofMinutes(20).plusNanos(1));
    assertEquals(Optional.empty(), table.scrape(hash(1)));
    assertEquals(0, table.torrents());
  }

  @Test
  void silentSwarmsAreForgottenWhenOthersAnnounce() {
    for (int i = 0; i < 100; i++) {
      seed(i, i);
    }
    advance(Duration.ofMinutes(21));

    seed(200, 1);

    assertEquals(1, table.torrents());
    assertEquals(1, table.counts().peers());
  }

  @Test
  void peerThatKeepsAnnouncingStays() {
    seed(1, 1);
    for (int i = 0; i < 10; i++) {
      advance(Duration.ofMinutes(15));
      seed(1, 1);
    }

    assertEquals(1, table.counts().seeds());
  }

  @Test
  void peerThatIsSilentLongestMakesRoom() {
    table = table(TrackerOptions.builder().maxPeersPerTorrent(2));
    seed(1, 1);
    seed(1, 2);
    seed(1, 1);

    SwarmTable.Answer answer = leech(1, 3);

    assertEquals(Set.of(endpoint(1)), endpoints(answer));
    assertEquals(new Swarm.Counts(1, 1, 0, 0), table.counts());
  }

  @Test
  void torrentThatIsSilentLongestMakesRoom() {
    table = table(TrackerOptions.builder().maxTorrents(2));
    seed(1, 1);
    seed(2, 1);
    seed(1, 2);

    seed(3, 1);

    assertEquals(2, table.torrents());
    assertFalse(table.scrape(hash(2)).isPresent());
    assertEquals(3, table.counts().peers());
  }

  @Test
  void peersInAllAreBounded() {
    table = table(TrackerOptions.builder().maxPeers(10));
    for (int torrent = 0; torrent < 5; torrent++) {
      for (int peer = 0; peer < 4; peer++) {
        seed(torrent, peer);
      }
    }

    assertTrue(table.counts().peers() <= 10);
    assertEquals(4, table.scrape(hash(4)).orElseThrow().seeds());
  }

  @Test
  void peersOfOneAddressAreBounded() {
    table = table(TrackerOptions.builder().maxPeersPerAddress(3));
    leech(1, 1);
    for (int port = 1; port <= 10; port++) {
      byte[] id = new byte[20];
      id[5] = (byte) port;
      InetSocketAddress endpoint = new InetSocketAddress(endpoint(2).getAddress(), port);
      table.announce(
          new PeerAnnounce(
              hash(1),
              PeerId.of(id),
              PeerKind.ADDRESS,
              endpoint,
              false,
              AnnounceEvent.STARTED,
              50));
    }

    Set<InetSocketAddress> known = endpoints(leech(1, 3));
    assertEquals(4, known.size());
    assertTrue(known.contains(endpoint(1)));
    assertTrue(known.contains(new InetSocketAddress(endpoint(2).getAddress(), 10)));
  }

  @Test
  void leechOfALargeSwarmGetsAFairMixture() {
    for (int i = 0; i < 200; i++) {
      seed(1, i);
      leech(1, 1000 + i);
    }

    Set<InetSocketAddress> all = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      SwarmTable.Answer answer = leech(1, 1000);
      assertEquals(50, endpoints(answer).size());
      long seeds = answer.peers().stream().filter(p -> isSeed(p.endpoint())).count();
      assertEquals(25, seeds);
      all.addAll(endpoints(answer));
    }
    assertTrue(all.size() > 390, "only " + all.size() + " of 399 were ever told");
  }

  private static boolean isSeed(InetSocketAddress endpoint) {
    byte[] address = endpoint.getAddress().getAddress();
    return (address[2] & 0xff) << 8 < 1000 - 256;
  }

  @Test
  void kindsThatAreRareAreMadeUpForByOthers() {
    for (int i = 0; i < 5; i++) {
      seed(1, i);
    }
    for (int i = 0; i < 100; i++) {
      leech(1, 1000 + i);
    }
    assertEquals(50, leech(1, 1000).peers().size());

    for (int i = 0; i < 5; i++) {
      leech(2, i);
    }
    for (int i = 0; i < 100; i++) {
      seed(2, 1000 + i);
    }
    assertEquals(50, leech(2, 1).peers().size());
  }

  /** Any history leaves the counters equal to what can be counted. */
  @Property
  void countersStayTrue(@ForAll @Size(max = 300) List<@IntRange(max = 4095) Integer> steps) {
    table =
        table(TrackerOptions.builder().maxPeersPerTorrent(6).maxTorrents(3).maxPeersPerAddress(2));
    AnnounceEvent[] events = AnnounceEvent.values();
    for (int step : steps) {
      advance(Duration.ofSeconds(step & 255));
      int peer = step >> 4 & 15;
      table.announce(peer(step & 3, peer, (step & 256) != 0, events[step >> 9 & 3]));

      int[] sums = new int[2];
      for (int torrent : Arrays.asList(0, 1, 2, 3)) {
        Swarm.Counts counts = table.scrape(hash(torrent)).orElse(new Swarm.Counts(0, 0, 0, 0));
        assertTrue(counts.peers() <= 6);
        sums[0] += counts.seeds();
        sums[1] += counts.leeches();
      }
      assertEquals(new Swarm.Counts(sums[0], sums[1], 0, 0), table.counts());
      assertTrue(table.torrents() <= 3);
    }
  }
}
