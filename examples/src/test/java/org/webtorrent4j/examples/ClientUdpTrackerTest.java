package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.tracker.TrackerStatus;

/** Clients that find each other by a UDP tracker on loopback. */
@Timeout(60)
class ClientUdpTrackerTest {
  private static final int STARTED = 2;
  private static final int STOPPED = 3;

  @TempDir Path temp;

  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
  private final List<Integer> events = new CopyOnWriteArrayList<>();

  private Client client(String directory, String tracker) throws IOException {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of(tracker))
            .directory(Files.createDirectories(temp.resolve(directory)))
            .build());
  }

  @Test
  void leechFindsTheSeed() throws Exception {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(temp.resolve("film.bin"), bytes);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
      serve(socket);
      String url = "udp://127.0.0.1:" + socket.getLocalPort() + "/announce";
      try (Client seed = client("seed", url);
          Client leech = client("leech", url)) {
        Torrent source = seed.seed(file, SeedOptions.defaults());
        while (!ports.contains(seed.port())) {
          Thread.sleep(10);
        }

        Torrent torrent = leech.add(source.magnet(), AddOptions.defaults());
        torrent.awaitComplete(Duration.ofSeconds(30));

        assertEquals(-1, Files.mismatch(file, temp.resolve("leech/film.bin")));
        TrackerStatus status = torrent.trackers().get(0);
        while (status.state() == TrackerStatus.State.ANNOUNCING) { // that it is complete
          Thread.sleep(10);
          status = torrent.trackers().get(0);
        }
        assertEquals(url, status.url());
        assertEquals(TrackerStatus.State.WORKING, status.state());
      }
      assertEquals(List.of(STARTED, STARTED), events.subList(0, 2));
      assertEquals(2, events.stream().filter(event -> event == STOPPED).count());
      assertFalse(ports.isEmpty());
    }
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("wt-loop")));
  }

  private void serve(DatagramSocket socket) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                  socket.receive(packet);
                  byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                  byte[] reply = reply(ByteBuffer.wrap(question));
                  socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
              } catch (IOException e) {
                // The test has closed the socket.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Connects everybody; tells everybody of everybody. */
  private byte[] reply(ByteBuffer question) {
    int action = question.getInt(8);
    ByteBuffer reply = ByteBuffer.allocate(1000);
    reply.putInt(action).putInt(question.getInt(12));
    if (action == 0) {
      reply.putLong(1);
    } else {
      events.add(question.getInt(80));
      ports.add(question.getShort(96) & 0xffff);
      reply.putInt(1800).putInt(0).putInt(ports.size());
      ports.forEach(port -> reply.put(new byte[] {127, 0, 0, 1}).putShort(port.shortValue()));
    }
    return Arrays.copyOf(reply.array(), reply.position());
  }
}
