package org.webtorrent4j.swarm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.MetainfoException;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.piece.PiecePicker;
import org.webtorrent4j.piece.Priority;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.FileFault;
import org.webtorrent4j.storage.Storage;
import org.webtorrent4j.storage.TorrentStorage;
import org.webtorrent4j.tracker.TrackerStatus;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.wire.Handshake;
import org.webtorrent4j.wire.MetadataMessage;
import org.webtorrent4j.wire.WireOutput;

/**
 * One torrent: its life from a magnet link or a description to seeding. Confined to the event loop.
 */
public final class Swarm {
  private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);

  private final Session session;
  private final DiskIo disk;
  private final InfoHash infoHash;
  private final Storage place;
  private final SwarmListener listener;
  private final Connections connections;
  private final Haves haves;
  private final Traffic traffic;
  private final Announces announces;
  private final Readers readers;
  private final Losses losses;
  private final FirstReads firstReads = new FirstReads(this);
  private final LastLook lastLook = new LastLook(this);
  private final WantedFiles wanted;
  private SwarmState state = SwarmState.PAUSED;
  private @Nullable Content content; // null while the metadata is unknown
  private @Nullable MetadataDownload metadataDownload;
  private @Nullable Downloader downloader; // null unless something is missing and may be fetched
  private @Nullable Checking checking;
  private boolean isSequential;
  private final FileRules rules;
  private boolean isTrusted;
  private boolean staysPaused; // after the running check
  private boolean isPriorityDue;
  private int hashFailures;

  Swarm(Session session, SwarmDescription description, SwarmListener listener) {
    this.session = session;
    this.disk = session.disk();
    this.infoHash = description.infoHash();
    this.place = description.storage();
    this.listener = listener;
    this.wanted = description.wanted();
    this.isSequential = description.isSequential();
    this.rules = description.rules();
    this.isTrusted = rules.isTrusted();
    this.connections = new Connections(this, session, listener);
    this.haves = new Haves(session.loop(), connections);
    this.traffic = new Traffic(session);
    this.readers = new Readers(this);
    this.losses = new Losses(this, listener);
    this.announces = new Announces(this, session, description.tiers(), listener);
    if (description.info() != null) {
      this.content = new Content(description.info(), wanted, rules);
    }
  }

  // ---- its life

  /** Begins, or goes on after a pause or a failure. */
  public void start() {
    staysPaused = false;
    if (state != SwarmState.PAUSED && state != SwarmState.FAILED) {
      return;
    }
    if (content == null) {
      metadataDownload = fetchMetadata();
      enter(SwarmState.FETCHING_METADATA);
      beOnline();
    } else if (content.have() == null) {
      check(content);
    } else {
      activate(content, content.have());
    }
  }

  /** Disconnects everybody and stops; what is on disk or on its way there stays as it is. */
  public void pause() {
    if (state != SwarmState.PAUSED && state != SwarmState.REMOVED) {
      goOffline("paused", () -> {});
      enter(SwarmState.PAUSED);
    }
  }

  /** Hashes everything anew and goes on. */
  public void recheck() {
    if (content == null || state == SwarmState.REMOVED || state == SwarmState.CHECKING) {
      return;
    }
    boolean isPaused = state == SwarmState.PAUSED;
    goOffline("checking", () -> {});
    endDownload();
    content.forget();
    enter(SwarmState.PAUSED);
    check(content);
    staysPaused = isPaused;
  }

  /**
   * Stops for good: the storage is closed at once, and trackers are told beside it.
   *
   * @param done is told when the storage is closed
   * @param goodbye runs when trackers know
   */
  void remove(boolean isDeleting, Removal done, Runnable goodbye) {
    if (state == SwarmState.REMOVED) {
      session.loop().execute(() -> done.onRemoved(List.of(), null));
      session.loop().execute(goodbye);
      return;
    }
    goOffline("removed", goodbye);
    endDownload();
    enter(SwarmState.REMOVED); // its last numbers are those before its files are closed
    closeFiles(isDeleting, done);
    readers.end(new IOException("the torrent was removed or its client closed"));
  }

  private void closeFiles(boolean isDeleting, Removal done) {
    if (content == null) {
      done.onRemoved(List.of(), null);
    } else if (isDeleting) {
      content.delete(disk, done);
    } else {
      content.close(disk, cause -> done.onRemoved(List.of(), cause));
    }
  }

  /** Stops with an error. */
  void fail(String message, IOException cause) {
    if (state == SwarmState.FAILED || state == SwarmState.REMOVED) {
      return;
    }
    LOG.info("{} failed: {}", infoHash, message, cause);
    goOffline("failed", () -> {});
    endDownload();
    if (content != null) {
      content.close(disk, error -> {});
    }
    listener.onFailed(message, cause);
    enter(SwarmState.FAILED);
    readers.end(new IOException(message, cause));
  }

  private void check(Content unchecked) {
    enter(SwarmState.CHECKING);
    Checking begun =
        new Checking(
            session,
            place,
            unchecked,
            isTrusted,
            new Checking.Outcome() {
              @Override
              public void onChecked(Bitfield verified, List<FileFault> faults) {
                checking = null;
                Swarm.this.onChecked(unchecked, verified, faults);
              }

              @Override
              public void onFailed(String message, IOException cause) {
                checking = null;
                fail(message, cause);
              }
            });
    checking = begun;
    isTrusted = false;
    session.leaving().whenClosed(infoHash, () -> begin(begun));
  }

  private void begin(Checking begun) {
    if (checking == begun) { // and not cancelled, while it waited for the one before to let go
      begun.start();
    }
  }

  private void onChecked(Content checked, Bitfield verified, List<FileFault> faults) {
    checked.checked(verified);
    lastLook.onChecked();
    for (FileFault fault : faults) {
      losses.tell(fault);
      if (!fault.isHarmless() && !rules.isReadOnly()) { // since it was hashed, a moment ago
        checked.forget(fault.file());
      }
    }
    if (staysPaused) {
      enter(SwarmState.PAUSED);
    } else {
      activate(checked, verified);
    }
    if (rules.isReadOnly()) {
      faults.stream().filter(fault -> !fault.isHarmless()).forEach(losses::onLost);
    }
    readers.onChecked(verified);
  }

  private void activate(Content active, Bitfield have) {
    TorrentStorage storage = active.storage();
    if (downloader == null && storage != null && !have.isFull() && !rules.isReadOnly()) {
      downloader = new Downloader(this, active.info(), active.layout(), have, storage);
      active.applyPriorities(downloader.picker());
      downloader.picker().sequential(isSequential);
      readers.join(downloader.picker());
    }
    enter(hasMissing() || lastLook.isDue() ? SwarmState.DOWNLOADING : SwarmState.SEEDING);
    beOnline();
    connections.introduce();
    settle();
    endHopelessReaders(new IOException("some of it is not there, and nothing is downloaded"));
  }

  private void beOnline() {
    session.goOnline(this);
    announces.start();
  }

  private void goOffline(String reason, Runnable done) {
    if (checking != null) {
      checking.cancel();
      checking = null;
    }
    losses.reset();
    firstReads.reset();
    lastLook.cancel();
    session.goOffline(this);
    if (metadataDownload != null) {
      metadataDownload.close();
      metadataDownload = null;
    }
    connections.closeAll(reason);
    announces.stop(done);
  }

  /** Gives up what is on its way; after a pause it would go on. */
  private void endDownload() {
    if (downloader != null) {
      downloader.close();
      downloader = null;
    }
  }

  private void enter(SwarmState next) {
    SwarmState last = state;
    if (next != last) {
      state = next;
      LOG.info("{} {}", infoHash, next);
      if ((next == SwarmState.SEEDING) != (last == SwarmState.SEEDING)) {
        connections.tellUploadOnly(next == SwarmState.SEEDING);
      }
      listener.onState(last, next);
    }
  }

  // ---- metadata

  private void onInfo(Info info) {
    metadataDownload = null;
    content = new Content(info, wanted, rules);
    listener.onMetadata(info);
    announces.onMetadata();
    check(content);
  }

  private MetadataDownload fetchMetadata() {
    return new MetadataDownload(
        infoHash,
        session.loop(),
        session.workers(),
        new MetadataDownload.Outcome() {
          @Override
          public void onInfo(Info info) {
            Swarm.this.onInfo(info);
          }

          @Override
          public void onUseless(MetainfoException e) {
            fail("the metadata has the right hash, but is of no use: " + e.getMessage(), e);
          }

          @Override
          public void onTooLong(long bytes) {
            listener.onMetadataTooLong(bytes, MetadataMessage.MAX_SIZE);
          }
        });
  }

  // ---- what is wanted

  /** Changes how much a file is wanted. */
  public void priority(int file, Priority priority) {
    if (content != null) {
      content.priority(file, priority);
      if (!isPriorityDue) { // all pieces are looked at: once for all files that change in a turn
        isPriorityDue = true;
        session.loop().atTurnEnd(this::applyPriorities);
      }
    }
  }

  /** Whether something that is wanted is known to be missing, whatever is going on. */
  public boolean isMissingWanted() {
    return content != null && content.have() != null && !content.hasAllWanted();
  }

  private void applyPriorities() {
    isPriorityDue = false;
    if (content != null && downloader != null) {
      content.applyPriorities(downloader.picker());
    }
    onWantedChanged();
  }

  /** Whether pieces are asked for in their order. */
  public void sequential(boolean value) {
    isSequential = value;
    if (downloader != null) {
      downloader.picker().sequential(value);
    }
  }

  /** Begins to serve a reader. */
  public void open(Reader reader) {
    if (state == SwarmState.REMOVED || state == SwarmState.FAILED) {
      reader.onEnded(
          new IOException(
              "the torrent has " + (state == SwarmState.FAILED ? "failed" : "been removed")));
    } else {
      readers.add(reader);
    }
  }

  /** The reader will need other pieces next. */
  public void move(Reader reader, int first, int end) {
    readers.move(reader, first, end);
    endHopelessReaders(new IOException("some of it is not there, and nothing is downloaded"));
  }

  /** The reader is done. */
  public void close(Reader reader) {
    readers.remove(reader);
  }

  void onWantedChanged() {
    for (Peer peer : connections.peers()) {
      peer.updateInterest();
    }
    if (downloader != null) {
      downloader.refillAllSoon();
    }
    settle();
  }

  boolean hasMissing() {
    return downloader != null && downloader.picker().missingWanted() > 0;
  }

  /** Goes from downloading to seeding or back, as what is wanted and missing has changed. */
  void settle() {
    if (state == SwarmState.DOWNLOADING && !hasMissing() && content != null) {
      lastLook.begin(content);
    } else if (state == SwarmState.SEEDING && hasMissing()) {
      enter(SwarmState.DOWNLOADING);
      session.wake(this);
      session.dialSoon(this);
    }
  }

  /** All that is wanted is there, on the disk too. */
  void onDownloaded() {
    enter(SwarmState.SEEDING);
    listener.onDownloaded();
    if (isComplete()) {
      onComplete();
    }
  }

  /** Something is wrong with a file, not necessarily with its bytes. */
  void onFileFault(FileFault fault) {
    losses.tell(fault);
  }

  private void onComplete() {
    announces.completed();
    connections.closeSeeds();
  }

  // ---- pieces

  void onPieceSaved(int piece) {
    Content saved = content;
    Bitfield have = saved == null ? null : saved.have();
    if (have == null || !have.set(piece)) {
      return;
    }
    lastLook.onStored();
    haves.add(piece);
    for (Peer peer : connections.peers()) {
      if (peer.amInterested()) { // in the others even less from now on
        peer.updateInterest();
      }
    }
    listener.onPieceSaved(piece);
    readers.onPiece(piece);
    if (have.isFull()) {
      endDownload();
    }
    settle();
  }

  void onPieceCorrupt(int piece) {
    hashFailures++;
    LOG.debug("{} piece {} has a wrong hash", infoHash, piece);
    listener.onPieceCorrupt(piece);
  }

  void onReadFailed(List<DiskIo.SegmentRead> reads, IOException cause) {
    losses.onReadFailed(reads, cause);
  }

  /** A piece that was lost is there all the same. */
  void onFoundAgain(int piece) {
    Bitfield have = have();
    if (have != null && have.set(piece)) {
      haves.add(piece);
      readers.onPiece(piece);
    }
  }

  /** What is really lost was found out. */
  void onLossKnown(IOException cause) {
    Bitfield have = have();
    if (have != null && have.isEmpty() && downloader == null) {
      fail("nothing is left to seed", cause);
    } else {
      endHopelessReaders(cause);
    }
  }

  private void endHopelessReaders(IOException cause) {
    Bitfield have = have();
    if (have != null && downloader == null && state == SwarmState.SEEDING) {
      readers.endWhere(piece -> piece < have.size() && !have.get(piece), cause);
    }
  }

  // ---- peers

  Peer addPeer(
      Connection connection, Handshake handshake, @Nullable PeerAddress dialled, WireOutput out) {
    Peer peer = connections.add(connection, handshake, dialled, out);
    session.onPeerAdded();
    listener.onPeerConnected(connection.remoteAddress(), connection.transport());
    peer.greet();
    if (content != null && content.have() != null) {
      connections.tellMetadata(peer);
    }
    return peer;
  }

  void onPeerClosed(Peer peer) {
    peer.peerPieces().onClosed();
    if (downloader != null) {
      downloader.onPeerGone(peer);
    }
    if (metadataDownload != null) {
      metadataDownload.onPeerGone(peer);
    }
    connections.onClosed(peer);
    session.onPeerClosed(this);
    Connection connection = peer.connection();
    listener.onPeerDisconnected(connection.remoteAddress(), connection.transport());
  }

  /** A peer has everything: it is of no use to us if we have too. */
  void onSeedFound(Peer peer) {
    if (content != null && content.have() != null && content.have().isFull()) {
      peer.close("both have everything");
    }
  }

  /** Whether connections are welcome now. */
  boolean isOnline() {
    return state == SwarmState.FETCHING_METADATA
        || state == SwarmState.DOWNLOADING
        || state == SwarmState.SEEDING;
  }

  /** Whether nothing is missing that is wanted. */
  boolean isSeeding() {
    return state == SwarmState.SEEDING;
  }

  boolean wantsPeers() {
    return isOnline() && connections.hasRoom();
  }

  /** Whether there is something that peers could be given. */
  boolean mayServe() {
    return content != null && content.have() != null;
  }

  /** Whether time makes a difference: idle torrents cost nothing. */
  boolean needsTick() {
    return state != SwarmState.SEEDING || !connections.isIdle() || traffic.isMoving();
  }

  /** Called twice a second while it is online. */
  void tick(long nanoTime) {
    traffic.tick(nanoTime);
    connections.tick(nanoTime);
    for (int i = 0; i < connections.peers().size(); i++) {
      Peer peer = connections.peers().get(i);
      if (downloader != null) {
        downloader.tick(peer, nanoTime);
      }
      if (metadataDownload != null) {
        metadataDownload.refill(peer, nanoTime);
      }
    }
    if ((hasMissing() || content == null) && connections.isIdle()) {
      announces.wantMorePeers();
    }
  }

  /** Learns of an address that the user gave; a host name is resolved first. */
  public void addPeer(InetSocketAddress address) {
    connections.addAddress(address, PeerAddress.Source.USER);
  }

  // ---- what others ask

  /** Which torrent this is. */
  public InfoHash infoHash() {
    return infoHash;
  }

  /** What it is doing. */
  public SwarmState state() {
    return state;
  }

  /** Its numbers now. */
  public SwarmNumbers numbers() {
    return SwarmNumbers.of(this);
  }

  /** The numbers of each peer now. */
  public List<SwarmNumbers.OfPeer> peerNumbers() {
    return connections.peers().stream().map(SwarmNumbers::of).toList();
  }

  /** How many bytes of a range are verified and stored. */
  public long verifiedBytes(long offset, long length) {
    return content == null ? 0 : content.verifiedBytes(offset, length);
  }

  /** Announces to one more tracker, which a torrent or magnet link names. */
  public void addTracker(String url) {
    announces.add(url);
  }

  /** Announces to one more tracker, which the user himself names. */
  public void addNamedTracker(String url) {
    session.onNamedTracker(url);
    addTracker(url);
  }

  /** Its trackers by tiers. */
  public List<List<String>> tiers() {
    return List.copyOf(announces.tiers());
  }

  /** Changes its own limit, in bytes per second; 0 = none. */
  public void downloadLimit(long bytesPerSecond) {
    traffic.downloads().limiter().limit(bytesPerSecond);
  }

  /** Changes its own limit, in bytes per second; 0 = none. */
  public void uploadLimit(long bytesPerSecond) {
    traffic.uploads().limiter().limit(bytesPerSecond);
  }

  /** How its trackers do. */
  public List<TrackerStatus> trackers() {
    return announces.status();
  }

  Session session() {
    return session;
  }

  Connections connections() {
    return connections;
  }

  Announces announces() {
    return announces;
  }

  Traffic traffic() {
    return traffic;
  }

  @Nullable Content content() {
    return content;
  }

  /** Null unless the metadata is being fetched. */
  @Nullable MetadataDownload metadataDownload() {
    return metadataDownload;
  }

  @Nullable Downloader downloader() {
    return downloader;
  }

  @Nullable PiecePicker picker() {
    return downloader == null ? null : downloader.picker();
  }

  boolean isPrivate() {
    return content != null && content.info().isPrivate();
  }

  /** Whether nothing at all is missing. */
  boolean isComplete() {
    return content != null && content.have() != null && content.have().isFull();
  }

  /** What is verified and stored; null while that is not known. */
  @Nullable Bitfield have() {
    return content == null ? null : content.have();
  }

  /** The set of all pieces; not to be changed. */
  Bitfield full() {
    if (content == null) {
      throw new IllegalStateException("the metadata is unknown");
    }
    return content.full();
  }

  /** The bytes of the info dictionary, not to be changed; null while they are unknown. */
  byte @Nullable [] metadata() {
    return content == null ? null : content.metadata();
  }

  /** Reads for an upload. */
  void read(List<DiskIo.SegmentRead> reads, DiskIo.ReadHandler handler) {
    Content from = content;
    TorrentStorage storage = from == null ? null : from.storage();
    if (from == null || storage == null) {
      handler.onReadFailed(reads, new IOException("the storage is closed"));
    } else if (rules.isProving()) {
      firstReads.read(from, storage, reads, handler);
    } else {
      disk.read(storage, reads, handler);
    }
  }

  PieceLayout layout() {
    if (content == null) {
      throw new IllegalStateException("the metadata is unknown");
    }
    return content.layout();
  }

  long nanoTime() {
    return session.nanoTime();
  }

  /** How many pieces the running or the last check has looked at. */
  int checkedPieces() {
    Bitfield have = have();
    return checking != null ? checking.checkedPieces() : have == null ? 0 : have.size();
  }

  int hashFailures() {
    return hashFailures;
  }
}
