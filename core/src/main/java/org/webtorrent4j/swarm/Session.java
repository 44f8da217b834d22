package org.webtorrent4j.swarm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.storage.BufferPool;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.tracker.TrackerFactory;
import org.webtorrent4j.tracker.TrackerPool;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.transport.TransportContext;
import org.webtorrent4j.transport.TransportSettings;
import org.webtorrent4j.wire.WireBuffers;

/**
 * All torrents of a client and what they share: the loop, transports, trackers, memory and limits.
 * Confined to the event loop, but for its constructor.
 */
public final class Session implements TransportContext {
  /** What we call ourselves. */
  public static final String CLIENT_NAME = "webtorrent4j 0.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int SLACK_CONNECTIONS = 10; // for those that are refused, or replace one

  private final EventLoop loop;
  private final SessionSettings settings;
  private final RandomGenerator random;
  private final DiskIo disk;
  private final Executor resolvers;
  private final List<Transport> transports;
  private final TrackerPool trackers;
  private final Memory memory;
  private final Share downloads;
  private final WireBuffers wireBuffers = new WireBuffers();
  private final CheckQueue checks = new CheckQueue();
  private final PeerId peerId;
  private final Dialling dialling;
  private final Map<InfoHash, Swarm> swarms = new LinkedHashMap<>();
  private final Map<InfoHash, Swarm> online = new LinkedHashMap<>(); // by the 20 bytes of the wire
  private final Set<Swarm> busy = new LinkedHashSet<>(); // those of them where time matters
  private final Leaving leaving = new Leaving();
  private final Set<Handshaker> handshakers = new HashSet<>();
  private Set<InfoHash> infoHashes = Set.of();
  private boolean isInfoHashesDue;
  private Set<InetAddress> localAddresses = Set.of();
  private int peers;
  private boolean isClosed;

  /**
   * A session that has not started.
   *
   * @param resolvers runs what blocks while it resolves host names
   * @param trackerFactories for the schemes that no transport serves
   */
  public Session(
      EventLoop loop,
      SessionSettings settings,
      RandomGenerator random,
      DiskIo disk,
      Executor resolvers,
      List<Transport> transports,
      List<TrackerFactory> trackerFactories) {
    this.loop = loop;
    this.settings = settings;
    this.random = random;
    this.disk = disk;
    this.resolvers = resolvers;
    this.transports = new ArrayList<>(transports);
    BufferPool pool = new BufferPool(loop, settings.bufferBytes());
    this.memory = new Memory(loop, pool, settings.uploadLimit());
    this.downloads = new Share(loop, settings.downloadLimit(), () -> true);
    this.peerId = PeerId.random(random);
    this.dialling = new Dialling(this);
    List<TrackerFactory> factories = new ArrayList<>(trackerFactories);
    for (Transport transport : transports) {
      if (transport instanceof TrackerFactory factory) {
        factories.add(factory);
      }
    }
    this.trackers = new TrackerPool(factories);
  }

  // ---- its life

  /**
   * Starts the transports; those that cannot start are left out, unless the user has named the
   * port.
   *
   * @param local this machine's addresses, where we are not to dial ourselves
   * @throws IOException if none can start, or one cannot use that port
   */
  public void start(Set<InetAddress> local) throws IOException {
    localAddresses = Set.copyOf(local);
    for (Transport transport : List.copyOf(transports)) {
      try {
        transport.start(this);
      } catch (IOException e) {
        if (settings.transport().port() != 0 || transports.size() == 1) {
          throw e;
        }
        LOG.warn("transport {} cannot start: {}", transport.name(), e.getMessage());
        transports.remove(transport);
      }
    }
    if (transports.isEmpty()) {
      throw new IOException("there is no transport");
    }
    dialling.use(transports);
    loop.schedule(TICK_NANOS, this::tick);
  }

  /** Removes all torrents and closes everything; {@code done} runs at the end, on the loop. */
  public void close(Runnable done) {
    if (isClosed) {
      loop.execute(done);
      return;
    }
    isClosed = true;
    List.copyOf(swarms.values()).forEach(swarm -> remove(swarm, false, (left, cause) -> {}));
    leaving.whenAllAreGone(
        () -> {
          abort();
          done.run();
        });
  }

