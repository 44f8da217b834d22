package org.webtorrent4j.swarm;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.piece.PiecePicker;
import org.webtorrent4j.piece.PieceProgress;
import org.webtorrent4j.piece.ReadWindow;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.PieceBuffer;
import org.webtorrent4j.storage.TorrentStorage;

/**
 * Fetches the missing pieces of one torrent: keeps every peer's pipeline full, puts blocks
 * together, has pieces verified and stored, and finds out who sent bad ones. Exists only while
 * something is missing. Confined to the event loop.
 */
final class Downloader implements PiecePicker.Beginner, Memory.Owner {
  /** A peer that sent so many blocks nobody asked for has no excuse. */
  static final int MAX_UNREQUESTED_BLOCKS = 64;

  private final Swarm swarm;
  private final Info info;
  private final PieceLayout layout;
  private final TorrentStorage storage;
  private final DiskIo disk;
  private final PiecePicker picker;
  private final Blame blame;
  private final PiecesInMemory held;
  private int turn; // who is looked at first
  private boolean isRefillDue;
  private boolean isClosed;

  Downloader(Swarm swarm, Info info, PieceLayout layout, Bitfield had, TorrentStorage storage) {
    Session session = swarm.session();
    this.swarm = swarm;
    this.info = info;
    this.layout = layout;
    this.storage = storage;
    this.disk = session.disk();
    this.held = new PiecesInMemory(session.memory().join(this));
    this.picker = new PiecePicker(had, session.random(), this);
    this.blame = new Blame(swarm, disk, storage);
  }

  PiecePicker picker() {
    return picker;
  }

  // ---- memory

  @Override
  public @Nullable PieceProgress begin(int piece, boolean isUrgent) {
    PieceProgress progress = new PieceProgress(piece, layout.blockCount(piece));
    try {
      if (isClosed || !held.begin(progress, layout.length(piece), isUrgent, swarm.nanoTime())) {
        return null;
      }
    } catch (IOException e) {
      // Later: whoever asks for blocks is in the middle of it.
      swarm.session().loop().execute(() -> swarm.fail("cannot begin a piece", e));
      return null;
    }
    if (blame.isSuspect(piece)) {
      picker.isolate(progress);
    }
    return progress;
  }

  @Override
  public void onMemory() {
    refillAll();
  }

  @Override
  public void giveBackStalled(boolean isForOthers, long nanoTime) {
    held.stalled(isForOthers, nanoTime).forEach(this::drop);
  }

  /** Gives up what was received of a piece. */
  private void drop(PieceProgress progress) {
    for (Peer peer : swarm.connections().peers()) {
      giveUpPiece(peer, progress.piece(), true);
    }
    swarm.traffic().countWasted(receivedBytes(progress));
    picker.onFailed(progress.piece());
    held.release(progress);
  }

  private long receivedBytes(PieceProgress progress) {
    long sum = 0;
    for (int block = 0; block < progress.blockCount(); block++) {
      sum += progress.hasReceived(block) ? layout.blockLength(progress.piece(), block) : 0;
    }
    return sum;
  }

  // ---- asking

  /** Fills a peer's pipeline as far as the limits allow. */
  void refill(Peer peer) {
    PeerRequests requests = peer.requests();
    if (isClosed || requests == null || !peer.amInterested()) {
      return;
    }
    Share.OfPeer share = peer.downloadShare();
    int count = requests.missing();
    while (count > 0) {
      int allowed = Math.min(count, share.blocks());
      if (allowed == 0) {
        return; // it stands in line
      }
      int asked = ask(peer, requests, allowed);
      share.took(asked * PieceLayout.BLOCK_LENGTH);
      count = asked < allowed ? 0 : count - asked;
    }
  }

  private int ask(Peer peer, PeerRequests requests, int count) {
    return peer.isChokingUs() ? pickAllowedFast(peer, count) : picker.pick(requests, count);
  }

