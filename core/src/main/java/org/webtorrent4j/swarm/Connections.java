package org.webtorrent4j.swarm;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.wire.Handshake;
import org.webtorrent4j.wire.WireOutput;

/**
 * The connections of one torrent: those in their handshake, the peers, the addresses to try next,
 * and who is served. Confined to the event loop.
 */
final class Connections implements Haves.Audience {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int SLOT_SECONDS = 5;
  private static final int ALLOWED_FAST_SECONDS = 10;

  private final Swarm swarm;
  private final Session session;
  private final SwarmListener listener;
  private final int limit;
  private final Admission admission;
  private final PeerList addresses = new PeerList();
  private final List<Peer> peers = new ArrayList<>();
  private final Set<Handshaker> handshakers = new HashSet<>();
  private final Choker choker;
  private int dialling;
  private long rechokedNanos;
  private boolean isFillDue;

  Connections(Swarm swarm, Session session, SwarmListener listener) {
    this.swarm = swarm;
    this.session = session;
    this.listener = listener;
    this.limit = session.limits().maxConnectionsPerTorrent();
    this.admission = new Admission(this, session);
    this.choker = new Choker(this::slots, session.random());
    this.rechokedNanos = session.nanoTime();
  }

  /** The connected peers; not to be changed. */
  List<Peer> peers() {
    return peers;
  }

  PeerList addresses() {
    return addresses;
  }

  int seeds() {
    int seeds = 0;
    for (Peer peer : peers) {
      seeds += peer.isSeed() ? 1 : 0;
    }
    return seeds;
  }

  /** Who becomes a peer, and who makes room for it. */
  Admission admission() {
    return admission;
  }

  boolean hasRoom() {
    return peers.size() + handshakers.size() + dialling < limit;
  }

  /** Whether there is nobody to look after. */
  boolean isIdle() {
    return peers.isEmpty() && handshakers.isEmpty() && dialling == 0;
  }

  @Override
  public int size() {
    return peers.size();
  }

  /** Tells each peer at once, so that the same few buffers serve for all of them. */
  @Override
  public void tell(int[] pieces) {
    for (int i = peers.size() - 1; i >= 0; i--) {
      peers.get(i).tellHaves(pieces);
    }
  }

  // ---- finding

  /** Learns of an address; a host name is resolved first. */
  void addAddress(InetSocketAddress address, PeerAddress.Source source) {
    if (address.isUnresolved()) {
      session.resolve(address, resolved -> addAddress(resolved, source));
    } else if (!session.isOurs(address)) {
      addresses.add(address, source, session.nanoTime());
      session.dialSoon(swarm);
    }
  }

  /** The address to dial now; null if there is none or no room. */
  @Nullable PeerAddress nextAddress(long nanoTime) {
    while (hasRoom()) {
      PeerAddress address = addresses.next(nanoTime);
      if (address == null) {
        return null;
      }
      if (!address.isConnected && !(swarm.isComplete() && address.isSeed)) {
        address.isConnected = true;
        dialling++;
        session.wake(swarm);
        return address;
      }
    }
    return null;
  }

  /** Dialling has ended, well or not. */
  void onDialled() {
    dialling--;
  }

  void onHandshaking(Handshaker handshaker) {
    handshakers.add(handshaker);
    session.wake(swarm);
  }

  void onHandshakeDone(Handshaker handshaker) {
    handshakers.remove(handshaker);
  }

  void onHandshakeFailed(Handshaker handshaker, @Nullable PeerAddress dialled) {
    handshakers.remove(handshaker);
    if (dialled != null) {
      addresses.onFailed(dialled, session.nanoTime());
    }
    session.dialSoon(swarm);
  }

  // ---- peers

  Peer add(
      Connection connection, Handshake handshake, @Nullable PeerAddress dialled, WireOutput out) {
    Peer peer = new Peer(swarm, connection, handshake, dialled, out);
    peers.add(peer);
    return peer;
  }

