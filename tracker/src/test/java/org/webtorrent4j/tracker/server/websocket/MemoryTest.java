package org.webtorrent4j.tracker.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.server.http.TrustedProxies;
import org.webtorrent4j.tracker.server.swarm.PeerAnnounce;
import org.webtorrent4j.tracker.server.swarm.SwarmLimits;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** What an idle peer costs on the heap, besides its connection. */
class MemoryTest {
  private static final int PEERS = 100_000;

  /** The dearest peer has an address, a socket and a torrent that no other has. */
  private static final int MOST = 1280;

  private final SwarmTable swarms =
      new SwarmTable(
          new SwarmLimits(
              Duration.ofMinutes(20),
              Duration.ofMinutes(5),
              PEERS,
              PEERS,
              1000,
              1000,
              PEERS,
              PEERS,
              PEERS),
          () -> 0,
          new Random(3));
  private final Sockets sockets =
      new Sockets(
          new SocketLimits(
              Duration.ofMinutes(2),
              Duration.ofMinutes(5),
              20,
              PEERS,
              PEERS,
              1000,
              Set.of(),
              TrustedProxies.of(List.of())),
          swarms,
          () -> 0,
          new ScheduledExecutorScheduler("unused", true),
          Runnable::run);

  /** Jetty would hold them. */
  private final List<SignalSocket> open = new ArrayList<>(PEERS);

  /** All that Jetty would keep of a connection; what is sent is gone at once. */
  private final CoreSession session =
      (CoreSession)
          Proxy.newProxyInstance(
              CoreSession.class.getClassLoader(),
              new Class<?>[] {CoreSession.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("sendFrame") && arguments.length == 3) {
                  ((Callback) arguments[1]).succeeded();
                }
                return null;
              });

  private static byte[] id(int n) {
    return ByteBuffer.allocate(20).putInt(n * 31).putInt(n).array();
  }

  private static InetSocketAddress endpoint(int n) {
    try {
      byte[] address = ByteBuffer.allocate(4).putInt(0x0a000000 + n).array();
      return new InetSocketAddress(InetAddress.getByAddress(address), 6881);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void check(String what, long before) throws InterruptedException {
    long bytes = (usedHeap() - before) / PEERS;
    System.out.println(what + ": " + bytes + " bytes a peer");
    assertEquals(PEERS, swarms.counts().peers());
    assertTrue(bytes > 0 && bytes < MOST, what + ": " + bytes + " bytes a peer");
  }

  private void announceByHttpOrUdp(int torrent, int peer) {
    swarms.announce(
        new PeerAnnounce(
            InfoHash.of(id(torrent)),
            PeerId.of(id(peer)),
            endpoint(peer),
            null,
            peer % 2 == 0,
            AnnounceEvent.STARTED,
            0,
            PeerAnnounce.Family.ANY));
  }

  private static void announce(SignalSocket socket, int torrent, int peer) {
    String text =
        """
        {"numwant":5,"uploaded":0,"downloaded":0,"left":%d,"event":"started","action":"announce",
        "info_hash":"%020d","peer_id":"-XX0001-%012d","offers":[]}"""
            .formatted(peer % 2, torrent, peer);
    socket.onFrame(new Frame(OpCode.TEXT, text), Callback.NOOP);
  }

  private SignalSocket open(int peer) {
    SignalSocket socket = new SignalSocket(sockets, endpoint(peer));
    socket.onOpen(session, Callback.NOOP);
    return socket;
  }

  @ParameterizedTest
  @ValueSource(ints = {200, PEERS})
  void peersWithAnAddress(int torrents) throws InterruptedException {
    announceByHttpOrUdp(0, 0);
    long before = usedHeap();

    for (int peer = 0; peer < PEERS; peer++) {
      announceByHttpOrUdp(peer % torrents, peer);
    }

    check("HTTP or UDP, " + torrents + " torrents", before);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, PEERS})
  void peersWithASocketOfTheirOwn(int torrents) throws InterruptedException {
    open.add(open(0));
    announce(open.get(0), 0, 0);
    long before = usedHeap();

    for (int peer = 1; peer < PEERS; peer++) {
      SignalSocket socket = open(peer);
      announce(socket, peer % torrents, peer);
      open.add(socket);
    }

    check("WebSocket, " + torrents + " torrents", before);
  }

  @Test
  void torrentsOfOneSocket() throws InterruptedException {
    SignalSocket socket = open(0);
    announce(socket, 0, 0);
    long before = usedHeap();

    for (int torrent = 1; torrent < PEERS; torrent++) {
      announce(socket, torrent, 0);
    }

    check("one WebSocket, " + PEERS + " torrents", before);
  }
}
