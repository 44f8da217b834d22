package org.webtorrent4j.tracker.server.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
  private static final long MAX_BYTES = Long.MAX_VALUE;

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
   * Reads the parameters.
   *
   * @param requester who asks; only a peer of this host may announce for another address
   * @throws Refusal if one is missing or wrong
   */
  static HttpAnnounce read(HttpQuery query, InetAddress requester) throws Refusal {
    InfoHash infoHash = InfoHash.of(query.bytes("info_hash", InfoHash.V1_LENGTH));
    PeerId peerId = PeerId.of(query.bytes("peer_id", PeerId.LENGTH));
    int port =
        (int) query.number("port", 1, 65535).orElseThrow(() -> new Refusal("port is missing"));
    query.number("uploaded", 0, MAX_BYTES);
    query.number("downloaded", 0, MAX_BYTES);
    // Who does not say how much is missing does not have everything.
    boolean isSeed = query.number("left", 0, MAX_BYTES).orElse(1) == 0;
    PeerAnnounce announce =
        new PeerAnnounce(
            infoHash,
            peerId,
            new InetSocketAddress(address(query, requester), port),
            null,
            isSeed,
            event(query),
            wanted(query),
            PeerAnnounce.Family.ANY);
    boolean isCompact = query.number("compact", 0, 1).orElse(0) == 1;
    boolean withPeerIds = query.number("no_peer_id", 0, 1).orElse(0) == 0;
    return new HttpAnnounce(announce, requester, isCompact, withPeerIds);
  }

  PeerAnnounce announce() {
    return announce;
  }

  private static InetAddress address(HttpQuery query, InetAddress requester) throws Refusal {
    Optional<String> ip = query.text("ip");
    if (ip.isEmpty() || ip.get().isEmpty() || !requester.isLoopbackAddress()) {
      return requester;
    }
    return AddressLiteral.parse(ip.get()).orElseThrow(() -> new Refusal("ip is not an address"));
  }

  private static AnnounceEvent event(HttpQuery query) throws Refusal {
    return switch (query.text("event").orElse("")) {
      case "started" -> AnnounceEvent.STARTED;
      case "completed" -> AnnounceEvent.COMPLETED;
      case "stopped" -> AnnounceEvent.STOPPED;
      case "", "empty", "update", "paused" -> AnnounceEvent.NONE;
      default -> throw new Refusal("event is none of started, completed, stopped");
    };
  }

  private static int wanted(HttpQuery query) throws Refusal {
    long wanted = query.number("numwant", Long.MIN_VALUE, Long.MAX_VALUE).orElse(DEFAULT_WANTED);
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