  /** Learns where an incoming peer listens. */
  @Nullable PeerAddress onListenAddress(InetSocketAddress address) {
    PeerAddress known = addresses.add(address, PeerAddress.Source.PEER, session.nanoTime());
    if (known == null || known.isConnected) {
      return null; // refused, or we are talking to it on another connection
    }
    addresses.onConnected(known);
    return known;
  }

  void onClosed(Peer peer) {
    peers.remove(peer);
    PeerAddress address = peer.address();
    if (address != null) {
      address.isSeed = peer.isSeed();
      if (peer.downloaded() + peer.uploaded() > 0) {
        addresses.onDisconnected(address, session.nanoTime());
      } else {
        addresses.onFailed(address, session.nanoTime());
      }
    }
    fillSlotsSoon();
  }

  void ban(Peer peer, String reason) {
    if (addresses.isBanned(peer.id())) {
      return; // for another block
    }
    LOG.debug("{} banned: {}", peer, reason);
    listener.onPeerBanned(peer.connection().remoteAddress(), reason);
    PeerAddress address = peer.address();
    addresses.ban(address != null ? address.address : peer.socketAddress(), peer.id());
    peer.close("banned: " + reason);
  }

  /** Tells those who came for the metadata what we have: from now on there are pieces. */
  void introduce() {
    for (Peer peer : List.copyOf(peers)) {
      peer.extensions().sendHandshake();
      peer.peerPieces().introduce();
      tellMetadata(peer);
    }
  }

  /** There are pieces now: what the peer has said of them may be wrong. */
  void tellMetadata(Peer peer) {
    try {
      peer.onMetadata();
    } catch (ProtocolException e) {
      peer.close(String.valueOf(e.getMessage()));
    }
  }

  /** Tells everybody whether we want anything (BEP 21). */
  void tellUploadOnly(boolean isUploadOnly) {
    for (Peer peer : peers) {
      peer.extensions().sendUploadOnly(isUploadOnly);
    }
  }

  void closeAll(String reason) {
    for (Peer peer : List.copyOf(peers)) {
      peer.close(reason);
    }
    for (Handshaker handshaker : List.copyOf(handshakers)) {
      handshaker.fail(reason);
    }
  }

  /** Two that have everything have nothing to say to each other. */
  void closeSeeds() {
    for (Peer peer : List.copyOf(peers)) {
      if (peer.isSeed()) {
        peer.close("both have everything");
      }
    }
  }

  // ---- choking

  /** So many peers are served at a time that each gets a block every few seconds. */
  private int slots() {
    long most = session.limits().unchokeSlots();
    return (int) Math.max(1, Math.min(most, blocksIn(SLOT_SECONDS)));
  }

  /** Whether peers can be offered blocks beside those that are served, and not wait for long. */
  boolean affordsAllowedFast() {
    return blocksIn(ALLOWED_FAST_SECONDS) >= peers.size();
  }

  private long blocksIn(int seconds) {
    double bytes = (double) swarm.traffic().uploads().fairBytesPerSecond() * seconds;
    return (long) (bytes / PieceLayout.BLOCK_LENGTH);
  }

  /** A slot may be free, or somebody wants one. */
  void fillSlotsSoon() {
    if (!isFillDue) {
      isFillDue = true;
      session.loop().atTurnEnd(this::fillSlots);
    }
  }

  private void fillSlots() {
    isFillDue = false;
    if (swarm.mayServe()) {
      choker.fill(peers, session.nanoTime());
    }
  }

  /** Called twice a second while there are peers. */
  void tick(long nanoTime) {
    for (int i = peers.size() - 1; i >= 0; i--) {
      if (i < peers.size()) {
        peers.get(i).tick(nanoTime);
      }
    }
    if (nanoTime - rechokedNanos >= Choker.INTERVAL_NANOS && swarm.mayServe()) {
      rechokedNanos = nanoTime;
      choker.rechoke(peers, swarm.isSeeding(), swarm.layout().pieceLength(), nanoTime);
    }
  }
}
