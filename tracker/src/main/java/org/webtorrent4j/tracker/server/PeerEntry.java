package org.webtorrent4j.tracker.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.webtorrent4j.metainfo.PeerId;

/** A peer of a swarm. Guarded by the lock of the {@link SwarmTable}. */
final class PeerEntry {
  final Object key;
  final PeerId peerId;
  final PeerKind kind;
  final InetSocketAddress endpoint;
  final boolean isSeed;
  final long lastSeen;

  /** Its place in its {@link PeerBag}. */
  int index;

  PeerEntry(PeerAnnounce announce, long nanoTime) {
    this.key = announce.key();
    this.peerId = announce.peerId();
    this.kind = announce.kind();
    this.endpoint = announce.endpoint();
    this.isSeed = announce.isSeed();
    this.lastSeen = nanoTime;
  }

  InetAddress address() {
    return endpoint.getAddress();
  }

  boolean isIpv6() {
    return address() instanceof Inet6Address;
  }
}