  private int pickAllowedFast(Peer peer, int count) {
    PeerRequests requests = peer.requests();
    int asked = 0;
    for (int piece : peer.allowedFast()) {
      if (requests != null && asked < count) {
        asked += picker.pickFrom(requests, piece, count - asked);
      }
    }
    return asked;
  }

  /** Something became free that some peer may be asked for: looks at all peers, once a turn. */
  void refillAllSoon() {
    if (!isRefillDue) {
      isRefillDue = true;
      swarm.session().loop().atTurnEnd(this::refillAll);
    }
  }

  private void refillAll() {
    isRefillDue = false;
    List<Peer> peers = swarm.connections().peers();
    turn++; // whoever comes first gets what is scarce
    for (int i = 0; i < peers.size(); i++) {
      Peer peer = peers.get(Math.floorMod(turn + i, peers.size()));
      refill(peer);
      peer.flushSoon();
    }
  }

  /** A reader went elsewhere and waits: what else is on its way can wait. */
  void onReaderJumped(ReadWindow window) {
    for (Peer peer : swarm.connections().peers()) {
      PeerRequests requests = peer.requests();
      if (requests != null) {
        makeWay(peer, requests, picker.canHelp(requests, window));
      }
    }
    refillAllSoon();
  }

  private void makeWay(Peer peer, PeerRequests requests, boolean canHelp) {
    for (int i = requests.outstanding() - 1; i >= 0; i--) {
      boolean isNeeded = picker.isInWindow(requests.progress(i).piece());
      if (isNeeded && requests.isWithdrawn(i)) {
        giveUp(peer, requests, i, false); // rather twice than late
      } else if (!isNeeded && canHelp) {
        requests.withdraw(i);
      }
    }
  }

  // ---- requests that will not be answered

  /** The peer chokes us. Without the fast extension its requests are void; with it, it rejects. */
  void onChoked(Peer peer) {
    PeerRequests requests = peer.requests();
    if (requests != null && !peer.isFast()) {
      giveUpAll(peer, requests, false);
    }
    if (requests != null) {
      picker.abandon(requests);
      refillAllSoon();
    }
  }

  /**
   * The peer will not send a block. That is nothing after a choke or a cancel, else it is not asked
   * for that piece for a while.
   *
   * @throws ProtocolException if it rejects much that it was not asked for
   */
  void onReject(Peer peer, int piece, int begin) throws ProtocolException {
    PeerRequests requests = peer.requests();
    int index = requests == null ? -1 : requests.find(piece, begin / PieceLayout.BLOCK_LENGTH);
    if (requests == null) {
      return;
    }
    if (index < 0) {
      if (!requests.takeForgiven() && requests.countUnrequestedReject() > PeerUploads.MAX_QUEUED) {
        throw new ProtocolException("rejects what nobody asked for");
      }
      return;
    }
    PieceProgress progress = requests.progress(index);
    int block = requests.block(index);
    boolean isWithdrawn = requests.isWithdrawn(index);
    requests.remove(index);
    peer.downloadShare().giveBack(PieceLayout.BLOCK_LENGTH);
    picker.onRequestLost(progress, block);
    if (peer.isChokingUs()) {
      peer.peerPieces().onFastRefused(piece);
    } else if (!isWithdrawn && !requests.takeForgiven()) { // or it answers what was given up
      if (peer.peerPieces().onRefused(piece) && requests.onRefused(peer.nanoTime())) {
        picker.abandon(requests);
      }
    }
    refillAllSoon();
  }

  /** The peer lost a piece (BEP 54). */
  void onPieceLost(Peer peer, int piece) {
    giveUpPiece(peer, piece, false);
  }

  private void giveUpPiece(Peer peer, int piece, boolean isCancelling) {
    PeerRequests requests = peer.requests();
    if (requests != null) {
      for (int i = requests.outstanding() - 1; i >= 0; i--) {
        if (requests.progress(i).piece() == piece) {
          giveUp(peer, requests, i, isCancelling);
        }
      }
      picker.abandon(requests); // or what it had begun of the piece would be asked of it again
      refillAllSoon();
    }
  }

