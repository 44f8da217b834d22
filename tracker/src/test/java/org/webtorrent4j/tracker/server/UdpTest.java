package org.webtorrent4j.tracker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The tracker over a real UDP socket. */
class UdpTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String HASH = "h".repeat(20);

  private static TrackerOptions.Builder options() {
    return TrackerOptions.builder().bindAddress(LOOPBACK);
  }

  private static ByteBuffer ask(DatagramSocket socket, int port, byte[] packet) throws IOException {
    byte[] reply = new byte[2048];
    DatagramPacket received = new DatagramPacket(reply, reply.length);
    // On a busy machine a packet may be lost even here.
    for (int attempt = 1; ; attempt++) {
      try {
        socket.setSoTimeout(2000);
        socket.send(new DatagramPacket(packet, packet.length, LOOPBACK, port));
        socket.receive(received);
        return ByteBuffer.wrap(Arrays.copyOf(reply, received.getLength()));
      } catch (SocketTimeoutException e) {
        if (attempt == 5) {
          throw e;
        }
      }
    }
  }

  private static long connect(DatagramSocket socket, int port) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(16).putLong(0x41727101980L).putInt(0).putInt(7);
    ByteBuffer reply = ask(socket, port, packet.array());
    assertEquals(7, reply.getInt(4));
    return reply.getLong(8);
  }

  private static byte[] announce(long connection, String peerId, long left) {
    ByteBuffer packet = ByteBuffer.allocate(98).putLong(connection).putInt(1).putInt(8);
    packet.put(HASH.getBytes(StandardCharsets.ISO_8859_1));
    packet.put(peerId.getBytes(StandardCharsets.ISO_8859_1));
    packet.putLong(0).putLong(left).putLong(0).putInt(2).putInt(0).putInt(0).putInt(-1);
    return packet.putShort((short) 7000).array();
  }

  @Test
  void udpAndHttpPeersAreOneSwarmOnOnePort() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(options().build());
        DatagramSocket socket = new DatagramSocket();
        RawClient http = new RawClient(tracker.port())) {
      String id = "-XX0001-%012d";
      http.get("/announce?info_hash=" + HASH + "&peer_id=" + id.formatted(1) + "&port=7001&left=0");
      assertEquals(
          "udp://127.0.0.1:" + tracker.port() + "/announce", tracker.udpUrl().orElseThrow());

      long connection = connect(socket, tracker.port());
      ByteBuffer reply = ask(socket, tracker.port(), announce(connection, id.formatted(2), 5));

      assertEquals(26, reply.remaining());
      assertEquals(600, reply.getInt(8));
      assertEquals(1, reply.getInt(12));
      assertEquals(1, reply.getInt(16));
      assertEquals(7001, reply.getShort(24));
      assertEquals(1, tracker.stats().udp().announces());
      String body =
          http.get(
                  "/announce?info_hash="
                      + HASH
                      + "&peer_id="
                      + id.formatted(1)
                      + "&port=7001&left=0&no_peer_id=1")
              .body();
      assertTrue(body.contains("2:ip9:127.0.0.14:porti7000e"), body);
    }
  }

  @Test
  void udpMayHaveAPortOfItsOwnOrNone() throws IOException {
    int port;
    try (DatagramSocket free = new DatagramSocket(0, LOOPBACK)) {
      port = free.getLocalPort();
    }
    try (TrackerServer tracker = TrackerServer.start(options().udpPort(port).build())) {
      assertEquals("udp://127.0.0.1:" + port + "/announce", tracker.udpUrl().orElseThrow());
    }
    try (TrackerServer tracker = TrackerServer.start(options().udp(false).build())) {
      assertTrue(tracker.udpUrl().isEmpty());
      assertEquals(2, tracker.announceUrls().size());
    }
  }

  @Test
  void udpPortThatIsTakenIsAnError() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      TrackerOptions options = options().udpPort(taken.getLocalPort()).build();

      assertThrows(BindException.class, () -> TrackerServer.start(options));
    }
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("wt-tracker-udp")));
  }
}
