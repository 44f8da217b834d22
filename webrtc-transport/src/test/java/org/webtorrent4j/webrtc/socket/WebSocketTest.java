package org.webtorrent4j.webrtc.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webtorrent4j.webrtc.socket.ScriptedServer.Frame;

/** Messages, control frames and the end of sockets, against a server on loopback. */
@Timeout(120)
class WebSocketTest extends SocketFixture {
  private static final String EURO = "{\"price\":\"5 \u20ac\"}";

  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

  private Frame frame() throws InterruptedException {
    return Objects.requireNonNull(frames.poll(20, TimeUnit.SECONDS), "no frame");
  }

  private void collectFrames(ScriptedServer.Peer peer) throws Exception {
    while (true) {
      frames.add(peer.readFrame());
    }
  }

  @Test
  void messagesGoBothWays() throws Exception {
    WebSocket client = connected(peer -> peer.text("you said " + peer.readText()));

    client.send(EURO);

    await(() -> !events.messages.isEmpty());
    assertEquals(List.of("you said " + EURO), events.messages);
  }

  @Test
  void longMessagesGoInMaskedPartsOfLessThan16KiB() throws Exception {
    WebSocket client = connected(this::collectFrames);
    String text = "\u00e9".repeat(20_000); // 40,000 bytes

    client.send(text);

    StringBuilder lengths = new StringBuilder();
    byte[] received = new byte[40_000];
    int position = 0;
    for (boolean isFinal = false; !isFinal; ) {
      Frame frame = frame();
      assertTrue(frame.isMasked());
      assertEquals(position == 0 ? Opcode.TEXT : Opcode.CONTINUATION, frame.opcode());
      System.arraycopy(frame.payload(), 0, received, position, frame.payload().length);
      position += frame.payload().length;
      lengths.append(frame.payload().length).append(' ');
      isFinal = frame.isFinal();
    }
    assertEquals("16000 16000 8000 ", lengths.toString());
    assertEquals(text, new String(received, UTF_8));
  }

  @Test
  void partsArePutTogetherAcrossControlFrames() throws Exception {
    connected(
        peer -> {
          byte[] bytes = EURO.getBytes(UTF_8);
          for (int i = 0; i < bytes.length; i++) {
            boolean isLast = i == bytes.length - 1;
            peer.frame(i == 0 ? Opcode.TEXT : Opcode.CONTINUATION, isLast, new byte[] {bytes[i]});
            peer.frame(Opcode.PING, true, new byte[] {(byte) i});
            peer.frame(Opcode.PONG, true, new byte[0]);
          }
          peer.awaitEnd();
        });

    await(() -> !events.messages.isEmpty());
    assertEquals(List.of(EURO), events.messages);
  }

  @Test
  void binaryIsTextWhateverItIs() throws Exception {
    connected(
        peer -> {
          peer.frame(Opcode.BINARY, true, EURO.getBytes(UTF_8));
          peer.frame(Opcode.BINARY, true, new byte[] {'a', (byte) 0xff, 'b'});
          peer.frame(Opcode.TEXT, true, new byte[0]);
          peer.awaitEnd();
        });

    await(() -> events.messages.size() == 3);
    assertEquals(List.of(EURO, "a\ufffdb", ""), events.messages);
  }

  @Test
  void largestMessageArrives() throws Exception {
    String text = "x".repeat(FrameReader.MAX_MESSAGE);
    connected(
        peer -> {
          peer.text(text);
          peer.awaitEnd();
        });

    await(() -> !events.messages.isEmpty());
    assertEquals(text, events.messages.get(0));
  }

  @Test
  void pingsAreAnsweredWithTheirPayload() throws Exception {
    connected(
        peer -> {
          peer.frame(Opcode.PING, true, new byte[] {1, 2, 3});
          collectFrames(peer);
        });

    Frame pong = frame();

    assertEquals(Opcode.PONG, pong.opcode());
    assertArrayEquals(new byte[] {1, 2, 3}, pong.payload());
  }