  /** Closes what is shared, without waiting for anybody. Idempotent. */
  public void abort() {
    leaving.abandon();
    handshakers().forEach(handshaker -> handshaker.fail("the client is closed"));
    transports.forEach(Transport::close);
    trackers.close();
    memory.pool().close();
  }

  private void tick() {
    if (isClosed) {
      return;
    }
    long nanoTime = loop.nanoTime();
    for (Swarm swarm : List.copyOf(busy)) {
      if (swarm.needsTick()) {
        swarm.tick(nanoTime);
      } else {
        busy.remove(swarm);
      }
    }
    memory.tick(nanoTime);
    dialling.soon();
    loop.schedule(TICK_NANOS, this::tick);
  }

  // ---- torrents

  /** The torrent with this info hash; null if there is none. */
  public @Nullable Swarm swarm(InfoHash infoHash) {
    return swarms.get(infoHash);
  }

  /**
   * Adds a torrent, which has not begun.
   *
   * @throws IllegalStateException if there is one with this info hash, or the session is closed
   */
  public Swarm add(SwarmDescription description, SwarmListener listener) {
    if (isClosed || swarms.containsKey(description.infoHash())) {
      throw new IllegalStateException("cannot add " + description.infoHash());
    }
    Swarm swarm = new Swarm(this, description, listener);
    swarms.put(description.infoHash(), swarm);
    return swarm;
  }

  /**
   * Removes a torrent, with the files that are its own if {@code isDeleting}; {@code done} is told
   * when they are closed. Trackers are told beside it.
   */
  public void remove(Swarm swarm, boolean isDeleting, Removal done) {
    swarms.remove(swarm.infoHash(), swarm);
    leaving.add(swarm, isDeleting, done);
  }

  /** The torrents that were removed and have not gone yet. */
  Leaving leaving() {
    return leaving;
  }

  void goOnline(Swarm swarm) {
    online.put(swarm.infoHash().truncated(), swarm);
    isInfoHashesDue = true;
    wake(swarm);
    dialling.soon(swarm);
  }

  void goOffline(Swarm swarm) {
    online.remove(swarm.infoHash().truncated(), swarm);
    isInfoHashesDue = true;
    busy.remove(swarm);
    dialling.forget(swarm);
  }

  /** Something begins in a torrent that is online: from now on it is ticked, until it is idle. */
  void wake(Swarm swarm) {
    busy.add(swarm);
  }

  /** How many torrents are ticked: idle ones are not even looked at. */
  int busy() {
    return busy.size();
  }

  /** The torrent that accepts peers under these 20 bytes; null if there is none. */
  @Nullable Swarm accepting(InfoHash wireHash) {
    return online.get(wireHash);
  }

  // ---- peers

  /** How many more connections there may be. */
  int room() {
    return settings.maxConnections() - peers - handshakers.size() - dialling.halfOpen();
  }

  /** The torrent may have an address to try, or room to try one. */
  void dialSoon(Swarm swarm) {
    dialling.soon(swarm);
  }

  /** A connection is open; its handshake begins. */
  void shakeHands(Connection connection, @Nullable Swarm swarm, @Nullable PeerAddress dialled) {
    Handshaker handshaker =
        new Handshaker(
            this, connection, swarm, dialled, settings.transport().handshakeTimeout().toNanos());
    handshakers.add(handshaker);
    handshaker.start();
  }

  void onHandshakeEnded(Handshaker handshaker) {
    handshakers.remove(handshaker);
    dialling.soon();
  }

  private List<Handshaker> handshakers() {
    return List.copyOf(handshakers);
  }

  /** Whether there is a place for one more peer, if need be that of the most useless one. */
  boolean makeRoom() {
    if (peers < settings.maxConnections()) {
      return true;
    }
    Peer worst = null;
    for (Swarm swarm : online.values()) {
      Peer candidate = swarm.connections().admission().mostUseless();
      if (candidate != null && (worst == null || candidate.isMoreUselessThan(worst))) {
        worst = candidate;
      }
    }
    if (worst != null) {
      worst.close("makes room for another peer");
    }
    return worst != null;
  }

