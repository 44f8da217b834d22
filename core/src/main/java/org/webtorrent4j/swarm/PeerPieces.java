package org.webtorrent4j.swarm;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PiecePicker;
import org.webtorrent4j.wire.AllowedFast;

/**
 * What one peer has, as far as it said, and what it may have of ours. Peers of a magnet link speak
 * before the number of pieces is known; that is kept raw until it is. Confined to the event loop.
 */
final class PeerPieces {
  private static final int MAX_EARLY_PIECE = 1 << 21;
  private static final int MAX_ALLOWED_FAST = 100;
  private static final int OFFERED_FAST = 10;

  /** A peer says what it has once, after the handshake; some do it again. */
  private static final int MAX_REPLACEMENTS = 8;

  private static final int MIN_LOSSES = 100;
  private static final long REFUSAL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Peer peer;
  private final Swarm swarm;
  private @Nullable Bitfield has; // null while the metadata is unknown
  private boolean isShared; // has is the swarm's full set, which is not ours to change
  private BitSet refused = new BitSet(); // taken out of has for a while
  private long refusedNanos; // the last of them
  private int replacements;
  private long losses;
  private byte @Nullable [] earlyBitfield;
  private boolean earlyHaveAll;
  private @Nullable BitSet earlyHaves;
  private int untold = -1; // of what we have, from this piece on
  private int wantedHint = -1; // a piece that it has and we want, most likely
  private int[] allowedFast = {}; // to us, while it chokes us
  private int[] offeredFast = {}; // by us, while we choke it

  PeerPieces(Peer peer, Swarm swarm) {
    this.peer = peer;
    this.swarm = swarm;
  }

  Bitfield has() {
    if (has == null) {
      throw new IllegalStateException("the metadata is unknown");
    }
    return has;
  }

  boolean isSeed() {
    return has == null ? earlyHaveAll : has.isFull();
  }

  /** The part of the torrent that it has, from 0 to 1. */
  double progress() {
    return has == null ? (earlyHaveAll ? 1 : 0) : (double) has.cardinality() / has.size();
  }

  /** Whether it has something that we want. */
  boolean hasWanted() {
    PiecePicker picker = swarm.picker();
    if (picker == null || has == null) {
      return false;
    }
    if (wantedHint < 0 || !picker.isWanted(wantedHint) || !has.get(wantedHint)) {
      wantedHint = picker.anyWanted(has, Math.max(0, wantedHint));
    }
    return wantedHint >= 0;
  }

  /** Says what we have. */
  void sendOurs() {
    Bitfield ours = swarm.have();
    if (ours != null && ours.isFull() && peer.isFast()) {
      peer.output().haveAll();
    } else if (ours != null && !ours.isEmpty()) {
      peer.output().bitfield(ours.toBytes());
    } else if (peer.isFast()) {
      peer.output().haveNone();
    }
  }

  /** There are pieces now that it was not told of: it is, as it reads. */
  void introduce() {
    untold = 0;
    peer.flushSoon();
  }

  /** Goes on with what it was not told yet; whether something is left. */
  boolean tell() {
    Bitfield ours = swarm.have();
    while (untold >= 0 && ours != null && peer.hasRoom()) {
      int piece = ours.nextSet(untold);
      untold = piece < 0 ? -1 : piece + 1;
      if (piece >= 0) {
        peer.output().have(piece);
      }
    }
    return untold >= 0 && ours != null;
  }

  /** The number of pieces is known now: what was said before is checked and taken in. */
  void onMetadata() throws ProtocolException {
    has = new Bitfield(swarm.layout().pieceCount());
    if (earlyHaveAll) {
      onHaveAll();
    } else if (earlyBitfield != null) {
      onBitfield(earlyBitfield);
    }
    BitSet haves = earlyHaves;
    earlyBitfield = null;
    earlyHaves = null;
    for (int piece = haves == null ? -1 : haves.nextSetBit(0); haves != null && piece >= 0; ) {
      onHave(piece);
      piece = haves.nextSetBit(piece + 1);
    }
    allowedFast = Arrays.stream(allowedFast).filter(p -> p < swarm.layout().pieceCount()).toArray();
  }

  void onHave(int piece) throws ProtocolException {
    if (has == null) {
      if (piece >= MAX_EARLY_PIECE) {
        throw new ProtocolException("have " + piece + " of a torrent with unknown pieces");
      }
      earlyHaves = earlyHaves == null ? new BitSet() : earlyHaves;
      earlyHaves.set(piece);
      return;
    }
    if (piece >= has.size()) {
      throw new ProtocolException("have " + piece + " of " + has.size() + " pieces");
    }
    if (has.get(piece)) {
      return;
    }
    add(piece);
  }

  private void add(int piece) {
    has().set(piece);
    PiecePicker picker = swarm.picker();
    if (picker != null) {
      picker.onPeerHas(piece);
      if (picker.isWanted(piece)) {
        peer.updateInterest();
        peer.refillSoon();
      }
    }
    if (has().isFull()) {
      swarm.onSeedFound(peer);
    }
  }

  void onBitfield(byte[] bits) throws ProtocolException {
    if (has == null) {
      earlyBitfield = bits;
      earlyHaveAll = false;
      return;
    }
    Bitfield said;
    try {
      said = Bitfield.ofBytes(bits, has.size());
    } catch (IllegalArgumentException e) {
      throw new ProtocolException(e.getMessage());
    }
    replace(said);
  }