  @Test
  void pingBringsASignOfLife() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    WebSocket client =
        connected(
            peer -> {
              assertEquals(Opcode.PING, peer.readFrame().opcode());
              peer.frame(Opcode.PONG, true, new byte[0]);
              answered.countDown();
              peer.awaitEnd();
            });
    assertFalse(client.hasHeard());

    client.ping();

    assertTrue(answered.await(20, TimeUnit.SECONDS));
    Awaitility.await().pollInSameThread().until(client::hasHeard);
    assertFalse(client.hasHeard());
  }

  @Test
  void serverThatClosesIsAnsweredAndQuoted() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    connected(
        peer -> {
          peer.frame(Opcode.CLOSE, true, "\u0003\u00e9going\u001baway".getBytes(ISO_8859_1));
          frames.add(peer.readFrame());
          peer.awaitEnd();
          ended.countDown();
        });

    assertEquals("the tracker closed the connection (1001 going away)", failure());
    assertEquals(Opcode.CLOSE, frame().opcode());
    assertTrue(ended.await(20, TimeUnit.SECONDS));
  }

  @Test
  void serverThatVanishesIsNoticed() throws Exception {
    connected(peer -> {});

    assertEquals("the tracker closed the connection", failure());
  }

  @Test
  void closingSendsWhatWaitsAndSaysGoodbye() throws Exception {
    WebSocket client = connected(this::collectFrames);

    for (int i = 0; i < 100; i++) {
      client.send("message " + i);
    }
    client.close();
    client.send("too late");
    client.close();

    for (int i = 0; i < 100; i++) {
      assertEquals("message " + i, new String(frame().payload(), UTF_8));
    }
    Frame last = frame();
    assertEquals(Opcode.CLOSE, last.opcode());
    assertArrayEquals(new byte[] {3, (byte) 0xe8}, last.payload());
    assertTrue(sockets.awaitClosed(TimeUnit.SECONDS.toNanos(20)));
    loop.runReady();
    assertNull(events.cause);
  }

  @Test
  void closingDoesNotWaitForAServerThatDoesNotRead() throws Exception {
    WebSocket client = connected(peer -> new CountDownLatch(1).await());
    for (int i = 0; i < 30; i++) {
      client.send("x".repeat(100_000));
    }

    client.close();

    assertTrue(sockets.awaitClosed(TimeUnit.SECONDS.toNanos(20)));
  }

  @Test
  void serverThatDoesNotReadIsLeft() throws Exception {
    WebSocket client = connected(peer -> new CountDownLatch(1).await());

    for (int i = 0; i < 1000; i++) {
      client.send("x".repeat(100_000));
      assertTrue(client.queuedBytes() <= Outbox.MAX_BYTES);
    }

    assertEquals("the tracker does not read what it is sent", failure());
  }

  @Test
  void floodWaitsForTheLoop() throws Exception {
    int count = 2000;
    AtomicLong written = new AtomicLong();
    connected(
        peer -> {
          String text = "x".repeat(50_000);
          for (int i = 0; i < count; i++) {
            peer.text(text);
            written.incrementAndGet();
          }
          peer.awaitEnd();
        });

    // The loop does not run: all that was sent is in the buffers of the sockets or waits.
    List<Long> seen = new ArrayList<>(List.of(-1L));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              boolean isStuck = written.get() > 0 && seen.get(seen.size() - 1) == written.get();
              seen.add(written.get());
              return isStuck;
            });
    assertTrue(written.get() < count, "100 MB went into memory");

    await(() -> events.messages.size() == count);
  }

  @Test
  void nothingIsToldAfterClosing() throws Exception {
    WebSocket client = connected(peer -> peer.text("{}"));
    int messages = events.messages.size();
    IOException cause = events.cause;

    client.close();

    assertTrue(sockets.awaitClosed(TimeUnit.SECONDS.toNanos(20)));
    loop.runReady();
    assertEquals(messages, events.messages.size());
    assertEquals(cause, events.cause);
  }
}
