package org.webtorrent4j;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.file.FileFaults;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.MagnetUri;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.storage.Storage;
import org.webtorrent4j.swarm.Swarm;
import org.webtorrent4j.swarm.SwarmListener;
import org.webtorrent4j.swarm.SwarmState;
import org.webtorrent4j.swarm.WantedFiles;
import org.webtorrent4j.tracker.TrackerStatus;

/**
 * A torrent of a client: a handle on what the event loop does. Thread-safe; its methods neither
 * wait for the network nor for the disk unless they say so.
 */
public final class Torrent {
  private static final Logger LOG = LoggerFactory.getLogger(Torrent.class);

  private final Client client;
  private final EventLoop loop;
  private final InfoHash infoHash;
  private final Storage storage;
  private final WantedFiles wanted;
  private final Milestones milestones;
  private final Snapshots snapshots;
  private final Set<TorrentChannel> channels = ConcurrentHashMap.newKeySet();
  private final List<Consumer<? super TorrentEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile List<List<String>> trackers;
  private volatile String name;
  private volatile TorrentState state;
  private volatile @Nullable TorrentException failure;
  private volatile @Nullable Metainfo metainfo;
  private volatile List<TorrentFile> files = List.of();
  private @Nullable Swarm swarm; // confined to the event loop

  Torrent(
      Client client,
      InfoHash infoHash,
      String name,
      Storage storage,
      List<List<String>> trackers,
      WantedFiles wanted,
      boolean isPaused,
      @Nullable Metainfo metainfo) {
    this.client = client;
    this.loop = client.loop();
    this.infoHash = infoHash;
    this.name = name;
    this.storage = storage;
    this.trackers = trackers;
    this.wanted = wanted;
    this.milestones = new Milestones(client.loop(), client.completions());
    this.snapshots = new Snapshots(client);
    this.state = firstState(isPaused, metainfo);
    if (metainfo != null) {
      onMetainfo(metainfo);
    }
  }

  /** What a torrent does first; the swarm tells of it only when its turn comes. */
  private static TorrentState firstState(boolean isPaused, @Nullable Metainfo metainfo) {
    if (isPaused) {
      return TorrentState.PAUSED;
    }
    return metainfo == null ? TorrentState.FETCHING_METADATA : TorrentState.CHECKING;
  }

  /** The torrent has a swarm now. On the event loop. */
  void attach(Swarm attached) {
    swarm = attached;
    snapshots.attach(attached);
  }

  /** Its swarm; null before it has one. On the event loop. */
  @Nullable Swarm swarm() {
    return swarm;
  }

  // ---- what it is

  /** The hash that names it. */
  public InfoHash infoHash() {
    return infoHash;
  }

  /** Where its files are. */
  Storage storage() {
    return storage;
  }

  /** Its name; until the metadata is known the magnet link's, or the info hash. */
  public String name() {
    return name;
  }

  /** What it is doing. */
  public TorrentState state() {
    return state;
  }

  /** Why it stopped, if it failed. */
  public Optional<TorrentException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Its numbers at this moment. */
  public TorrentStats stats() {
    return snapshots.stats(state);
  }

  /** The connected peers. */
  public List<PeerStats> peers() {
    return snapshots.peers();
  }

  /** The trackers and how they do; empty while it is paused. */
  public List<TrackerStatus> trackers() {
    return snapshots.trackers();
  }

  /** Its description; empty while the metadata is unknown. */
  public Optional<Metainfo> metainfo() {
    return Optional.ofNullable(metainfo);
  }

  /** Its files without padding; empty while the metadata is unknown. */
  public List<TorrentFile> files() {
    return files;
  }

  /** A magnet link with its name and trackers. */
  public String magnet() {
    MagnetUri magnet =
        MagnetUri.of(infoHash).withTrackers(trackers.stream().flatMap(List::stream).toList());
    boolean isNamed = !name.equals(infoHash.toString());
    return (isNamed ? magnet.withDisplayName(name) : magnet).toString();
  }

  // ---- waiting

  /**
   * Completes when the metadata is known; exceptionally if the torrent fails or is removed before.
   */
  public CompletableFuture<Metainfo> metadata() {
    return milestones.metadata();
  }

  /**
   * Completes when all that is wanted is verified and stored; exceptionally if the torrent fails or
   * is removed.
   */
  public CompletableFuture<Torrent> completion() {
    return milestones.completion();
  }

