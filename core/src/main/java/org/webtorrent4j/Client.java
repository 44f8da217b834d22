package org.webtorrent4j;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.file.FileFaults;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.MagnetUri;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoBuilder;
import org.webtorrent4j.metainfo.MetainfoException;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.storage.FileStorage;
import org.webtorrent4j.storage.Storage;
import org.webtorrent4j.swarm.FileRules;
import org.webtorrent4j.swarm.Swarm;
import org.webtorrent4j.swarm.SwarmDescription;
import org.webtorrent4j.swarm.WantedFiles;

/**
 * Seeds and downloads torrents. Thread-safe. Its threads are daemons; {@link #close()} ends them.
 *
 * <pre>{@code
 * try (Client client = Client.create()) {
 *   Torrent torrent = client.seed(Path.of("film.mp4"));
 *   System.out.println(torrent.magnet());
 * }
 * }</pre>
 */
public final class Client implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Client.class);

  private final ClientOptions options;
  private final Engine engine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<InfoHash, Torrent> torrents = new LinkedHashMap<>(); // guarded by lock
  private final List<Consumer<? super TorrentEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Set<CompletableFuture<List<Path>>> removals = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  private Client(ClientOptions options) {
    this.options = options;
    this.engine = Engine.start(options);
  }

  /**
   * Starts a client with the default options.
   *
   * @throws TorrentException if no transport can start
   */
  public static Client create() {
    return create(ClientOptions.defaults());
  }

  /**
   * Starts a client.
   *
   * @throws TorrentException if no transport can start, for example because the port is taken
   */
  public static Client create(ClientOptions options) {
    Objects.requireNonNull(options, "options");
    return new Client(options);
  }

  /** The TCP port that peers can connect to; 0 if there is none. */
  public int port() {
    return engine.port();
  }

  // ---- seeding

  /**
   * Hashes a file or folder and seeds it from where it is; waits until it is hashed. Symbolic links
   * are followed. Nothing is ever written there. Seeding the same content again returns the same
   * torrent.
   *
   * @throws TorrentException if it cannot be read, is empty, or this thread is interrupted
   */
  public Torrent seed(Path path) {
    return seed(path, SeedOptions.defaults());
  }

  /** Like {@link #seed(Path)}, with options. */
  public Torrent seed(Path path, SeedOptions seedOptions) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(seedOptions, "seedOptions");
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new TorrentException("cannot seed the root folder " + path);
    }
    MetainfoBuilder builder =
        MetainfoBuilder.of(absolute)
            .pieceLength(seedOptions.pieceLength())
            .trackers(seedOptions.trackers().orElseGet(this::defaultTiers))
            .webSeeds(seedOptions.webSeeds())
            .isPrivate(seedOptions.isPrivate());
    seedOptions.comment().ifPresent(builder::comment);
    try {
      Metainfo metainfo = builder.build();
      builder.warnings().forEach(seedOptions.warnings());
      FileStorage storage = FileStorage.ofSources(parent, builder.sources());
      boolean isProving = seedOptions.isVerifyingReads();
      return add(
          metainfo, AddOptions.defaults(), storage, new FileRules(true, true, false, isProving));
    } catch (IOException e) {
      throw TorrentException.of("cannot seed", path, e);
    }
  }

  /**
   * Like {@link #seed(Path, SeedOptions)} without waiting. Cancelling the future stops the hashing.
   */
  public CompletableFuture<Torrent> seedAsync(Path path, SeedOptions seedOptions) {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(seedOptions, "seedOptions");
    CompletableFuture<Torrent> future = new CompletableFuture<>();
    try {
      engine.workers().execute(new CancellableTask<>(future, () -> seed(path, seedOptions)));
    } catch (RejectedExecutionException e) {
      future.completeExceptionally(new TorrentException("the client is closed", e));
    }
    return future;
  }

  private List<List<String>> defaultTiers() {
    List<List<String>> tiers = new ArrayList<>();
    options.trackers().forEach(url -> tiers.add(List.of(url)));
    return tiers;
  }

  // ---- adding

  /**
   * Adds a torrent by a magnet link, an info hash in 40 hexadecimal or 32 base-32 digits, an http
   * or https URL of a torrent file, or the path of one. Returns at once (but for a URL, see {@link
   * #add(URI, AddOptions)}); adding a torrent twice returns the same object, with the trackers and
   * peers of both; its other options are those of the first time. What exists on disk is checked
   * and used.
   *
   * @throws TorrentException if the text is none of these, the file is not a torrent, or the
   *     torrent is here already and was added in another place than the options name
   */
  public Torrent add(String torrent) {
    return add(torrent, AddOptions.defaults());
  }

  /** Like {@link #add(String)}, with options. */
  public Torrent add(String torrent, AddOptions addOptions) {
    Objects.requireNonNull(torrent, "torrent");
    Objects.requireNonNull(addOptions, "addOptions");
    String lower = torrent.strip().toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return addUrl(torrent, addOptions);
    }
    try {
      return add(MagnetUri.parse(torrent.strip()), addOptions);
    } catch (MetainfoException notMagnet) {
      if (lower.startsWith("magnet:") || lower.startsWith("stream-magnet:")) {
        throw new TorrentException(String.valueOf(notMagnet.getMessage()), notMagnet);
      }
    }
    try {
      return add(Path.of(torrent), addOptions);
    } catch (InvalidPathException e) {
      throw new TorrentException(
          "neither a magnet link nor an info hash, URL or file: " + torrent, e);
    }
  }

  /**
   * Adds the torrent that a file describes.
   *
   * @throws TorrentException if the file cannot be read or is not a torrent
   */
  public Torrent add(Path torrentFile) {
    return add(torrentFile, AddOptions.defaults());
  }

  /** Like {@link #add(Path)}, with options. */
  public Torrent add(Path torrentFile, AddOptions addOptions) {
    Objects.requireNonNull(torrentFile, "torrentFile");
    Objects.requireNonNull(addOptions, "addOptions");
    try {
      return add(Metainfo.read(torrentFile), addOptions);
    } catch (IOException e) {
      throw TorrentException.of("cannot read", torrentFile, e);
    }
  }

  /**
   * Adds the torrent that the bytes of a torrent file describe.
   *
   * @throws TorrentException if they are not a torrent's
   */
  public Torrent add(byte[] torrentFile) {
    return add(torrentFile, AddOptions.defaults());
  }

  /** Like {@link #add(byte[])}, with options. */
  public Torrent add(byte[] torrentFile, AddOptions addOptions) {
    Objects.requireNonNull(torrentFile, "torrentFile");
    Objects.requireNonNull(addOptions, "addOptions");
    try {
      return add(Metainfo.parse(torrentFile), addOptions);
    } catch (MetainfoException e) {
      throw new TorrentException("not a torrent: " + e.getMessage(), e);
    }
  }

  /**
   * Adds the torrent whose file is at an http or https URL, or that a magnet link names. For a URL
   * this waits for the download of that file, since nothing else tells which torrent it is: for two
   * minutes at most, and not longer than half a minute for a server that is silent. Redirects are
   * followed, also to a magnet link; a user name and password in the URL are sent to its server
   * only. Closing the client or interrupting this thread ends the wait.
   *
   * @throws TorrentException if it cannot be had or is not a torrent
   */
  public Torrent add(URI uri, AddOptions addOptions) {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(addOptions, "addOptions");
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return add(uri.toString(), addOptions);
    }
    return addUrl(uri.toString(), addOptions);
  }

  private Torrent addUrl(String text, AddOptions addOptions) {
    Url url = NamedUrls.torrent(text);
    try {
      byte[] fetched = engine.fetch(url);
      Optional<String> magnet = TorrentFetch.magnet(fetched);
      return magnet.isPresent()
          ? add(MagnetUri.parse(magnet.get()), addOptions)
          : add(Metainfo.parse(fetched), addOptions);
    } catch (MetainfoException e) {
      throw new TorrentException(
          "not a torrent at " + url.withoutUser() + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new TorrentException("cannot fetch " + url.withoutUser() + ": " + e.getMessage(), e);
    }
  }

  /** Adds a torrent by its description. */
  public Torrent add(Metainfo metainfo, AddOptions addOptions) {
    return add(
        metainfo, addOptions, addOptions.storage().orElse(options.storage()), rules(addOptions));
  }

  private static FileRules rules(AddOptions addOptions) {
    return new FileRules(
        false, addOptions.isReadOnly(), addOptions.isOverwriting(), addOptions.isVerifyingReads());
  }

  private Torrent add(Metainfo metainfo, AddOptions addOptions, Storage storage, FileRules rules) {
    if (!metainfo.info().isV1()) {
      throw new TorrentException(
          metainfo.info().name() + " has v2 pieces only, which are not supported yet");
    }
    SwarmDescription description =
        new SwarmDescription(
            metainfo.info().infoHash(),
            metainfo.info(),
            withMore(metainfo.trackers(), addOptions),
            storage,
            rules,
            addOptions.isSkippingAll() ? WantedFiles.NONE : WantedFiles.ALL,
            addOptions.isSequential());
    return add(description, metainfo.info().name(), metainfo, addOptions, List.of());
  }

  /**
   * Adds a torrent by its magnet link. If it selects files (BEP 53), the others are skipped at
   * first; {@link AddOptions.Builder#skipAll} skips all of them.
   */
  public Torrent add(MagnetUri magnet, AddOptions addOptions) {
    Objects.requireNonNull(magnet, "magnet");
    Objects.requireNonNull(addOptions, "addOptions");
    InfoHash infoHash =
        magnet
            .infoHash()
            .orElseThrow(
                () ->
                    new TorrentException(
                        "a magnet link of a v2 torrent only, which is not supported yet"));
    List<List<String>> tiers = new ArrayList<>();
    magnet.trackers().forEach(url -> tiers.add(List.of(url)));
    SwarmDescription description =
        new SwarmDescription(
            infoHash,
            null,
            withMore(tiers, addOptions),
            addOptions.storage().orElse(options.storage()),
            rules(addOptions),
            addOptions.isSkippingAll()
                ? WantedFiles.NONE
                : WantedFiles.selected(magnet.selectedFiles()),
            addOptions.isSequential());
    String name = magnet.displayName().orElse(infoHash.toString());
    return add(description, name, null, addOptions, magnet.peers());
  }

  private static List<List<String>> withMore(List<List<String>> tiers, AddOptions addOptions) {
    List<List<String>> all = new ArrayList<>(tiers);
    addOptions.trackers().forEach(url -> all.add(List.of(url)));
    return all;
  }

  private Torrent add(
      SwarmDescription description,
      String name,
      @Nullable Metainfo metainfo,
      AddOptions addOptions,
      List<InetSocketAddress> morePeers) {
    List<InetSocketAddress> peers = new ArrayList<>(addOptions.peers());
    peers.addAll(morePeers);
    // What was hashed here just now has the trackers that the user wants it to have.
    List<String> named =
        description.rules().isTrusted()
            ? description.tiers().stream().flatMap(List::stream).toList()
            : addOptions.trackers();
    lock.lock();
    try {
      if (isClosed) {
        throw new TorrentException("the client is closed");
      }
      engine.loop().execute(() -> named.forEach(engine.session()::onNamedTracker));
      Torrent known = torrents.get(description.infoHash());
      if (known != null) {
        boolean isSeeded = description.rules().isTrusted();
        SecondAdd.check(
            known, isSeeded ? Optional.of(description.storage()) : addOptions.storage());
        description.tiers().forEach(tier -> tier.forEach(known::joinTracker));
        peers.forEach(known::addPeer);
        return known;
      }
      Torrent torrent =
          new Torrent(
              this,
              description.infoHash(),
              name,
              description.storage(),
              description.tiers(),
              description.wanted(),
              addOptions.isPaused(),
              metainfo);
      torrents.put(description.infoHash(), torrent);
      if (metainfo == null && peers.isEmpty() && description.tiers().isEmpty()) {
        LOG.info("{} has no tracker and no peer: add one, for nothing else finds it", torrent);
      }
      engine.loop().execute(() -> start(torrent, description, addOptions.isPaused(), peers));
      return torrent;
    } finally {
      lock.unlock();
    }
  }

  private void start(
      Torrent torrent,
      SwarmDescription description,
      boolean isPaused,
      List<InetSocketAddress> peers) {
    Swarm swarm = engine.session().add(description, torrent.swarmListener());
    torrent.attach(swarm);
    peers.forEach(swarm::addPeer);
    if (!isPaused) {
      swarm.start();
    }
  }

  // ---- what there is

  /** All torrents, in the order in which they were added. */
  public List<Torrent> torrents() {
    lock.lock();
    try {
      return List.copyOf(torrents.values());
    } finally {
      lock.unlock();
    }
  }

  /** The torrent with this info hash. */
  public Optional<Torrent> torrent(InfoHash infoHash) {
    Objects.requireNonNull(infoHash, "infoHash");
    lock.lock();
    try {
      return Optional.ofNullable(torrents.get(infoHash));
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("CollectionUndefinedEquality") // futures are known by their identity
  CompletableFuture<List<Path>> remove(Torrent torrent, boolean isDeleting) {
    CompletableFuture<List<Path>> done = new CompletableFuture<>();
    removals.add(done);
    lock.lock();
    try {
      torrents.remove(torrent.infoHash(), torrent);
      if (isClosed) {
        removals.remove(done);
        return CompletableFuture.completedFuture(List.of());
      }
    } finally {
      lock.unlock();
    }
    CompletableFuture<List<Path>> copy =
        done.whenCompleteAsync((left, cause) -> removals.remove(done), completions());
    engine
        .loop()
        .execute(
            () -> {
              Swarm swarm = torrent.swarm();
              if (swarm == null) {
                done.complete(List.of());
                return;
              }
              engine
                  .session()
                  .remove(swarm, isDeleting, (left, cause) -> complete(done, torrent, left, cause));
            });
    return copy;
  }

  private static void complete(
      CompletableFuture<List<Path>> done,
      Torrent torrent,
      List<Path> left,
      @Nullable IOException error) {
    if (error == null) {
      done.complete(left);
    } else {
      String message =
          "cannot close the files of " + torrent.name() + ": " + FileFaults.sentence(error);
      done.completeExceptionally(new TorrentException(message, error));
    }
  }

  // ---- limits

  /** Bytes per second that may be received in all; 0 = no limit. */
  public void downloadLimit(long bytesPerSecond) {
    checkLimit(bytesPerSecond);
    engine.loop().execute(() -> engine.session().downloadLimit(bytesPerSecond));
  }

  /** Bytes per second that may be sent in all; 0 = no limit. */
  public void uploadLimit(long bytesPerSecond) {
    checkLimit(bytesPerSecond);
    engine.loop().execute(() -> engine.session().uploadLimit(bytesPerSecond));
  }

  static void checkLimit(long bytesPerSecond) {
    if (bytesPerSecond < 0) {
      throw new TorrentException("a limit of " + bytesPerSecond + " bytes per second");
    }
  }

  // ---- events

  /** Calls {@code listener} for each event of any torrent from now on. */
  public void addListener(Consumer<? super TorrentEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    listeners.add(listener);
  }

  /** Does not call {@code listener} for later events. */
  public void removeListener(Consumer<? super TorrentEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    listeners.remove(listener);
  }

  void emit(TorrentEvent event, List<Consumer<? super TorrentEvent>> ofTorrent) {
    if (!listeners.isEmpty() || !ofTorrent.isEmpty()) {
      engine
          .events()
          .add(
              () -> {
                ofTorrent.forEach(l -> ClientThreads.runGuarded(() -> l.accept(event)));
                listeners.forEach(l -> ClientThreads.runGuarded(() -> l.accept(event)));
              });
    }
  }

  // ---- for the torrents

  EventLoop loop() {
    return engine.loop();
  }

  Executor completions() {
    return engine.completions();
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Asks the event loop and waits for the answer; the other one is for a client that is closed. */
  <T> T ask(Supplier<T> question, Supplier<T> otherwise) {
    return engine.ask(question, otherwise);
  }

  /**
   * Says goodbye to trackers and peers and releases everything, within 5 seconds. Readers that wait
   * get an {@link java.io.IOException}. Idempotent.
   */
  @Override
  public void close() {
    List<Torrent> open;
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      open = List.copyOf(torrents.values());
    } finally {
      lock.unlock();
    }
    open.forEach(Torrent::onClientClosed);
    engine.close();
    removals.forEach(removal -> removal.complete(List.of())); // whom the loop has not seen any more
  }
}
