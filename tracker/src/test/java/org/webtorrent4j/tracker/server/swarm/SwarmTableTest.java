package org.webtorrent4j.tracker.server.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.tracker.server.swarm.Announces.at;
import static org.webtorrent4j.tracker.server.swarm.Announces.endpoint;
import static org.webtorrent4j.tracker.server.swarm.Announces.hash;
import static org.webtorrent4j.tracker.server.swarm.Announces.link;
import static org.webtorrent4j.tracker.server.swarm.Announces.over;
import static org.webtorrent4j.tracker.server.swarm.Announces.peer;

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
import org.webtorrent4j.tracker.AnnounceEvent;

class SwarmTableTest {
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
  void samePeerAtItsOtherAddressIsNotToldToItself() {
    PeerAnnounce first = peer(1, 1, false, AnnounceEvent.STARTED);
    table.announce(first);

    assertTrue(table.announce(at(endpoint(77), first)).peers().isEmpty());
    assertEquals(2, table.counts().leeches());
  }

  @Test
  void completedCountsTheLeechThatBecomesASeedOnce() {
    leech(1, 1);
    leech(1, 2);

    table.announce(peer(1, 1, true, AnnounceEvent.COMPLETED));
    table.announce(peer(1, 1, true, AnnounceEvent.COMPLETED));
    SwarmTable.Answer unknown = table.announce(peer(1, 3, true, AnnounceEvent.COMPLETED));

    assertEquals(new SwarmCounts(2, 1, 0, 0, 1), unknown.counts());
  }

  @Test
  void stoppedPeerIsForgottenAndTheEmptySwarmWithIt() {
    leech(1, 1);
    seed(1, 2);

    SwarmTable.Answer answer = table.announce(peer(1, 1, false, AnnounceEvent.STOPPED));
    assertTrue(answer.peers().isEmpty());
    assertEquals(new SwarmCounts(1, 0, 0, 0, 0), answer.counts());
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

    assertEquals(Optional.of(new SwarmCounts(0, 1, 0, 0, 0)), table.scrape(hash(1)));
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
    table = table(1000, 1000, 2, 50);
    seed(1, 1);
    seed(1, 2);
    seed(1, 1);

    SwarmTable.Answer answer = leech(1, 3);

    assertEquals(Set.of(endpoint(1)), endpoints(answer));
    assertEquals(new SwarmCounts(1, 1, 0, 0, 0), table.counts());
  }

  @Test
  void torrentThatIsSilentLongestMakesRoom() {
    table = table(2, 1000, 1000, 50);
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
    table = table(1000, 10, 1000, 50);
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
    table = table(1000, 1000, 1000, 3);
    leech(1, 1);
    for (int port = 1; port <= 10; port++) {
      InetSocketAddress endpoint = new InetSocketAddress(endpoint(2).getAddress(), port);
      table.announce(at(endpoint, peer(1, 100 + port, false, AnnounceEvent.STARTED)));
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

  @Test
  void peersAreToldOfTheirOwnFamilyOnlyIfTheySaySo() throws UnknownHostException {
    InetSocketAddress ipv6 = new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 6881);
    table.announce(at(ipv6, peer(1, 1, true, AnnounceEvent.STARTED)));
    for (int i = 2; i < 60; i++) {
      seed(1, i);
    }
    PeerAnnounce any = peer(1, 99, false, AnnounceEvent.STARTED);
    PeerAnnounce same =
        new PeerAnnounce(
            any.infoHash(),
            any.peerId(),
            any.endpoint(),
            null,
            false,
            any.event(),
            60,
            PeerAnnounce.Family.SAME);

    Set<InetSocketAddress> told = endpoints(table.announce(same));

    assertEquals(58, told.size());
    assertFalse(told.contains(ipv6));
    assertEquals(1, table.counts().ipv6());
  }

  @Test
  void oneIpv6NetworkCountsAsOneAddress() throws UnknownHostException {
    table = table(1000, 1000, 1000, 3);
    for (int i = 0; i < 20; i++) {
      InetAddress address = InetAddress.getByName("2001:db8::" + i);
      PeerAnnounce announce = peer(1, i, false, AnnounceEvent.STARTED);
      table.announce(at(new InetSocketAddress(address, 6881), announce));
    }
    InetAddress other = InetAddress.getByName("2001:db8:0:1::1");
    table.announce(at(new InetSocketAddress(other, 1), peer(1, 99, false, AnnounceEvent.STARTED)));

    assertEquals(4, table.counts().peers());
  }

  /** Any history leaves the counters equal to what can be counted. */
  @Property
  void countersStayTrue(@ForAll @Size(max = 300) List<@IntRange(max = 4095) Integer> steps) {
    table = table(3, 1000, 6, 2);
    AnnounceEvent[] events = AnnounceEvent.values();
    Link[] links = {link(), link()};
    for (int step : steps) {
      advance(Duration.ofSeconds(step & 255));
      int peer = step >> 4 & 15;
      PeerAnnounce announce = peer(step & 3, peer, (step & 256) != 0, events[step >> 9 & 3]);
      table.announce((step & 1024) != 0 ? over(links[step >> 8 & 1], announce) : announce);
      if (step == 7) {
        table.leave(links[0]);
        links[0] = link();
      }

      int[] sums = new int[3];
      for (int torrent : Arrays.asList(0, 1, 2, 3)) {
        SwarmCounts counts = table.scrape(hash(torrent)).orElse(SwarmCounts.NONE);
        assertTrue(counts.peers() <= 6);
        sums[0] += counts.seeds();
        sums[1] += counts.leeches();
        sums[2] += counts.signalled();
      }
      assertEquals(new SwarmCounts(sums[0], sums[1], sums[2], 0, 0), table.counts());
      assertEquals(sums[2], links[0].size() + links[1].size());
      assertTrue(table.torrents() <= 3);
    }
  }
}
