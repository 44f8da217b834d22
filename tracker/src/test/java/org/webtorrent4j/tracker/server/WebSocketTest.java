package org.webtorrent4j.tracker.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tracker over real WebSockets. */
class WebSocketTest {
  private static final String HASH = "h".repeat(20);

  private final AtomicLong nanoTime = new AtomicLong();
  private TrackerServer tracker = start(WebSocketOptions.builder());

  private TrackerServer start(WebSocketOptions.Builder options) {
    return start(TrackerOptions.builder().webSocket(options.build()));
  }

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

  private void restart(WebSocketOptions.Builder options) {
    tracker.close();
    tracker = start(options);
  }

  private ScriptedSocket open() {
    return ScriptedSocket.open(tracker.webSocketUrl());
  }

  static String id(int n) {
    return "-XX0001-%012d".formatted(n);
  }

  private static String announce(String hash, int peer, long left, String... offers) {
    return """
        {"numwant":5,"uploaded":0,"downloaded":0,"left":%d,"event":"started","action":"announce",
        "info_hash":"%s","peer_id":"%s","offers":[%s]}"""
        .formatted(left, hash, id(peer), String.join(",", offers));
  }

  private static String offer(String id) {
    return "{\"offer\":{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n"
        + id
        + "\"},\"offer_id\":\""
        + id
        + "\"}";
  }

  private static String answer(int peer, int toPeer, String offerId) {
    return """
        {"action":"announce","info_hash":"%s","peer_id":"%s","to_peer_id":"%s",
        "answer":{"type":"answer","sdp":"v=0\\r\\n"},"offer_id":"%s"}"""
        .formatted(HASH, id(peer), id(toPeer), offerId);
  }