  void onHaveAll() throws ProtocolException {
    if (has == null) {
      earlyHaveAll = true;
      earlyBitfield = null;
    } else {
      replace(swarm.full());
    }
  }

  void onHaveNone() throws ProtocolException {
    if (has == null) {
      earlyHaveAll = false;
      earlyBitfield = null;
      earlyHaves = null;
    } else {
      replace(new Bitfield(has.size()));
    }
  }

  /** It lost a piece (BEP 54). */
  void onLost(int piece) throws ProtocolException {
    if (has == null) {
      if (earlyHaves != null) {
        earlyHaves.clear(piece);
      }
      return;
    }
    refused.clear(piece); // so that is why
    if (piece >= has.size() || !has.get(piece)) {
      return;
    }
    if (++losses > 2L * has.size() + MIN_LOSSES) {
      throw new ProtocolException("lost " + losses + " of " + has.size() + " pieces");
    }
    remove(piece);
    Downloader downloader = swarm.downloader();
    if (downloader != null) {
      downloader.onPieceLost(peer, piece);
    }
  }

  private void remove(int piece) {
    ownSet().clear(piece);
    PiecePicker picker = swarm.picker();
    if (picker != null) {
      picker.onPeerLost(piece);
    }
    peer.updateInterest();
  }

  /**
   * What it has, to be changed. That of a seed is shared, and only the number of seeds is counted;
   * from now on this one's pieces are counted one by one, even if it gets all of them again: to go
   * to and fro would take a look at all pieces each time.
   */
  private Bitfield ownSet() {
    if (isShared) {
      countOut();
      has = new Bitfield(has());
      isShared = false;
      countIn();
    }
    return has();
  }

  // ---- what it has, but does not give

  /**
   * It has rejected a request for a piece although it does not choke us: that rests for a while.
   *
   * @return false if it does already
   */
  boolean onRefused(int piece) {
    if (has == null || !has.get(piece)) {
      return false;
    }
    remove(piece);
    refused.set(piece);
    refusedNanos = peer.nanoTime();
    return true;
  }

  /** Called twice a second: what it refused some time ago it may be asked for again. */
  void tick(long nanoTime) {
    if (!refused.isEmpty() && nanoTime - refusedNanos > REFUSAL_NANOS) {
      BitSet again = refused;
      refused = new BitSet();
      for (int piece = again.nextSetBit(0); piece >= 0; piece = again.nextSetBit(piece + 1)) {
        if (!has().get(piece)) {
          add(piece);
        }
      }
    }
  }

  // ---- what it may have although we or it choke

  void onAllowedFast(int piece) {
    boolean isInRange = has == null ? piece < MAX_EARLY_PIECE : piece < has.size();
    if (isInRange && allowedFast.length < MAX_ALLOWED_FAST && !allowsFast(piece)) {
      allowedFast = append(allowedFast, piece);
    }
  }

  /** It rejected a request although it chokes us: it does not allow that piece (any more). */
  void onFastRefused(int piece) {
    if (allowsFast(piece)) {
      allowedFast = Arrays.stream(allowedFast).filter(allowed -> allowed != piece).toArray();
    }
  }

  boolean allowsFast(int piece) {
    return contains(allowedFast, piece);
  }

  int[] allowedFast() {
    return allowedFast;
  }

  /** Lets a peer that has next to nothing begin with a few pieces although it is choked (BEP 6). */
  void offerAllowedFast() {
    InetSocketAddress address = peer.socketAddress();
    Bitfield ours = swarm.have();
    if (!peer.isFast()
        || address == null
        || ours == null
        || has == null
        || offeredFast.length > 0
        || !swarm.connections().affordsAllowedFast()
        || has.cardinality() >= OFFERED_FAST) {
      return;
    }
    int[] set =
        AllowedFast.pieces(address.getAddress(), swarm.infoHash(), has.size(), OFFERED_FAST);
    for (int piece : set) {
      if (ours.get(piece)) {
        offeredFast = append(offeredFast, piece);
        peer.output().allowedFast(piece);
      }
    }
    peer.flushSoon();
  }

  /** Whether we serve it a piece although we choke it. */
  boolean isOfferedFast(int piece) {
    return contains(offeredFast, piece);
  }

  void onClosed() {
    countOut();
  }

  /** The last word counts: earlier ones are taken back. It takes a look at all pieces. */
  private void replace(Bitfield said) throws ProtocolException {
    if (++replacements > MAX_REPLACEMENTS) {
      throw new ProtocolException("said " + MAX_REPLACEMENTS + " times what it has");
    }
    countOut();
    refused.clear();
    isShared = said.isFull();
    has = isShared ? swarm.full() : said;
    countIn();
    peer.updateInterest();
    peer.refillSoon();
    if (isShared) {
      swarm.onSeedFound(peer);
    }
  }

  private void countIn() {
    PiecePicker picker = swarm.picker();
    if (picker != null && isShared) {
      picker.onSeedJoined();
    } else if (picker != null) {
      picker.onPeerJoined(has());
    }
  }

  private void countOut() {
    PiecePicker picker = swarm.picker();
    if (picker != null && has != null && isShared) {
      picker.onSeedGone();
    } else if (picker != null && has != null) {
      picker.onPeerGone(has);
    }
  }

  private static int[] append(int[] values, int value) {
    int[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = value;
    return longer;
  }

  private static boolean contains(int[] values, int value) {
    for (int candidate : values) {
      if (candidate == value) {
        return true;
      }
    }
    return false;
  }
}
