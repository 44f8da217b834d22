package org.webtorrent4j.tracker.udp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;

/** UDP trackers in virtual time, on a network that does what the test says. */
class UdpTrackerFixture {
  static final InfoHash HASH = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");
  static final InfoHash OTHER = InfoHash.ofHex("000102030405060708090a0b0c0d0e0f10111213");
  static final PeerId ID = PeerId.of("-XX0001-abcdefghijkl".getBytes(StandardCharsets.ISO_8859_1));
  static final InetSocketAddress V4 = new InetSocketAddress("198.51.100.1", 80);
  static final InetSocketAddress V6 = new InetSocketAddress("2001:db8::1", 80);
  static final String CONNECTION_ID = "1122334455667788";
  static final String OTHER_ID = "8877665544332211";

  /** Interval 1800, 3 leeches, 2 seeds, 1.2.3.4:6881. */
  static final String ANSWER = "00000708 00000003 00000002 010203041ae1";

  final VirtualLoop loop = new VirtualLoop();
  final FakeDatagrams network = new FakeDatagrams();
  final Transactions transactions = new Transactions(network, new Random(7));
  final Map<String, List<InetSocketAddress>> hosts = new HashMap<>();
  final UdpTrackerFactory factory =
      new UdpTrackerFactory(loop, Runnable::run, this::resolve, transactions);

  UdpTrackerFixture() {
    hosts.put("four", List.of(V4));
    hosts.put("six", List.of(V6));
    hosts.put("both", List.of(V6, V4));
  }

  private InetAddress[] resolve(String host) throws IOException {
    List<InetSocketAddress> found = hosts.get(host);
    if (found == null) {
      throw new UnknownHostException(host);
    }
    return found.stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
  }

  final Tracker tracker(String host) {
    return factory.create(URI.create("udp://" + host + ":80/announce"));
  }

  static AnnounceRequest request(AnnounceEvent event) {
    return request(HASH, event);
  }

  static AnnounceRequest request(InfoHash infoHash, AnnounceEvent event) {
    return new AnnounceRequest(infoHash, ID, 6881, 200, 100, 65537, event, 50, 0xdeadbeef);
  }

  /** Announces, until the first packet has been sent. */
  final Outcome announce(Tracker tracker, AnnounceEvent event) {
    return announce(tracker, request(event));
  }

  final Outcome announce(Tracker tracker, AnnounceRequest request) {
    Outcome outcome = new Outcome();
    tracker.announce(request, outcome);
    loop.runReady();
    return outcome;
  }

  final void advance(double seconds) {
    loop.advance(Duration.ofMillis((long) (seconds * 1000)));
  }

  /** Takes the only packet, which asks for a connection id, and gives that. */
  final void connect() {
    FakeDatagrams.Packet packet = network.take();
    assertTrue(packet.isConnect(), packet.toString());
    network.reply(packet, UdpReply.CONNECT, CONNECTION_ID);
  }

  /** Takes the only packet, which is an announce, and answers it. */
  final FakeDatagrams.Packet answer() {
    FakeDatagrams.Packet packet = network.take();
    assertTrue(packet.action() == UdpReply.ANNOUNCE && !packet.isConnect(), packet.toString());
    network.reply(packet, UdpReply.ANNOUNCE, ANSWER);
    return packet;
  }

  /** Remembers how an announce or a scrape ended. */
  static class Outcome implements AnnounceHandler, ScrapeHandler {
    private @Nullable AnnounceResponse response;
    private @Nullable TrackerException failure;
    Map<InfoHash, ScrapeCounts> counts = Map.of();
    int calls;

    AnnounceResponse response() {
      if (response == null) {
        throw new AssertionError("no response", failure);
      }
      return response;
    }

    String failure() {
      return Objects.requireNonNull(failure, "no failure").getMessage();
    }

    @Override
    public void onResponse(AnnounceResponse answer) {
      response = answer;
      calls++;
    }

    @Override
    public void onResponse(Map<InfoHash, ScrapeCounts> found) {
      counts = found;
      calls++;
    }

    @Override
    public void onFailure(TrackerException cause) {
      failure = cause;
      calls++;
    }
  }
}