  void onPeerAdded() {
    peers++;
  }

  void onPeerClosed(Swarm swarm) {
    peers--;
    dialling.soon(swarm);
  }

  /** Whether an address is where we listen ourselves. */
  boolean isOurs(InetSocketAddress address) {
    return address.getPort() == port() && localAddresses.contains(address.getAddress());
  }

  /** Resolves a host name on a worker; {@code use} runs on the loop, once for each address. */
  void resolve(InetSocketAddress unresolved, Consumer<InetSocketAddress> use) {
    try {
      resolvers.execute(
          () -> {
            try {
              for (InetAddress address : InetAddress.getAllByName(unresolved.getHostString())) {
                InetSocketAddress resolved = new InetSocketAddress(address, unresolved.getPort());
                loop.execute(() -> use.accept(resolved));
              }
            } catch (UnknownHostException e) {
              LOG.debug("peer host {} is unknown", unresolved.getHostString());
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("not resolving {}: the client is closing", unresolved);
    }
  }

  // ---- what transports ask

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public TransportSettings settings() {
    return settings.transport();
  }

  @Override
  public Collection<InfoHash> infoHashes() {
    if (isInfoHashesDue) {
      isInfoHashesDue = false;
      infoHashes = Set.copyOf(online.keySet());
    }
    return infoHashes;
  }

  @Override
  public boolean acceptsConnections() {
    return !isClosed && room() + SLACK_CONNECTIONS > 0;
  }

  @Override
  public void onAccepted(Connection connection) {
    if (isClosed || isCrowded(connection)) {
      connection.close();
    } else {
      shakeHands(connection, null, null);
    }
  }

  /** Whether an address of the internet has enough connections in their handshake. */
  private boolean isCrowded(Connection connection) {
    InetAddress network = Admission.limitedNetwork(connection);
    if (network == null) {
      return false;
    }
    int count = 0;
    for (Handshaker other : handshakers) {
      count += network.equals(Admission.limitedNetwork(other.connection())) ? 1 : 0;
    }
    return count >= settings.maxConnectionsPerAddress();
  }

  @Override
  public boolean acceptsPeer(InfoHash infoHash, PeerId id) {
    Swarm swarm = online.get(infoHash.truncated());
    return acceptsConnections() && swarm != null && swarm.connections().admission().wouldAccept(id);
  }

  @Override
  public void onConnected(Connection connection, InfoHash infoHash) {
    Swarm swarm = online.get(infoHash.truncated());
    if (isClosed || swarm == null) {
      connection.close();
    } else {
      shakeHands(connection, swarm, null);
    }
  }

  // ---- what torrents ask

  /** For what takes longer than a turn. */
  Executor workers() {
    return resolvers;
  }

  /** The port that peers can connect to; 0 if there is none. */
  public int port() {
    for (Transport transport : transports) {
      if (transport.port() != 0) {
        return transport.port();
      }
    }
    return 0;
  }

  /** Changes the limit of all torrents together, in bytes per second; 0 = none. */
  public void downloadLimit(long bytesPerSecond) {
    downloads.limiter().limit(bytesPerSecond);
  }

  /** Changes the limit of all torrents together, in bytes per second; 0 = none. */
  public void uploadLimit(long bytesPerSecond) {
    memory.uploads().limiter().limit(bytesPerSecond);
  }

  SessionSettings limits() {
    return settings;
  }

  RandomGenerator random() {
    return random;
  }

  DiskIo disk() {
    return disk;
  }

  CheckQueue checks() {
    return checks;
  }

  /** The user himself has named a tracker, as opposed to a torrent or a magnet link. */
  public void onNamedTracker(String url) {
    trackers.onNamed(url);
  }

  TrackerPool trackers() {
    return trackers;
  }

  /** The memory for what is on its way, and who may upload with it. */
  Memory memory() {
    return memory;
  }

  /** Who may download. */
  Share downloads() {
    return downloads;
  }

  WireBuffers wireBuffers() {
    return wireBuffers;
  }

  PeerId peerId() {
    return peerId;
  }

  long nanoTime() {
    return loop.nanoTime();
  }
}