  void onPeerGone(Peer peer) {
    PeerRequests requests = peer.requests();
    if (requests != null) {
      giveUpAll(peer, requests, false);
      picker.abandon(requests);
      refillAllSoon();
    }
  }

  /** Called twice a second for every peer. */
  void tick(Peer peer, long nanoTime) {
    PeerRequests requests = peer.requests();
    if (requests == null) {
      return;
    }
    requests.tick(peer.downloadRate());
    if (requests.isOverdue(nanoTime)) {
      if (!requests.isAllWithdrawn()) {
        requests.snub();
      }
      giveUpAll(peer, requests, true);
      picker.abandon(requests);
      refillAllSoon();
    }
    refill(peer);
  }

  private void giveUpAll(Peer peer, PeerRequests requests, boolean isCancelling) {
    for (int i = requests.outstanding() - 1; i >= 0; i--) {
      giveUp(peer, requests, i, isCancelling);
    }
  }

  private void giveUp(Peer peer, PeerRequests requests, int index, boolean isCancelling) {
    PieceProgress progress = requests.progress(index);
    int block = requests.block(index);
    boolean isToCancel = isCancelling && !requests.isWithdrawn(index);
    requests.remove(index);
    requests.forgive();
    peer.downloadShare().giveBack(PieceLayout.BLOCK_LENGTH); // until it comes all the same
    peer.blockReader().onRequestGivenUp(progress, block);
    if (isToCancel) {
      peer.output()
          .cancel(
              progress.piece(),
              block * PieceLayout.BLOCK_LENGTH,
              layout.blockLength(progress.piece(), block));
    }
    picker.onRequestLost(progress, block);
  }

  // ---- blocks that arrive

  /**
   * A block begins to arrive: finds where its bytes go.
   *
   * @throws ProtocolException if the peer sends much that nobody asked for
   */
  void onBlockStart(Peer peer, int piece, int begin, int length) throws ProtocolException {
    BlockReader reader = peer.blockReader();
    PeerRequests requests = peer.requests();
    boolean isBlock =
        requests != null
            && piece < layout.pieceCount()
            && begin % PieceLayout.BLOCK_LENGTH == 0
            && begin < layout.length(piece)
            && length == layout.blockLength(piece, begin / PieceLayout.BLOCK_LENGTH);
    if (!isBlock || requests == null) {
      throw new ProtocolException(
          "block " + begin + "+" + length + " of piece " + piece + " is none of this torrent");
    }
    int block = begin / PieceLayout.BLOCK_LENGTH;
    int index = requests.find(piece, block);
    if (index >= 0) {
      PieceProgress progress = requests.progress(index);
      start(reader, progress, block, progress.requests(block) == 1);
      return;
    }
    peer.downloadShare().took(length);
    if (!requests.takeForgiven() && peer.messages().countUnrequested() > MAX_UNREQUESTED_BLOCKS) {
      throw new ProtocolException("sent " + MAX_UNREQUESTED_BLOCKS + " blocks nobody asked for");
    }
    PieceProgress progress = picker.activeAt(piece);
    if (progress == null || !picker.isOpenTo(progress, requests)) {
      reader.discard();
    } else {
      start(reader, progress, block, false);
    }
  }

  private void start(BlockReader reader, PieceProgress progress, int block, boolean isAlone) {
    PieceBuffer buffer = held.of(progress);
    if (buffer == null || progress.hasReceived(block)) {
      reader.discard();
    } else {
      reader.start(progress, block, buffer, isAlone);
    }
  }

