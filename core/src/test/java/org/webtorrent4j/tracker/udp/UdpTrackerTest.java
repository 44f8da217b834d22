package org.webtorrent4j.tracker.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;

/** Questions, answers and refusals; the clock and the families have tests of their own. */
class UdpTrackerTest extends UdpTrackerFixture {
  @AfterEach
  void nothingIsLeftWaiting() {
    if (network.opened > network.closed) {
      loop.runAll();
    }
    assertEquals(0, transactions.size());
    assertEquals(0, loop.timerCount());
  }

  @Test
  void connectionComesBeforeTheAnnounce() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);

    connect();
    FakeDatagrams.Packet packet = answer();

    assertEquals(V4, packet.to());
    assertEquals(0x1122334455667788L, packet.connectionId());
    assertEquals(2, packet.event());
    assertEquals(98 + 11, packet.bytes().remaining());
    assertEquals(List.of(new InetSocketAddress("1.2.3.4", 6881)), outcome.response().peers());
    assertEquals(1, outcome.calls);
    assertTrue(network.sent.isEmpty());
  }

  @Test
  void everyQuestionHasItsOwnNumber() {
    Tracker tracker = tracker("four");
    announce(tracker, AnnounceEvent.STARTED);

    FakeDatagrams.Packet connect = network.sent.get(0);
    connect();
    FakeDatagrams.Packet announce = answer();
    announce(tracker, AnnounceEvent.NONE);

    assertNotEquals(connect.transactionId(), announce.transactionId());
    assertNotEquals(announce.transactionId(), answer().transactionId());
  }

  @Test
  void requestsThatBeginTogetherConnectOnce() {
    Tracker tracker = tracker("four");
    Outcome one = announce(tracker, request(HASH, AnnounceEvent.STARTED));
    Outcome two = announce(tracker, request(OTHER, AnnounceEvent.STARTED));

    connect();
    assertEquals(2, network.sent.size());
    for (FakeDatagrams.Packet packet : List.copyOf(network.sent)) {
      network.reply(packet, UdpReply.ANNOUNCE, ANSWER);
    }

    assertEquals(1, one.calls);
    assertEquals(1, two.calls);
    network.sent.clear();
  }

  @Test
  void announcesOfATorrentKeepTheirOrder() {
    Tracker tracker = tracker("four");
    announce(tracker, AnnounceEvent.STARTED);
    announce(tracker, AnnounceEvent.COMPLETED);
    announce(tracker, AnnounceEvent.STOPPED);
    connect();

    List<Integer> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      events.add(answer().event());
      loop.runReady();
    }

    assertEquals(List.of(2, 1, 3), events);
  }

  @ParameterizedTest
  @ValueSource(ints = {UdpReply.CONNECT, UdpReply.ANNOUNCE})
  void refusalIsToldInTheWordsOfTheTracker(int refused) {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);
    if (refused == UdpReply.ANNOUNCE) {
      connect();
    }

    network.reply(network.take(), UdpReply.ERROR, "6e6f7420796f75"); // "not you"

    assertEquals("not you", outcome.failure());
    assertEquals(1, outcome.calls);
  }

  @Test
  void connectionIdThatMayBeRefusedIsNotUsedAgain() {
    Tracker tracker = tracker("four");
    announce(tracker, AnnounceEvent.STARTED);
    connect();
    network.reply(network.take(), UdpReply.ERROR, "6e6f");

    announce(tracker, AnnounceEvent.STARTED);

    assertTrue(network.take().isConnect());
  }

  @Test
  void strangersCannotAnswer() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);
    connect();
    FakeDatagrams.Packet packet = network.take();
    InetSocketAddress otherPort = new InetSocketAddress(V4.getAddress(), 81);
    InetSocketAddress otherHost = new InetSocketAddress("198.51.100.2", 80);

    for (InetSocketAddress stranger : List.of(otherPort, otherHost, V6)) {
      network.deliver(stranger, UdpReply.ANNOUNCE, packet.transactionId(), ANSWER);
      network.deliver(stranger, UdpReply.ERROR, packet.transactionId(), "6e6f");
    }
    assertEquals(0, outcome.calls);
    network.reply(packet, UdpReply.ANNOUNCE, ANSWER);

    assertEquals(1, outcome.response().peers().size());
  }

  @Test
  void numbersThatNobodyAskedWithAreIgnored() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);
    FakeDatagrams.Packet connect = network.sent.get(0);

    network.deliver(V4, UdpReply.CONNECT, connect.transactionId() + 1, CONNECTION_ID);
    network.deliver(V4, UdpReply.ERROR, connect.transactionId() ^ 1, "6e6f");
    assertEquals(1, network.sent.size());
    connect();
    FakeDatagrams.Packet packet = network.take();
    network.deliver(V4, UdpReply.ANNOUNCE, connect.transactionId(), ANSWER);
    network.deliver(V4, UdpReply.CONNECT, connect.transactionId(), OTHER_ID);
    assertEquals(0, outcome.calls);
    assertTrue(network.sent.isEmpty());

    network.reply(packet, UdpReply.ANNOUNCE, ANSWER);
    network.reply(packet, UdpReply.ANNOUNCE, ANSWER);
    assertEquals(1, outcome.calls);
  }

  @Test
  void nonsenseIsIgnoredAndTheAnswerStillTaken() {
    Outcome outcome = announce(tracker("four"), AnnounceEvent.STARTED);
    FakeDatagrams.Packet connect = network.sent.get(0);

    network.reply(connect, UdpReply.CONNECT, "11223344556677");
    network.reply(connect, UdpReply.ANNOUNCE, ANSWER);
    network.reply(connect, 0xff000000, "");
    network.deliver(V4, ByteBuffer.wrap(new byte[7]));
    network.deliver(V4, ByteBuffer.allocate(0));
    connect();
    FakeDatagrams.Packet packet = network.sent.get(0);
    network.reply(packet, UdpReply.CONNECT, CONNECTION_ID);
    network.reply(packet, UdpReply.ANNOUNCE, "00000708 00000003 000000");
    assertEquals(0, outcome.calls);

    answer();
    assertEquals(1, outcome.response().peers().size());
  }

  @Test
  void trackersShareTheSockets() {
    Tracker one = tracker("four");
    Tracker two = tracker("six");
    assertEquals(1, network.opened);

    one.close();
    one.close();
    assertEquals(0, network.closed);
    two.close();

    assertEquals(1, network.closed);
    tracker("four").close();
    assertEquals(2, network.opened);
  }

  @Test
  void closingEndsWhatIsUnderWayWithoutAWord() {
    Tracker tracker = tracker("four");
    Outcome first = announce(tracker, request(HASH, AnnounceEvent.STARTED));
    connect();
    Outcome second = announce(tracker, request(HASH, AnnounceEvent.STOPPED));
    Outcome third = announce(tracker, request(OTHER, AnnounceEvent.STARTED));
    FakeDatagrams.Packet packet = network.sent.get(0);
    Tracker other = tracker("four");

    tracker.close();
    network.reply(packet, UdpReply.ANNOUNCE, ANSWER);
    Outcome late = announce(tracker, AnnounceEvent.STOPPED);

    assertEquals(0, transactions.size());
    assertEquals(0, loop.timerCount());
    loop.runAll();
    assertEquals(0, first.calls + second.calls + third.calls + late.calls);
    other.close();
    assertEquals(1, network.closed);
  }

  @Test
  void trackerMayBeClosedByItsAnswer() {
    Tracker tracker = tracker("four");
    List<Outcome> outcomes = new ArrayList<>();
    for (InfoHash hash : List.of(HASH, OTHER)) {
      Outcome outcome =
          new Outcome() {
            @Override
            public void onFailure(TrackerException cause) {
              super.onFailure(cause);
              tracker.close();
            }
          };
      outcomes.add(outcome);
      tracker.announce(request(hash, AnnounceEvent.STARTED), outcome);
    }
    loop.runReady();

    network.reply(network.take(), UdpReply.ERROR, "6e6f");

    assertEquals(List.of(1, 0), outcomes.stream().map(outcome -> outcome.calls).toList());
    assertEquals(1, network.closed);
  }

  @Test
  void unknownHostIsAFailure() {
    Outcome outcome = announce(tracker("nowhere"), AnnounceEvent.STARTED);

    assertEquals("unknown host nowhere", outcome.failure());
    assertTrue(network.sent.isEmpty());
  }

  @Test
  void groupsAreNoTrackers() {
    hosts.put(
        "many",
        List.of(new InetSocketAddress("224.0.0.1", 53), new InetSocketAddress("ff02::1", 53)));

    Outcome outcome = announce(tracker("many"), AnnounceEvent.STARTED);

    assertTrue(outcome.failure().startsWith("a tracker at the multicast address"));
    assertTrue(network.sent.isEmpty());
  }

  @Test
  void trackerOnThisHostIsAsked() {
    hosts.put("here", List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80)));
    Tracker tracker = factory.create(URI.create("udp://here:80"));

    Outcome outcome = announce(tracker, AnnounceEvent.STARTED);
    connect();
    answer();

    assertEquals(1, outcome.response().peers().size());
  }

  @Test
  void closingClientFailsAnnounces() {
    UdpTrackerFactory closing =
        new UdpTrackerFactory(
            loop,
            task -> {
              throw new RejectedExecutionException();
            },
            host -> new InetAddress[0],
            transactions);
    Tracker tracker = closing.create(URI.create("udp://four:80"));
    Outcome outcome = new Outcome();

    tracker.announce(request(AnnounceEvent.STARTED), outcome);
    assertEquals(0, outcome.calls);
    loop.runReady();

    assertEquals("the client is closing", outcome.failure());
    tracker.close();
  }
}
