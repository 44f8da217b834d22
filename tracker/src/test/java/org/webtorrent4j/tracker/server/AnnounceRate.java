package org.webtorrent4j.tracker.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Measures announces a second over loopback, clients and tracker in one JVM; not a test. Prints one
 * line for each protocol.
 */
final class AnnounceRate {
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final int CLIENTS = 8;
  private static final int TORRENTS = 1000;
  private static final String SDP = "v=0\\r\\n" + "a=candidate ".repeat(80);

  private AnnounceRate() {}

  public static void main(String[] args) throws Exception {
    TrackerOptions options =
        TrackerOptions.builder()
            .bindAddress(InetAddress.getLoopbackAddress())
            .webSocket(WebSocketOptions.builder().maxMessagesPerSecond(1_000_000).build())
            .build();
    try (TrackerServer tracker = TrackerServer.start(options)) {
      List<Thread> threads = start(number -> announceByUdp(tracker.port(), number));
      measure("udp", tracker);
      threads.forEach(Thread::interrupt);
    }
    for (int offers : new int[] {0, 5}) {
      try (TrackerServer tracker = TrackerServer.start(options)) {
        List<Thread> threads = start(number -> announceByWebSocket(tracker.port(), number, offers));
        measure("websocket, " + offers + " offers", tracker);
        threads.forEach(Thread::interrupt);
      }
    }
  }

  private static List<Thread> start(IntConsumer client) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      Thread thread = new Thread(() -> client.accept(number), "client-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private static void measure(String what, TrackerServer tracker) throws InterruptedException {
    Thread.sleep(WARM_UP.toMillis());
    TrackerStats before = tracker.stats();
    Thread.sleep(TIME.toMillis());
    TrackerStats after = tracker.stats();
    double seconds = TIME.toNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    System.out.printf(
        "%s: %.0f announces/s, %.0f offers/s, %d torrents, %d peers%n",
        what,
        (after.announces() - before.announces()) / seconds,
        (after.offers() - before.offers()) / seconds,
        after.torrents(),
        after.peers());
  }

  private static void announceByUdp(int port, int number) {
    ByteBuffer packet = ByteBuffer.allocate(98);
    ByteBuffer reply = ByteBuffer.allocateDirect(2048);
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      packet.putLong(0x41727101980L).putInt(0).putInt(1).flip();
      channel.write(packet);
      channel.read(reply);
      long connection = reply.getLong(8);
      for (int i = 0; ; i++) {
        packet.clear().putLong(connection).putInt(1).putInt(i);
        packet.putLong(0).putLong(0).putInt(i % TORRENTS); // of the info hash
        packet.put("-XX0001-%012d".formatted(number).getBytes(StandardCharsets.US_ASCII));
        packet.putLong(0).putLong(number % 2).putLong(0).putInt(0).putInt(0).putInt(0);
        packet.putInt(-1).putShort((short) (7000 + number));
        channel.write(packet.flip());
        channel.read(reply.clear());
      }
    } catch (IOException e) {
      // interrupted: the time is over
    }
  }

  /** Sends announces as fast as the tracker takes them, and throws away what comes back. */
  private static void announceByWebSocket(int port, int number, int offerCount) {
    StringBuilder offers = new StringBuilder();
    for (int i = 0; i < offerCount; i++) {
      offers
          .append(i == 0 ? "" : ",")
          .append("{\"offer\":{\"type\":\"offer\",\"sdp\":\"" + SDP + "\"},\"offer_id\":\"")
          .append("%019d%d\"}".formatted(number, i));
    }
    try (UnreadSocket socket = new UnreadSocket(port, 1 << 20)) {
      Thread reader = new Thread(socket::drain, "reader");
      reader.setDaemon(true);
      reader.start();
      for (int i = 0; !Thread.interrupted(); i++) {
        String text =
            """
            {"numwant":5,"uploaded":0,"downloaded":0,"left":%d,"action":"announce",\
            "info_hash":"%020d","peer_id":"-XX0001-%012d","offers":[%s]}"""
                .formatted(number % 2, i % TORRENTS, number, offers);
        socket.send(text);
      }
    } catch (UncheckedIOException e) {
      // the tracker is closed: the time is over
    }
  }
}
