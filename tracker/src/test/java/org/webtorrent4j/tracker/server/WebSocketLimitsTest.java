package org.webtorrent4j.tracker.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.tracker.server.Messages.HASH;
import static org.webtorrent4j.tracker.server.Messages.announce;
import static org.webtorrent4j.tracker.server.Messages.offer;
import static org.webtorrent4j.tracker.server.Messages.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a WebSocket may not do, and what it may do however often. */
class WebSocketLimitsTest {
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

  @Test
  void tooLongMessagesCloseTheSocket() throws InterruptedException {
    try (ScriptedSocket client = open();
        ScriptedSocket fragments = open();
        ScriptedSocket other = open()) {
      fragments.sendFragment("x".repeat(64 << 10), false);
      // What is too much comes in one piece: were some of it unread when the tracker closes, the
      // system would break the connection, and the close code might be lost.
      fragments.sendFragment("x", false);
      assertEquals(1009, fragments.closeCode());
      try {
        client.send("{\"x\":\"" + "x".repeat(80 << 10) + "\"}");
      } catch (CompletionException e) {
        // closed before all of it was sent
      }

      await().until(() -> tracker.stats().sockets() == 1);
      other.send(announce(HASH, 1, 5));
      assertEquals(1, other.receive().get("incomplete").getAsInt());
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
  void busySocketsDoNotStarveOthers() throws InterruptedException {
    restart(WebSocketOptions.builder().maxMessagesPerSecond(1_000_000));
    List<Thread> busy = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int peer = i;
      UnreadSocket socket = new UnreadSocket(tracker.port(), 1 << 20);
      busy.add(new Thread(socket::drain));
      busy.add(new Thread(() -> announceForever(socket, peer)));
    }
    busy.forEach(Thread::start);
    try (ScriptedSocket client = open()) {
      for (int i = 0; i < 10; i++) {
        client.send(announce(HASH, 99, 5));
        assertEquals(HASH, text(client.receive(), "info_hash"));
      }
    } finally {
      tracker.close(); // which ends the others
      for (Thread thread : busy) {
        thread.join();
      }
    }
  }

  private static void announceForever(UnreadSocket socket, int peer) {
    try (socket) {
      while (true) {
        socket.send(announce("b".repeat(20), peer, 0));
      }
    } catch (UncheckedIOException e) {
      // closed by the tracker
    }
  }

  @Test
  void whoDoesNotReadIsCutOff() throws InterruptedException {
    try (ScriptedSocket sender = open();
        UnreadSocket deaf = new UnreadSocket(tracker.port(), 8 << 10)) {
      deaf.send(announce(HASH, 1, 5));
      await().until(() -> tracker.stats().peers() == 1);
      String sdp = "x".repeat(60 << 10);
      for (int i = 0; i < 500; i++) {
        sender.send(announce(HASH, 2, 5, offer("%020d".formatted(i)).replace("v=0", sdp)));
        sender.receive();
      }
      tracker.tick();
      assertEquals(2, tracker.stats().sockets());

      await().until(() -> socketsAfterTick() == 1); // the system may still take a little
      await().until(() -> tracker.stats().peers() == 1);
    }
  }

  private int socketsAfterTick() {
    tracker.tick();
    return tracker.stats().sockets();
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
      ScriptedSocket.open(url, header, "nobody").close();
      one.send(announce(HASH, 1, 5));
      one.receive();
      other.send(announce(HASH, 2, 5));
      other.receive();

      assertEquals(1, tracker.stats().ipv6());
      assertEquals(1, tracker.stats().ipv4());
    }
  }
}