  /** All bytes of a block are there. */
  void onBlockEnd(Peer peer, int piece, int begin, int length) {
    BlockReader reader = peer.blockReader();
    PieceProgress progress = reader.progress();
    int block = begin / PieceLayout.BLOCK_LENGTH;
    PeerRequests requests = peer.requests();
    PieceBuffer into = progress == null || progress.hasReceived(block) ? null : held.of(progress);
    if (progress != null && into != null && requests != null) {
      held.touch(progress, peer.nanoTime());
      reader.finish(into);
      picker.onReceived(progress, block, requests);
    } else {
      swarm.traffic().countWasted(length);
    }
    reader.discard();
    onAnswered(peer, requests, piece, block);
    if (progress != null && into != null) {
      cancelElsewhere(peer, progress, block);
      if (progress.isComplete()) {
        save(progress, into);
      }
    }
    peer.refillSoon();
  }

  /** Takes the request out of the pipeline; only now, so that nobody else was asked meanwhile. */
  private void onAnswered(Peer peer, @Nullable PeerRequests requests, int piece, int block) {
    int index = requests == null ? -1 : requests.find(piece, block);
    if (requests != null && index >= 0) {
      index -= giveUpDropped(peer, requests, index);
      PieceProgress asked = requests.progress(index);
      requests.onBlock(index, peer.nanoTime());
      picker.onRequestLost(asked, block);
    }
  }

  /**
   * A peer that answers what it was asked long after will not answer these: without the fast
   * extension nobody does, and webtorrent.js never does.
   *
   * @return how many were given up
   */
  private int giveUpDropped(Peer peer, PeerRequests requests, int answered) {
    int at = answered;
    for (int i = answered - 1; i >= 0; i--) {
      if (requests.isDropped(i, at)) {
        giveUp(peer, requests, i, false);
        at--;
      }
    }
    return answered - at;
  }

  private void cancelElsewhere(Peer sender, PieceProgress progress, int block) {
    if (progress.requests(block) == 0) {
      return;
    }
    for (Peer peer : swarm.connections().peers()) {
      PeerRequests requests = peer.requests();
      int index = requests == null || peer == sender ? -1 : requests.find(progress.piece(), block);
      if (requests != null && index >= 0) {
        giveUp(peer, requests, index, true);
        peer.refillSoon();
      }
    }
  }

  // ---- whole pieces

  private void save(PieceProgress progress, PieceBuffer buffer) {
    int piece = progress.piece();
    disk.save(
        storage,
        layout.offset(piece),
        buffer,
        info.pieceHash(piece),
        new DiskIo.SaveHandler() {
          @Override
          public void onSaved() {
            Downloader.this.onSaved(progress, buffer);
          }

          @Override
          public void onCorrupt() {
            Downloader.this.onCorrupt(progress, buffer);
          }

          @Override
          public void onSaveFailed(IOException cause) {
            held.release(progress);
            if (!isClosed) {
              picker.onFailed(piece);
              swarm.fail("cannot store piece " + piece, cause);
            }
          }
        });
  }

  private void onSaved(PieceProgress progress, PieceBuffer buffer) {
    if (isClosed) {
      held.release(progress);
      return;
    }
    int piece = progress.piece();
    picker.onHad(piece);
    if (blame.isSuspect(piece)) {
      blame.onPassed(progress, buffer, () -> held.release(progress));
    } else {
      held.release(progress);
    }
    swarm.onPieceSaved(piece);
  }

  private void onCorrupt(PieceProgress progress, PieceBuffer buffer) {
    if (isClosed) {
      held.release(progress);
      return;
    }
    swarm.traffic().countWasted(layout.length(progress.piece()));
    swarm.onPieceCorrupt(progress.piece());
    blame.onFailed(
        progress,
        buffer,
        () -> {
          held.release(progress);
          if (!isClosed) {
            picker.onFailed(progress.piece());
            refillAllSoon();
          }
        });
  }

  /** Ends all downloading; what is being saved is finished by the disk. */
  void close() {
    isClosed = true;
    for (PieceProgress progress : held.incomplete()) {
      swarm.traffic().countWasted(receivedBytes(progress));
      held.release(progress);
    }
    held.leave();
  }
}
