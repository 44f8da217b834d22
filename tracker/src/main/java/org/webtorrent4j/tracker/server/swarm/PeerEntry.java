package org.webtorrent4j.tracker.server.swarm;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.PeerId;

/** A peer of a swarm. Guarded by the lock of the {@link SwarmTable}. */
final class PeerEntry extends Held<PeerEntry> {
  final Swarm swarm;
  final PeerId peerId;
  private final Object key;
  final InetSocketAddress endpoint;
  final @Nullable Link link;
  final boolean isSeed;
  final long lastSeen;

  /** When it joined; the announces since then do not make it younger. */
  final long joined;

  /** Its place in its {@link PeerBag}. */
  int index;

  /** Its neighbours in its {@link Link}. */
  @Nullable PeerEntry before;

  @Nullable PeerEntry after;

  PeerEntry(Swarm swarm, PeerAnnounce announce, long joined, long nanoTime) {
    this.swarm = swarm;
    this.endpoint = announce.endpoint();
    this.link = announce.link();
    this.peerId = link == null ? announce.peerId() : link.shared(announce.peerId());
    this.key = link == null ? endpoint : new PeerAnnounce.OnLink(link, peerId);
    this.isSeed = announce.isSeed();
    this.joined = joined;
    this.lastSeen = nanoTime;
  }

  PeerKind kind() {
    return link == null ? PeerKind.ADDRESS : PeerKind.SIGNALLED;
  }

  Object key() {
    return key;
  }

  InetAddress address() {
    return endpoint.getAddress();
  }

  boolean isIpv6() {
    return address() instanceof Inet6Address;
  }
}