  private static String text(JsonObject message, String name) {
    return message.get(name).getAsString();
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
  void peerThatReconnectsReplacesItself() throws InterruptedException {
    try (ScriptedSocket second = open();
        ScriptedSocket other = open()) {
      ScriptedSocket first = open();
      first.send(announce(HASH, 1, 5));
      first.receive();
      second.send(announce(HASH, 1, 5));
      assertEquals(1, second.receive().get("incomplete").getAsInt());
      first.close();
      await().until(() -> tracker.stats().sockets() == 2);

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
  void tooLongMessagesCloseTheSocket() {
    try (ScriptedSocket client = open();
        ScriptedSocket fragments = open();
        ScriptedSocket other = open()) {
      client.send("{\"x\":\"" + "x".repeat(65 << 10) + "\"}");
      fragments.sendFragment("{\"x\":\"" + "x".repeat(40 << 10), false);
      fragments.sendFragment("x".repeat(40 << 10), false);

      assertEquals(1009, client.closeCode());
      assertEquals(1009, fragments.closeCode());
      other.send(announce(HASH, 1, 5));
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
  void oneSocketMayAnnounceTenThousandTorrents() throws InterruptedException {
    restart(WebSocketOptions.builder().maxTorrentsPerSocket(9_000));
    try (ScriptedSocket client = open()) {
      for (int torrent = 0; torrent < 10_000; torrent++) {
        client.send(announce("%020d".formatted(torrent), 1, 0));
      }
      // The client cuts some messages into two frames, which costs a little more.
      nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
      for (int torrent = 0; torrent < 10_000; torrent++) {
        assertEquals("%020d".formatted(torrent), text(client.receive(), "info_hash"));
      }

      assertEquals(9_000, tracker.stats().torrents());
      assertEquals(9_000, tracker.stats().peers());
    }
    await().until(() -> tracker.stats().torrents() == 0);
  }

  @Test
  void whoSendsTooFastHasToWait() throws InterruptedException {
    restart(WebSocketOptions.builder().maxMessagesPerSecond(2));
    try (ScriptedSocket client = open()) {
      for (int i = 0; i < 300; i++) {
        client.send(announce(HASH, 1, 0));
      }
      for (int i = 0; i < 195; i++) {
        client.receive();
      }
      // Fragments cost a little, and the bucket may be overdrawn by one; time stands still.
      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(20))
          .until(() -> client.received() <= 6);

      nanoTime.addAndGet(Duration.ofSeconds(60).toNanos());

      for (int i = 0; i < 105; i++) {
        client.receive();
      }
    }
  }

  @Test
  void whoDoesNotReadIsCutOff() throws InterruptedException {
    try (ScriptedSocket sender = open();
        UnreadSocket deaf = new UnreadSocket(tracker.port())) {
      deaf.send(announce(HASH, 1, 5));
      await().until(() -> tracker.stats().peers() == 1);
      String sdp = "x".repeat(60 << 10);
      for (int i = 0; i < 2000 && tracker.stats().sockets() == 2; i++) {
        sender.send(announce(HASH, 2, 5, offer("%020d".formatted(i)).replace("v=0", sdp)));
        sender.receive();
      }

      await().until(() -> tracker.stats().sockets() == 1);
      await().until(() -> tracker.stats().peers() == 1);
    }
  }

  @Test
  void silentSocketIsClosed() throws InterruptedException {
    try (ScriptedSocket silent = open();
        ScriptedSocket busy = open()) {
      silent.send(announce(HASH, 1, 5));
      silent.receive();
      nanoTime.addAndGet(Duration.ofSeconds(200).toNanos());
      busy.send(announce(HASH, 2, 5));
      busy.receive();
      nanoTime.addAndGet(Duration.ofSeconds(71).toNanos());

      tracker.tick();

      assertEquals(1001, silent.closeCode());
      assertTrue(busy.isSilent());
      assertEquals(1, tracker.stats().peers());
    }
  }

  @Test
  void peersWhoAreNotAnnouncedAnyMoreExpireThoughTheirSocketIsBusy() throws InterruptedException {
    try (ScriptedSocket client = open()) {
      client.send(announce(HASH, 1, 5));
      client.receive();
      for (int i = 0; i < 2; i++) {
        nanoTime.addAndGet(Duration.ofSeconds(150).toNanos());
        client.send(announce("i".repeat(20), 1, 5));
        client.receive();
      }

      tracker.tick();

      assertEquals(1, tracker.stats().torrents());
      assertTrue(client.isSilent());
    }
  }

  @Test
  void socketsAreLimitedInAllAndByAddress() {
    restart(WebSocketOptions.builder().maxSocketsPerAddress(2));
    try (ScriptedSocket first = open();
        ScriptedSocket second = open()) {
      assertThrows(CompletionException.class, this::open);
      first.abort();
      await().until(() -> tracker.stats().sockets() == 1);
      try (ScriptedSocket third = open()) {
        assertFalse(third.received() > 0 || second.received() > 0);
      }
    }
    restart(WebSocketOptions.builder().maxSockets(1));
    try (ScriptedSocket only = open()) {
      assertThrows(CompletionException.class, this::open);
      assertEquals(0, only.received());
    }
  }

  @Test
  void pagesOfOtherOriginsAreTurnedAway() {
    restart(WebSocketOptions.builder().allowedOrigins(Set.of("https://good.example")));
    String url = tracker.webSocketUrl();

    assertThrows(
        CompletionException.class, () -> ScriptedSocket.open(url, "Origin", "https://bad.example"));
    ScriptedSocket.open(url, "Origin", "https://good.example").close();
    open().close();
    assertEquals(1, tracker.stats().webSocket().refusals());
  }

  @Test
  void trustedProxyTellsTheAddress() throws InterruptedException {
    tracker.close();
    tracker =
        start(
            TrackerOptions.builder()
                .trustProxy(true)
                .webSocket(WebSocketOptions.builder().maxSocketsPerAddress(1).build()));
    String url = tracker.webSocketUrl();
    String header = "X-Forwarded-For";
    try (ScriptedSocket one = ScriptedSocket.open(url, header, "9.9.9.9, 2001:db8::1");
        ScriptedSocket other = ScriptedSocket.open(url, header, "198.51.100.7")) {
      assertThrows(
          CompletionException.class, () -> ScriptedSocket.open(url, header, "2001:db8::2"));
      assertThrows(CompletionException.class, () -> ScriptedSocket.open(url, header, "nobody"));
      one.send(announce(HASH, 1, 5));
      one.receive();
      other.send(announce(HASH, 2, 5));
      other.receive();

      assertEquals(1, tracker.stats().ipv6());
      assertEquals(1, tracker.stats().ipv4());
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
        UnreadSocket deaf = new UnreadSocket(tracker.port())) {
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
