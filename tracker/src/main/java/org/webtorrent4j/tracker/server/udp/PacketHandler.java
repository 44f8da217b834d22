package org.webtorrent4j.tracker.server.udp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.server.swarm.KnownPeer;
import org.webtorrent4j.tracker.server.swarm.PeerAnnounce;
import org.webtorrent4j.tracker.server.swarm.Refusal;
import org.webtorrent4j.tracker.server.swarm.RequestCounter;
import org.webtorrent4j.tracker.server.swarm.SwarmCounts;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/**
 * Answers packets (BEP 15): bytes in, bytes out. Whoever has not proved by a connection id that it
 * receives answers gets none that is longer than its question. Longer packets than need be are
 * served alike, so the options of BEP 41 are ignored: every path leads to the same swarms. For one
 * thread.
 *
 * <pre>
 * connect   8 protocol, 4 action 0, 4 transaction
 * announce  8 connection, 4 action 1, 4 transaction, 20 info hash, 20 peer id, 8 downloaded, 8 left,
 *           8 uploaded, 4 event, 4 address, 4 key, 4 wanted, 2 port
 * scrape    8 connection, 4 action 2, 4 transaction, 20 info hash ...
 * </pre>
 */
final class PacketHandler {
  /** What surely passes every IPv6 link in one piece: 1280 bytes less 48 of headers. */
  static final int MAX_REPLY = 1232;

  private static final long PROTOCOL = 0x41727101980L;
  private static final int CONNECT = 0;
  private static final int ANNOUNCE = 1;
  private static final int SCRAPE = 2;
  private static final int ERROR = 3;

  private static final int HEAD = 16;
  private static final int ANNOUNCE_LENGTH = 98;
  private static final int ANNOUNCE_REPLY = 20;
  private static final int DEFAULT_WANTED = 50;
  private static final int MAX_SCRAPED = 74;

  private final SwarmTable swarms;
  private final Duration interval;
  private final ConnectionIds connectionIds;
  private final RequestCounter requests = new RequestCounter();

  PacketHandler(SwarmTable swarms, Duration interval, ConnectionIds connectionIds) {
    this.swarms = swarms;
    this.interval = interval;
    this.connectionIds = connectionIds;
  }

  RequestCounter requests() {
    return requests;
  }

  /**
   * Answers a packet.
   *
   * @param packet its bytes, big-endian
   * @param reply takes the answer, which is as long as what it was advanced by; none for nothing
   */
  void handle(ByteBuffer packet, InetSocketAddress client, long nanoTime, ByteBuffer reply) {
    if (packet.remaining() < HEAD) {
      return;
    }
    long connection = packet.getLong();
    int action = packet.getInt();
    int transaction = packet.getInt();
    InetAddress address = client.getAddress();
    if (action == CONNECT && connection == PROTOCOL) {
      reply.putInt(CONNECT).putInt(transaction);
      reply.putLong(connectionIds.create(address, nanoTime));
    } else if (connectionIds.isValid(connection, address, nanoTime)) {
      try {
        serve(action, transaction, packet, address, reply);
      } catch (Refusal e) {
        requests.refused();
        reply.clear().putInt(ERROR).putInt(transaction);
        reply.put(e.fault().getBytes(StandardCharsets.UTF_8));
      }
    } else {
      requests.refused();
    }
  }

  private void serve(
      int action, int transaction, ByteBuffer packet, InetAddress client, ByteBuffer reply)
      throws Refusal {
    reply.putInt(action).putInt(transaction);
    switch (action) {
      case ANNOUNCE -> {
        announce(packet, client, reply);
        requests.announced();
      }
      case SCRAPE -> {
        scrape(packet, reply);
        requests.scraped();
      }
      default -> throw new Refusal("action is none of connect, announce, scrape");
    }
  }

  private void announce(ByteBuffer packet, InetAddress client, ByteBuffer reply) throws Refusal {
    if (packet.remaining() < ANNOUNCE_LENGTH - HEAD) {
      throw new Refusal("announce is shorter than " + ANNOUNCE_LENGTH + " bytes");
    }
    byte[] id = new byte[PeerId.LENGTH];
    InfoHash infoHash = InfoHash.of(next(packet, id));
    PeerId peerId = PeerId.of(next(packet, id));
    packet.getLong(); // downloaded
    boolean isSeed = packet.getLong() == 0;
    packet.getLong(); // uploaded
    AnnounceEvent event = event(packet.getInt());
    packet.getInt(); // an address that the client claims to have
    packet.getInt(); // key
    int wanted = packet.getInt();
    int port = packet.getShort() & 0xffff; // 0: it is told of others, and they not of it
    SwarmTable.Answer answer =
        swarms.announce(
            new PeerAnnounce(
                infoHash,
                peerId,
                new InetSocketAddress(client, port),
                null,
                isSeed,
                event,
                wanted(wanted, client),
                PeerAnnounce.Family.SAME));
    reply.putInt((int) interval.toSeconds());
    reply.putInt(answer.counts().leeches()).putInt(answer.counts().seeds());
    for (KnownPeer peer : answer.peers()) {
      reply.put(peer.endpoint().getAddress().getAddress());
      reply.putShort((short) peer.endpoint().getPort());
    }
  }

  private static byte[] next(ByteBuffer packet, byte[] bytes) {
    packet.get(bytes);
    return bytes;
  }

  private static AnnounceEvent event(int number) {
    return switch (number) {
      case 1 -> AnnounceEvent.COMPLETED;
      case 2 -> AnnounceEvent.STARTED;
      case 3 -> AnnounceEvent.STOPPED;
      default -> AnnounceEvent.NONE; // 0, and 4 of clients that say paused
    };
  }

  private static int wanted(int wanted, InetAddress client) {
    int stride = client instanceof Inet6Address ? 18 : 6;
    int most = (MAX_REPLY - ANNOUNCE_REPLY) / stride;
    return Math.min(wanted < 0 ? DEFAULT_WANTED : wanted, most);
  }

  private void scrape(ByteBuffer packet, ByteBuffer reply) throws Refusal {
    byte[] id = new byte[InfoHash.V1_LENGTH];
    if (packet.remaining() < id.length) {
      throw new Refusal("scrape names no torrent");
    }
    for (int i = 0; i < MAX_SCRAPED && packet.remaining() >= id.length; i++) {
      SwarmCounts counts = swarms.scrape(InfoHash.of(next(packet, id))).orElse(SwarmCounts.NONE);
      reply.putInt(counts.seeds()).putInt(counts.completed()).putInt(counts.leeches());
    }
  }
}
