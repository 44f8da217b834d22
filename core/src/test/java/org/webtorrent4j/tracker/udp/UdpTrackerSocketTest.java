package org.webtorrent4j.tracker.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.loop.SelectorLoop;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.net.LocalAddresses;

/** Real sockets, on loopback. */
class UdpTrackerSocketTest {
  private static final long CONNECTION_ID = 0x1122334455667788L;

  private final SelectorLoop loop;
  private final BlockingQueue<byte[]> asked = new LinkedBlockingQueue<>();

  UdpTrackerSocketTest() throws Exception {
    loop = SelectorLoop.open("test-loop");
  }

  @AfterEach
  void closeLoop() {
    loop.close();
  }

  @Test
  void trackerOfIpv4IsAsked() throws Exception {
    try (DatagramSocket server =
        new DatagramSocket(0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      serve(server);

      AnnounceResponse response = announce("udp://127.0.0.1:" + server.getLocalPort());

      assertEquals(List.of(new InetSocketAddress("10.0.0.1", 6881)), response.peers());
    }
    assertEquals(16, next().length);
    byte[] announce = next();
    assertEquals(98 + 2 + "/announce".length(), announce.length);
    assertEquals(CONNECTION_ID, ByteBuffer.wrap(announce).getLong());
  }

  @Test
  void trackerOfIpv6IsAsked() throws Exception {
    DatagramSocket opened;
    try {
      opened = new DatagramSocket(0, InetAddress.getAllByName("::1")[0]);
    } catch (SocketException e) {
      assumeTrue(false, "no IPv6 here");
      return;
    }
    try (DatagramSocket server = opened) {
      serve(server);

      AnnounceResponse response = announce("udp://[::1]:" + server.getLocalPort());

      assertEquals(List.of(new InetSocketAddress("2001:db8::1", 6881)), response.peers());
    }
  }

  private byte[] next() throws InterruptedException {
    byte[] packet = asked.poll(20, TimeUnit.SECONDS);
    assertTrue(packet != null, "no packet");
    return packet;
  }

  private AnnounceResponse announce(String server) throws Exception {
    UdpTrackerFactory factory =
        new UdpTrackerFactory(
            loop, task -> new Thread(task).start(), LocalAddresses.ANY, new SecureRandom());
    CompletableFuture<AnnounceResponse> result = new CompletableFuture<>();
    CompletableFuture<Tracker> made = new CompletableFuture<>();
    loop.execute(
        () -> {
          Tracker tracker = factory.create(URI.create(server + "/announce"));
          made.complete(tracker);
          tracker.announce(
              UdpTrackerFixture.request(AnnounceEvent.STARTED),
              new AnnounceHandler() {
                @Override
                public void onResponse(AnnounceResponse response) {
                  result.complete(response);
                }

                @Override
                public void onFailure(TrackerException cause) {
                  result.completeExceptionally(cause);
                }
              });
        });
    AnnounceResponse response = result.get(60, TimeUnit.SECONDS);
    loop.execute(made.get()::close);
    return response;
  }

  /** Answers until it is closed. */
  private void serve(DatagramSocket server) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                  server.receive(packet);
                  byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                  asked.add(bytes);
                  byte[] reply = reply(ByteBuffer.wrap(bytes), server.getLocalAddress());
                  server.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
              } catch (IOException e) {
                // The test has closed the socket.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static byte[] reply(ByteBuffer question, InetAddress self) {
    int action = question.getInt(8);
    int transactionId = question.getInt(12);
    ByteBuffer reply = ByteBuffer.allocate(100);
    reply.putInt(action).putInt(transactionId);
    if (action == UdpReply.CONNECT) {
      reply.putLong(CONNECTION_ID);
    } else {
      reply.putInt(1800).putInt(0).putInt(1);
      reply.put(
          self.getAddress().length == 4
              ? new byte[] {10, 0, 0, 1}
              : new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
      reply.putShort((short) 6881);
    }
    byte[] bytes = new byte[reply.position()];
    reply.flip().get(bytes);
    return bytes;
  }
}
