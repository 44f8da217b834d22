package org.webtorrent4j.tracker.server.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.webtorrent4j.bencode.BencodeWriter;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.server.swarm.KnownPeer;
import org.webtorrent4j.tracker.server.swarm.PeerAnnounce;
import org.webtorrent4j.tracker.server.swarm.Refusal;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** An announce by HTTP (BEP 3, 7, 23, 24), read from its parameters and answered in bencoding. */
final class HttpAnnounce {
  private static final int DEFAULT_WANTED = 50;
  private static final int MAX_WANTED = 82;
  private static final int MIN_INTERVAL_SHARE = 10;

  private final PeerAnnounce announce;
  private final InetAddress seenAt;
  private final boolean isCompact;
  private final boolean withPeerIds;

  private HttpAnnounce(
      PeerAnnounce announce, InetAddress seenAt, boolean isCompact, boolean withPeerIds) {
    this.announce = announce;
    this.seenAt = seenAt;
    this.isCompact = isCompact;
    this.withPeerIds = withPeerIds;
  }

  /**
   * Reads the parameters. Only what is needed to serve it can make it fail.
   *
   * @param believesIp whether a local peer may announce another address than its own
   * @throws Refusal if one is missing or wrong
   */
  static HttpAnnounce read(HttpQuery query, Requester requester, boolean believesIp)
      throws Refusal {
    InfoHash infoHash = InfoHash.of(query.bytes("info_hash", InfoHash.V1_LENGTH));
    PeerId peerId = PeerId.of(query.bytes("peer_id", PeerId.LENGTH));
    int port = port(query);
    InetAddress address =
        believesIp && requester.isLocal() ? address(query, requester) : requester.address();
    PeerAnnounce announce =
        new PeerAnnounce(
            infoHash,
            peerId,
            new InetSocketAddress(address, requester.isKnown() ? port : 0),
            null,
            // Who does not say how much is missing does not have everything.
            query.number("left").orElse(1) == 0,
            event(query),
            wanted(query),
            PeerAnnounce.Family.ANY);
    boolean isCompact = query.number("compact").orElse(0) == 1;
    boolean withPeerIds = query.number("no_peer_id").orElse(0) != 1;
    return new HttpAnnounce(announce, requester.address(), isCompact, withPeerIds);
  }

  PeerAnnounce announce() {
    return announce;
  }

  /** 0 for a peer that accepts no connections: it is told of others all the same. */
  private static int port(HttpQuery query) throws Refusal {
    if (query.value("port").isEmpty() || query.text("port").isEmpty()) {
      throw new Refusal("port is missing");
    }
    long port = query.number("port").orElseThrow(() -> new Refusal("port is not a number"));
    if (port < 0 || port > 65535) {
      throw new Refusal("port is out of range");
    }
    return (int) port;
  }

  private static InetAddress address(HttpQuery query, Requester requester) throws Refusal {
    String ip = query.text("ip");
    return ip.isEmpty()
        ? requester.address()
        : AddressLiteral.parse(ip).orElseThrow(() -> new Refusal("ip is not an address"));
  }

  /** What is none of the known ones is an announce like any other. */
  private static AnnounceEvent event(HttpQuery query) {
    return switch (query.text("event")) {
      case "started" -> AnnounceEvent.STARTED;
      case "completed" -> AnnounceEvent.COMPLETED;
      case "stopped" -> AnnounceEvent.STOPPED;
      default -> AnnounceEvent.NONE;
    };
  }

  private static int wanted(HttpQuery query) {
    long wanted = query.number("numwant").orElse(DEFAULT_WANTED);
    return wanted < 0 ? DEFAULT_WANTED : (int) Math.min(wanted, MAX_WANTED);
  }

  /** The answer as it goes out. */
  byte[] encode(SwarmTable.Answer answer, Duration interval) {
    long seconds = interval.toSeconds();
    BencodeWriter out = new BencodeWriter().beginDict();
    out.put("interval", seconds);
    out.put("min interval", Math.max(1, seconds / MIN_INTERVAL_SHARE));
    out.put("complete", answer.counts().seeds());
    out.put("incomplete", answer.counts().leeches());
    out.put("downloaded", answer.counts().completed());
    out.put("external ip", seenAt.getAddress());
    if (isCompact) {
      out.put("peers", compact(answer.peers(), false));
      out.put("peers6", compact(answer.peers(), true));
    } else {
      out.key("peers").beginList();
      answer.peers().forEach(peer -> list(peer, out));
      out.end();
    }
    return out.end().toByteArray();
  }

  private static byte[] compact(List<KnownPeer> peers, boolean isIpv6) {
    ByteBuffer bytes = ByteBuffer.allocate(peers.size() * 18);
    for (KnownPeer peer : peers) {
      InetAddress address = peer.endpoint().getAddress();
      if (isIpv6 != address instanceof Inet4Address) {
        bytes.put(address.getAddress()).putShort((short) peer.endpoint().getPort());
      }
    }
    byte[] used = new byte[bytes.position()];
    bytes.flip().get(used);
    return used;
  }

  private void list(KnownPeer peer, BencodeWriter out) {
    out.beginDict();
    out.put("ip", peer.endpoint().getAddress().getHostAddress());
    out.put("port", peer.endpoint().getPort());
    if (withPeerIds) {
      out.put("peer id", peer.peerId().bytes());
    }
    out.end();
  }
}
