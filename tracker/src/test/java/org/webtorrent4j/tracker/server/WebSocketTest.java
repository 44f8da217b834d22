package org.webtorrent4j.tracker.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.tracker.server.Messages.HASH;
import static org.webtorrent4j.tracker.server.Messages.announce;
import static org.webtorrent4j.tracker.server.Messages.answer;
import static org.webtorrent4j.tracker.server.Messages.id;
import static org.webtorrent4j.tracker.server.Messages.offer;
import static org.webtorrent4j.tracker.server.Messages.text;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tracker over real WebSockets. */
class WebSocketTest {
  private final AtomicLong nanoTime = new AtomicLong();
  private TrackerServer tracker = start(TrackerOptions.builder());

  private TrackerServer start(TrackerOptions.Builder options) {
    try {
      options.bindAddress(InetAddress.getLoopbackAddress());
      return TrackerServer.start(options.build(), nanoTime::get);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    tracker.close();
  }

  private ScriptedSocket open() {
    return ScriptedSocket.open(tracker.webSocketUrl());
  }

  @Test
  void offerAndAnswerAreCarried() throws InterruptedException {
    try (ScriptedSocket seed = open();
        ScriptedSocket leech = open()) {
      seed.send(announce(HASH, 1, 0, offer("o".repeat(20))));
      assertEquals(
          "{\"action\":\"announce\",\"info_hash\":\""
              + HASH
              + "\",\"complete\":1,\"incomplete\":0,"
              + "\"interval\":120}",
          seed.receive().toString());
      leech.send(announce(HASH, 2, 65537, offer("p".repeat(20))));
      assertEquals(1, leech.receive().get("incomplete").getAsInt());

      JsonObject offer = seed.receive();
      assertEquals(id(2), text(offer, "peer_id"));
      assertEquals("p".repeat(20), text(offer, "offer_id"));
      assertEquals(HASH, text(offer, "info_hash"));
      assertEquals("announce", text(offer, "action"));
      assertEquals(
          "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n" + "p".repeat(20) + "\"}",
          offer.get("offer").toString());
      seed.send(answer(1, 2, "p".repeat(20)));

      JsonObject answer = leech.receive();
      assertEquals(id(1), text(answer, "peer_id"));
      assertEquals("p".repeat(20), text(answer, "offer_id"));
      assertEquals("{\"type\":\"answer\",\"sdp\":\"v=0\\r\\n\"}", answer.get("answer").toString());
      assertTrue(leech.isSilent());
      assertTrue(seed.isSilent());
      assertEquals(1, tracker.stats().offers());
      assertEquals(1, tracker.stats().answers());
      assertEquals(2, tracker.stats().webSocket().announces());
    }
  }

  @Test
  void anyPathWillDoAndBinaryAndFragmentsToo() throws InterruptedException {
    String url = tracker.webSocketUrl().replace("/announce", "/a/b?c=d");
    try (ScriptedSocket client = ScriptedSocket.open(url)) {
      client.sendBinary(announce(HASH, 1, 5));
      assertEquals(1, client.receive().get("incomplete").getAsInt());
      String text = announce(HASH, 1, 5, offer("o".repeat(20)));
      client.sendFragment(text.substring(0, 40), false);
      client.sendFragment("", false);
      client.sendFragment(text.substring(40), true);
      assertEquals(1, client.receive().get("incomplete").getAsInt());
    }
  }

  @Test
  void pingsAreAnsweredAndSentToThoseWhoAreQuiet() throws InterruptedException {
    try (ScriptedSocket client = open()) {
      client.ping("anybody there?");
      assertEquals("pong anybody there?", client.receiveControl());
      tracker.tick();
      nanoTime.addAndGet(Duration.ofSeconds(46).toNanos());

      tracker.tick();

      assertEquals("ping", client.receiveControl());
      assertTrue(client.isSilent());
    }
  }

  @Test
  void closedSocketTakesAllItsPeersAlong() throws InterruptedException {
    try (ScriptedSocket stays = open()) {
      ScriptedSocket leaves = open();
      for (int torrent = 0; torrent < 10; torrent++) {
        String hash = "%020d".formatted(torrent);
        leaves.send(announce(hash, 1, 0));
        leaves.send(announce(hash, 2, 5));
        leaves.receive();
        leaves.receive();
      }
      stays.send(announce("%020d".formatted(3), 3, 5));
      stays.receive();
      assertEquals(21, tracker.stats().webPeers());
      assertEquals(2, tracker.stats().sockets());

      leaves.abort();

      await().until(() -> tracker.stats().peers() == 1 && tracker.stats().sockets() == 1);
      assertEquals(1, tracker.stats().torrents());
    }
    await().until(() -> tracker.stats().peers() == 0 && tracker.stats().torrents() == 0);
  }

  @Test
  void peerThatReconnectsStandsTwiceUntilItsOldSocketIsGone() throws InterruptedException {
    try (ScriptedSocket second = open();
        ScriptedSocket other = open()) {
      ScriptedSocket first = open();
      first.send(announce(HASH, 1, 5));
      first.receive();
      second.send(announce(HASH, 1, 5));
      assertEquals(2, second.receive().get("incomplete").getAsInt());
      first.close();
      await().until(() -> tracker.stats().sockets() == 2 && tracker.stats().peers() == 1);

      assertEquals(1, tracker.stats().peers());
      other.send(announce(HASH, 2, 5, offer("o".repeat(20))));
      assertEquals("o".repeat(20), text(second.receive(), "offer_id"));
    }
  }

  @Test
  void peersOfAllProtocolsAreOneSwarm() throws IOException, InterruptedException {
    try (ScriptedSocket web = open();
        RawClient http = new RawClient(tracker.port())) {
      http.get("/announce?info_hash=" + HASH + "&peer_id=" + id(7) + "&port=7000&left=0");
      web.send(announce(HASH, 1, 5, offer("o".repeat(20))));
      JsonObject counts = web.receive();
      assertEquals(1, counts.get("complete").getAsInt());
      assertEquals(1, counts.get("incomplete").getAsInt());

      String reply =
          http.get("/announce?info_hash=" + HASH + "&peer_id=" + id(8) + "&port=7001&left=5")
              .body();

      assertTrue(reply.contains("8:completei1e"), reply);
      assertTrue(reply.contains("10:incompletei2e"), reply);
      assertTrue(reply.contains("4:porti7000e"), reply);
      assertFalse(reply.contains(id(1)), reply);
      assertTrue(web.isSilent());
      assertEquals(3, tracker.stats().peers());
      assertEquals(1, tracker.stats().webPeers());
    }
  }

  @Test
  void nearlyTooLongOfferIsCarried() throws InterruptedException {
    String sdp = "x".repeat(62 << 10);
    try (ScriptedSocket one = open();
        ScriptedSocket other = open()) {
      one.send(announce(HASH, 1, 5));
      one.receive();
      other.send(announce(HASH, 2, 5, offer("o".repeat(20)).replace("v=0", sdp)));
      other.receive();

      assertTrue(one.receive().toString().contains(sdp));
    }
  }

  @Test
  void compressionIsNotAgreedOn() throws IOException {
    try (RawClient client = new RawClient(tracker.port())) {
      RawClient.Reply reply =
          client.send(
              """
              GET / HTTP/1.1
              Host: x
              Upgrade: websocket
              Connection: Upgrade
              Sec-WebSocket-Version: 13
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
              Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits

              """
                  .replace("\n", "\r\n"));

      assertEquals(101, reply.status(), reply.head());
      assertTrue(reply.head().contains("s3pplmbitxaq9kygzzhzrbk+xoo="), reply.head());
      assertFalse(reply.head().contains("extensions"), reply.head());
    }
  }

  @Test
  void faultyUpgradeIsRefusedAndPlainRequestsAreServed() throws IOException {
    try (RawClient client = new RawClient(tracker.port())) {
      String upgrade = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n";

      int status = client.send(upgrade).status();
      assertTrue(status >= 400 && status < 500, "status " + status);
      assertEquals(200, client.get("/stats").status());
    }
  }

  @Test
  void closedTrackerSaysGoodbyeAndLeavesNoThread() throws InterruptedException {
    try (ScriptedSocket client = open();
        UnreadSocket deaf = new UnreadSocket(tracker.port(), 8 << 10)) {
      client.send(announce(HASH, 1, 5));
      client.receive();
      deaf.send(announce(HASH, 2, 5));
      var threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("wt-tracker"))
              .toList();
      assertTrue(threads.stream().anyMatch(t -> t.getName().equals("wt-tracker-udp")));

      tracker.close();

      for (Thread thread : threads) {
        assertTrue(thread.isDaemon(), thread.getName());
        thread.join(20_000);
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
  }
}