  /**
   * Waits for the metadata.
   *
   * @throws TimeoutException if it takes longer
   * @throws TorrentException if the torrent fails or is removed
   */
  public Metainfo awaitMetadata(Duration timeout) throws TimeoutException, InterruptedException {
    Objects.requireNonNull(timeout, "timeout");
    return milestones.awaitMetadata(timeout);
  }

  /**
   * Waits until all that is wanted is verified and stored.
   *
   * @throws TimeoutException if it takes longer
   * @throws TorrentException if the torrent fails or is removed
   */
  public void awaitComplete(Duration timeout) throws TimeoutException, InterruptedException {
    Objects.requireNonNull(timeout, "timeout");
    milestones.awaitCompletion(timeout);
  }

  // ---- what to do

  /** Disconnects all peers and stops announcing; what is on disk stays. */
  public void pause() {
    act(Swarm::pause);
  }

  /** Goes on after {@link #pause()} or a failure. */
  public void resume() {
    act(Swarm::start);
  }

  /**
   * Hashes everything on disk anew and goes on with what is found; a paused torrent stays paused.
   */
  public void recheck() {
    act(Swarm::recheck);
  }

  /** Removes the torrent from its client; the files stay. Completes when they are closed. */
  public CompletableFuture<Void> remove() {
    return client.remove(this, false).thenApply(left -> null);
  }

  /**
   * Removes the torrent and deletes its files: those that it has created, and those of which it
   * holds verified pieces, but none that another torrent of the client holds. Completes when they
   * are deleted, with those that were left.
   */
  public CompletableFuture<List<Path>> removeWithData() {
    return client.remove(this, true);
  }

  /** Whether pieces are asked for in their order instead of rarest first. */
  public void sequential(boolean value) {
    act(s -> s.sequential(value));
  }

  /** Bytes per second that this torrent may receive; 0 = only the client's limit holds. */
  public void downloadLimit(long bytesPerSecond) {
    Client.checkLimit(bytesPerSecond);
    act(s -> s.downloadLimit(bytesPerSecond));
  }

  /** Bytes per second that this torrent may send; 0 = only the client's limit holds. */
  public void uploadLimit(long bytesPerSecond) {
    Client.checkLimit(bytesPerSecond);
    act(s -> s.uploadLimit(bytesPerSecond));
  }

  /** Connects to a peer soon; a host name is resolved first. */
  public void addPeer(InetSocketAddress address) {
    Objects.requireNonNull(address, "address");
    act(s -> s.addPeer(address));
  }

  /**
   * Announces to one more tracker, in a tier of its own.
   *
   * @throws TorrentException if it is none; the message names it
   */
  public void addTracker(String url) {
    Objects.requireNonNull(url, "url");
    String named = NamedUrls.tracker(url);
    act(
        s -> {
          s.addNamedTracker(named);
          trackers = s.tiers();
        });
  }

  /** Like {@link #addTracker}, for what a torrent or magnet link names. */
  void joinTracker(String url) {
    act(
        s -> {
          s.addTracker(url);
          trackers = s.tiers();
        });
  }

  // ---- reading

  /**
   * Opens the only file for reading, waiting for the metadata first.
   *
   * @throws TorrentException if there are several files: choose one of {@link #files()}; or if the
   *     torrent is removed or this thread interrupted before the metadata is known
   */
  public InputStream openStream() {
    try {
      metadata().get();
    } catch (ExecutionException e) {
      throw Milestones.failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TorrentException("interrupted while waiting for the metadata", e);
    }
    List<TorrentFile> all = files;
    if (all.size() != 1) {
      throw new TorrentException(
          "the torrent has " + all.size() + " files, open one of them through files()");
    }
    return all.get(0).openStream();
  }

  TorrentChannel openChannel(FileEntry file) {
    TorrentChannel channel = new TorrentChannel(loop, () -> swarm, file, channels::remove);
    channels.add(channel);
    if (client.isClosed()) {
      channel.end(new IOException("the client is closed"));
    }
    return channel;
  }

  long verifiedBytes(long offset, long length) {
    return snapshots.verifiedBytes(offset, length);
  }

  void priority(int file, FilePriority priority) {
    act(
        s -> {
          s.priority(file, Snapshots.priority(priority));
          if (milestones.isDone() && s.isMissingWanted()) { // also while it is paused
            milestones.onIncomplete();
          }
        });
  }

  // ---- events

  /** Calls {@code listener} for each event of this torrent from now on. */
  public void addListener(Consumer<? super TorrentEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    listeners.add(listener);
  }

