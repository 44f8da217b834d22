package org.webtorrent4j.swarm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.net.Network;
import org.webtorrent4j.tracker.net.AddressRules;
import org.webtorrent4j.transport.Connection;

/**
 * Decides who becomes a peer of one torrent: an address of the internet gets a few places, of two
 * connections with a peer one stays, and when there is no place the most useless peer makes room.
 * Confined to the event loop.
 */
final class Admission {
  /** A connection with the same peer that was silent for so long gives way to a new one. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final String CHEAPEST_TRANSPORT = "tcp";

  private final Connections connections;
  private final Session session;
  private final int limit;
  private final int addressLimit;

  Admission(Connections connections, Session session) {
    this.connections = connections;
    this.session = session;
    this.limit = session.limits().maxConnectionsPerTorrent();
    this.addressLimit = session.limits().maxConnectionsPerAddress();
  }

  /** Whether a peer that a tracker names would be welcome and is not there. */
  boolean wouldAccept(PeerId id) {
    return (connections.hasRoom() || mostUseless() != null)
        && !id.equals(session.peerId())
        && !connections.addresses().isBanned(id)
        && connections.peers().stream().noneMatch(peer -> peer.id().equals(id));
  }

  /**
   * Makes a place for a peer: an older connection with it may be closed, or the most useless of
   * all.
   *
   * @return why the peer is not welcome; null if it is
   */
  @Nullable String admit(PeerId id, Connection connection) {
    if (id.equals(session.peerId())) {
      return "this is our own client";
    }
    if (connections.addresses().isBanned(id)) {
      return "peer is banned";
    }
    for (Peer peer : List.copyOf(connections.peers())) {
      if (peer.id().equals(id)) {
        if (!keepsNewer(peer, id, connection)) {
          return "connected with this peer already";
        }
        peer.close("replaced by a newer connection");
      }
    }
    if (isCrowded(connection)) {
      return "its address has " + addressLimit + " connections already";
    }
    if (connections.peers().size() >= limit && !closeMostUseless()) {
      return "the torrent has " + limit + " peers already";
    }
    return session.makeRoom() ? null : "the client has all the peers it may have";
  }

  /** The peer that could go first; null if all are of use, or may be yet. */
  @Nullable Peer mostUseless() {
    Peer worst = null;
    for (Peer peer : connections.peers()) {
      if (peer.isUseless() && (worst == null || peer.isMoreUselessThan(worst))) {
        worst = peer;
      }
    }
    return worst;
  }

  private boolean closeMostUseless() {
    Peer worst = mostUseless();
    if (worst != null) {
      worst.close("makes room for another peer");
    }
    return worst != null;
  }

  /** Whether the address of a connection has enough of them; on local networks nobody counts. */
  private boolean isCrowded(Connection connection) {
    InetAddress network = limitedNetwork(connection);
    if (network == null) {
      return false;
    }
    int count = 0;
    for (Peer peer : connections.peers()) {
      count += network.equals(network(peer.connection())) ? 1 : 0;
    }
    return count >= addressLimit;
  }

  /**
   * Both ends must drop the same connection: TCP stays rather than WebRTC, which costs several
   * times the CPU; of two alike the one that the greater id initiated stays. Anybody may know a
   * peer's id: without its address he does not take the place of one that is silent or busy.
   */
  private boolean keepsNewer(Peer peer, PeerId id, Connection newer) {
    Connection older = peer.connection();
    InetAddress network = network(older);
    boolean isAtHome = network != null && network.equals(network(newer));
    if (peer.silentNanos() > STALE_NANOS) {
      return isAtHome;
    }
    if (!newer.transport().equals(older.transport())) {
      return newer.transport().equals(CHEAPEST_TRANSPORT) && (isAtHome || !peer.isMoving());
    }
    if (newer.isIncoming() == older.isIncoming()) {
      return false;
    }
    boolean weAreGreater = session.peerId().compareTo(id) > 0;
    return weAreGreater != newer.isIncoming();
  }

  /** What counts as one address of the internet; null if its connections have no limit. */
  static @Nullable InetAddress limitedNetwork(Connection connection) {
    InetAddress network = network(connection);
    return network != null && AddressRules.isGlobal(network) ? network : null;
  }

  private static @Nullable InetAddress network(Connection connection) {
    return connection.remoteAddress() instanceof InetSocketAddress inet && !inet.isUnresolved()
        ? Network.of(inet.getAddress())
        : null;
  }
}
