package org.webtorrent4j.tracker.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceResponse;

/** IPv4, IPv6, and both of them at once. */
class UdpTrackerFamiliesTest extends UdpTrackerFixture {
  /** Interval 900, 7 leeches, 1 seed, [2001:db8::9]:6881. */
  private static final String ANSWER_6 =
      "00000384 00000007 00000001 20010db8000000000000000000000009 1ae1";

  private static final InetSocketAddress PEER_4 = new InetSocketAddress("1.2.3.4", 6881);
  private static final InetSocketAddress PEER_6 = new InetSocketAddress("2001:db8::9", 6881);

  private void connectTo(InetSocketAddress address) {
    FakeDatagrams.Packet packet = network.takeTo(address);
    assertTrue(packet.isConnect());
    network.reply(packet, UdpReply.CONNECT, CONNECTION_ID);
  }

  private void answerFrom(InetSocketAddress address, String body) {
    network.reply(network.takeTo(address), UdpReply.ANNOUNCE, body);
  }

  @Test
  void ipv6TrackerTellsIpv6Peers() {
    Outcome outcome = announce(tracker("six"), AnnounceEvent.STARTED);
    connect();

    answerFrom(V6, ANSWER_6);

    assertEquals(List.of(PEER_6), outcome.response().peers());
  }

  @Test
  void bothFamiliesAreAskedAndTheirPeersMerged() {
    Outcome outcome = announce(tracker("both"), AnnounceEvent.STARTED);
    assertEquals(2, network.sent.size());
    connectTo(V4);
    connectTo(V6);
    answerFrom(V4, ANSWER);
    assertEquals(0, outcome.calls);
    answerFrom(V6, ANSWER_6);

    AnnounceResponse response = outcome.response();
    assertEquals(Set.of(PEER_4, PEER_6), Set.copyOf(response.peers()));
    assertEquals(Duration.ofMinutes(30), response.interval());
    assertEquals(Duration.ofMinutes(30), response.minInterval());
    assertEquals(OptionalInt.of(2), response.seeds());
    assertEquals(OptionalInt.of(7), response.leeches());
    assertEquals(1, outcome.calls);
    assertEquals(0, loop.timerCount());
  }

  @Test
  void familyThatLeadsNowhereDelaysTheOtherByTwoSecondsAtMost() {
    Outcome outcome = announce(tracker("both"), AnnounceEvent.STARTED);
    connectTo(V4);
    answerFrom(V4, ANSWER);
    advance(1.9);
    assertEquals(0, outcome.calls);

    advance(0.1);

    assertEquals(List.of(PEER_4), outcome.response().peers());
    assertEquals(0, transactions.size());
    assertEquals(0, loop.timerCount());
  }

  @Test
  void hostWithoutIpv6UsesIpv4() {
    network.unreachable.add(V6.getAddress());
    Outcome outcome = announce(tracker("both"), AnnounceEvent.STARTED);

    connect();
    answer();

    assertEquals(List.of(PEER_4), outcome.response().peers());
  }

  @Test
  void refusalOfOneFamilyIsNoneOfTheOther() {
    Outcome outcome = announce(tracker("both"), AnnounceEvent.STARTED);
    network.reply(network.takeTo(V6), UdpReply.ERROR, "6e6f");
    assertEquals(0, outcome.calls);
    connectTo(V4);

    answerFrom(V4, ANSWER);

    assertEquals(List.of(PEER_4), outcome.response().peers());
  }

  @Test
  void refusalSaysMoreThanSilence() {
    Outcome outcome = announce(tracker("both"), AnnounceEvent.STARTED);
    network.reply(network.takeTo(V6), UdpReply.ERROR, "6e6f");

    advance(30);

    assertEquals("no", outcome.failure());
    assertEquals(1, outcome.calls);
  }

  @Test
  void silenceSaysMoreThanAMissingFamily() {
    network.unreachable.add(V6.getAddress());
    Outcome outcome = announce(tracker("both"), AnnounceEvent.STARTED);

    advance(30);

    assertEquals("no answer within 30 s", outcome.failure());
  }

  @Test
  void unreachableTrackerIsLeftAtOnce() {
    network.unreachable.addAll(List.of(V4.getAddress(), V6.getAddress()));

    Outcome outcome = announce(tracker("both"), AnnounceEvent.STARTED);

    assertEquals("Network is unreachable", outcome.failure());
    assertEquals(1, outcome.calls);
    assertEquals(0, transactions.size());
    assertEquals(0, loop.timerCount());
  }

  @Test
  void addressThatMayNotBeAskedIsLeftOut() {
    hosts.put("mixed", List.of(new InetSocketAddress("ff02::1", 80), V4));

    announce(tracker("mixed"), AnnounceEvent.STARTED);

    assertEquals(V4, network.take().to());
  }
}