  /** Does not call {@code listener} for later events. */
  public void removeListener(Consumer<? super TorrentEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    listeners.remove(listener);
  }

  SwarmListener swarmListener() {
    return new Events();
  }

  /** The client has closed: nobody may wait any more. Any thread. */
  void onClientClosed() {
    channels.forEach(channel -> channel.end(new IOException("the client is closed")));
    milestones.onEnd(new TorrentException("the client is closed"));
  }

  @Override
  public String toString() {
    return name + " (" + infoHash + ")";
  }

  private void act(Consumer<Swarm> action) {
    milestones.act(
        () -> {
          if (swarm != null) {
            action.accept(swarm);
          }
        });
  }

  private void onMetainfo(Metainfo known) {
    List<TorrentFile> list = new ArrayList<>();
    WantedFiles chosen = wanted.of(known.info());
    if (!chosen.equals(wanted)) {
      LOG.warn("{} has none of the files {}, all are downloaded", infoHash, wanted.indices());
    }
    for (FileEntry entry : known.info().files()) {
      if (!entry.isPadding()) {
        FilePriority priority = chosen.contains(entry) ? FilePriority.NORMAL : FilePriority.SKIP;
        list.add(new TorrentFile(this, entry, list.size(), priority));
      }
    }
    name = known.info().name();
    files = List.copyOf(list);
    metainfo = known;
    milestones.onMetadata(known);
  }

  private void emit(TorrentEvent event) {
    client.emit(event, listeners);
  }

  /** What the swarm tells, on the event loop. */
  private final class Events implements SwarmListener {
    @Override
    public void onState(SwarmState from, SwarmState to) {
      TorrentState last = state;
      state = Snapshots.state(to);
      if (to == SwarmState.REMOVED) {
        snapshots.keep(state);
        milestones.onEnd(new TorrentException("the torrent was removed"));
      } else if (to == SwarmState.SEEDING) {
        milestones.onComplete(Torrent.this);
      } else if (to != SwarmState.FAILED && to != SwarmState.PAUSED) {
        milestones.onIncomplete();
      }
      if (to != SwarmState.FAILED) {
        failure = null;
      }
      if (state != last) { // the torrent knew its first state before its swarm did
        emit(new TorrentEvent.StateChanged(Torrent.this, last, state));
      }
    }

    @Override
    public void onMetadata(Info info) {
      onMetainfo(Metainfo.of(info, trackers, List.of()));
      emit(new TorrentEvent.MetadataReceived(Torrent.this));
    }

    @Override
    public void onMetadataTooLong(long bytes, long most) {
      emit(new TorrentEvent.MetadataTooLong(Torrent.this, bytes, most));
    }

    @Override
    public void onPieceSaved(int piece) {
      emit(new TorrentEvent.PieceVerified(Torrent.this, piece));
    }

    @Override
    public void onPieceCorrupt(int piece) {
      emit(new TorrentEvent.PieceFailed(Torrent.this, piece));
    }

    @Override
    public void onDownloaded() {
      emit(new TorrentEvent.Completed(Torrent.this));
    }

    @Override
    public void onPeerConnected(SocketAddress address, String transport) {
      emit(new TorrentEvent.PeerConnected(Torrent.this, address, transport));
    }

    @Override
    public void onPeerDisconnected(SocketAddress address, String transport) {
      emit(new TorrentEvent.PeerDisconnected(Torrent.this, address, transport));
    }

    @Override
    public void onPeerBanned(SocketAddress address, String reason) {
      emit(new TorrentEvent.PeerBanned(Torrent.this, address, reason));
    }

    @Override
    public void onAnnounced(String url, int peers) {
      emit(new TorrentEvent.TrackerAnnounced(Torrent.this, url, peers));
    }

    @Override
    public void onAnnounceFailed(String url, String reason) {
      emit(new TorrentEvent.TrackerFailed(Torrent.this, url, reason));
    }

    @Override
    public void onFileFailed(int file, String reason) {
      for (TorrentFile candidate : files) {
        if (candidate.entryIndex() == file) {
          LOG.info("{}: {} {}", name, candidate, reason);
          emit(new TorrentEvent.FileFailed(Torrent.this, candidate, reason));
        }
      }
    }

    @Override
    public void onFailed(String message, IOException cause) {
      TorrentException exception =
          new TorrentException(message + ": " + FileFaults.sentence(cause), cause);
      failure = exception;
      milestones.onFailed(exception);
      emit(new TorrentEvent.Failed(Torrent.this, exception));
    }
  }
}
