package org.webtorrent4j.tracker.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.Tracker;

/** Silence, repetition, and the age of connection ids. */
class UdpTrackerTimesTest extends UdpTrackerFixture {
  @Test
  void deadTrackerIsAskedThreeTimesAndLeftAfterThirtySeconds() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);
    List<Long> times = new ArrayList<>();

    for (int second = 0; second < 29; second++) {
      network.sent.forEach(packet -> times.add(loop.nanoTime() / 1_000_000_000));
      network.sent.clear();
      advance(1);
    }
    assertEquals(0, outcome.calls);
    advance(1);

    assertEquals(List.of(0L, 5L, 15L), times);
    assertEquals("no answer within 30 s", outcome.failure());
    assertEquals(0, transactions.size());
    assertEquals(0, loop.timerCount());
    loop.runAll();
    assertEquals(1, outcome.calls);
  }

  @Test
  void repetitionsAreTheSamePacket() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);
    FakeDatagrams.Packet lost = network.take();
    advance(5);
    assertEquals(lost, network.sent.get(0));
    connect();
    FakeDatagrams.Packet first = network.take();
    advance(10);

    assertEquals(first, network.sent.get(0));
    answer();
    assertEquals(1, outcome.response().peers().size());
  }

  @Test
  void answerToAnEarlierPacketIsTaken() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);
    connect();
    FakeDatagrams.Packet first = network.take();
    advance(6);
    network.take();

    network.reply(first, UdpReply.ANNOUNCE, ANSWER);

    assertEquals(1, outcome.response().peers().size());
    assertEquals(0, loop.timerCount());
  }

  @Test
  void answerThatComesTooLateIsIgnored() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);
    FakeDatagrams.Packet connect = network.take();
    network.reply(connect, UdpReply.CONNECT, CONNECTION_ID);
    FakeDatagrams.Packet packet = network.take();
    advance(30);
    assertEquals("no answer within 30 s", outcome.failure());
    network.sent.clear();

    network.reply(connect, UdpReply.CONNECT, CONNECTION_ID);
    network.reply(packet, UdpReply.ANNOUNCE, ANSWER);
    loop.runAll();

    assertEquals(1, outcome.calls);
    assertTrue(network.sent.isEmpty());
  }

  @Test
  void goodbyeIsGivenUpAfterFiveSeconds() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STOPPED);
    advance(4.9);
    assertEquals(0, outcome.calls);
    assertEquals(3, network.sent.size());

    advance(0.1);

    assertEquals("no answer within 5 s", outcome.failure());
  }

  @Test
  void connectionIdServesAMinute() {
    Tracker tracker = tracker("four");
    announce(tracker, AnnounceEvent.STARTED);
    connect();
    answer();

    advance(59);
    announce(tracker, AnnounceEvent.NONE);
    assertEquals(0x1122334455667788L, answer().connectionId());
    advance(1);
    announce(tracker, AnnounceEvent.NONE);

    connect();
    answer();
  }

  @Test
  void oldConnectionIdIsReplacedWhenTheTrackerIsSilent() {
    Tracker tracker = tracker("four");
    announce(tracker, AnnounceEvent.STARTED);
    connect();
    answer();
    advance(50);
    Outcome outcome = announce(tracker, AnnounceEvent.NONE);
    FakeDatagrams.Packet first = network.take();
    advance(5);

    FakeDatagrams.Packet reconnect = network.take();
    assertTrue(reconnect.isConnect());
    network.reply(reconnect, UdpReply.CONNECT, OTHER_ID);
    FakeDatagrams.Packet second = answer();

    assertEquals(0x1122334455667788L, first.connectionId());
    assertEquals(0x8877665544332211L, second.connectionId());
    assertEquals(first.transactionId(), second.transactionId());
    assertEquals(1, outcome.response().peers().size());
  }

  @Test
  void answerStillCountsWhileAnotherConnectionIdIsAskedFor() {
    Tracker tracker = tracker("four");
    announce(tracker, AnnounceEvent.STARTED);
    connect();
    answer();
    Outcome outcome = announce(tracker, AnnounceEvent.NONE);
    FakeDatagrams.Packet first = network.take();
    advance(5);
    assertTrue(network.take().isConnect());

    network.reply(first, UdpReply.ANNOUNCE, ANSWER);

    assertEquals(1, outcome.response().peers().size());
    assertEquals(0, transactions.size());
  }

  @Test
  void waitingRequestTakesOverTheConnecting() {
    Tracker tracker = tracker("four");
    Outcome goodbye = announce(tracker, request(HASH, AnnounceEvent.STOPPED));
    Outcome other = announce(tracker, request(OTHER, AnnounceEvent.STARTED));
    advance(5);
    assertEquals("no answer within 5 s", goodbye.failure());
    network.sent.clear();
    advance(10);

    assertEquals(1, network.sent.size());
    connect();
    answer();

    assertEquals(1, other.response().peers().size());
  }

  @Test
  void busyWorkersAreAFailureInTheEnd() {
    List<Runnable> never = new ArrayList<>();
    UdpTrackerFactory busy =
        new UdpTrackerFactory(
            loop, never::add, host -> new InetAddress[] {V4.getAddress()}, transactions);
    Outcome outcome = announce(busy.create(URI.create("udp://t:80")), AnnounceEvent.NONE);

    advance(30);

    assertEquals("the host name was not resolved within 30 s", outcome.failure());
    never.get(0).run(); // comes too late and does nothing
    loop.runAll();
    assertEquals(1, outcome.calls);
    assertTrue(network.sent.isEmpty());
  }

  @Test
  void silentAddressIsFollowedByTheNext() {
    InetSocketAddress second = new InetSocketAddress("198.51.100.2", 80);
    hosts.put("many", List.of(V4, second));
    Tracker tracker = tracker("many");
    announce(tracker, AnnounceEvent.STARTED);
    advance(30);
    network.sent.clear();

    Outcome outcome = announce(tracker, AnnounceEvent.STARTED);

    assertEquals(second, network.sent.get(0).to());
    connect();
    answer();
    assertFalse(outcome.response().peers().isEmpty());
  }
}
