package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.piece.PiecePicker;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.transport.Encryption;
import org.webtorrent4j.transport.MemoryNetwork;
import org.webtorrent4j.transport.MemoryTransport;
import org.webtorrent4j.transport.TransportSettings;

/**
 * Many clients on one thread, in virtual time, on a network in memory. Everything follows from one
 * seed; what the engine promises is checked after every turn.
 */
final class Simulation {
  private static final long DISK_NANOS = 200_000;
  private static final long BUFFER_BYTES = 16 << 20;
  private static final int UNCHOKE_SLOTS = 4;

  private static final int MAX_COUNTS_A_TURN = 20_000;

  /** Who has work and a peer that is willing may stand still for so long. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  final VirtualLoop loop = new VirtualLoop(1_000_000_000L);
  final Random random;
  final MemoryNetwork network;
  final List<Node> nodes = new ArrayList<>();
  List<List<String>> tiers = List.of(); // of the torrents that are added next
  final StringBuilder log = new StringBuilder();
  private final long seed;
  private long largestPiece;
  private long patienceNanos = PATIENCE_NANOS;

  Simulation(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.network = new MemoryNetwork(loop, new Random(random.nextLong()));
    loop.afterEachTurn(this::checkInvariants);
  }

  /** A client, which may have several torrents. */
  final class Client {
    final MemoryTransport host;
    final Session session;

    Client(long bytesPerSecond, long bufferBytes, int unchokeSlots) {
      this.host = network.host(bytesPerSecond);
      this.session = session(host, bufferBytes, unchokeSlots);
      try {
        session.start(Set.of());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    Node seed(TestTorrent torrent) {
      return new Node("seed" + nodes.size(), this, torrent, true, true);
    }

    Node leech(TestTorrent torrent) {
      return new Node("leech" + nodes.size(), this, torrent, false, true);
    }

    Node magnetLeech(TestTorrent torrent) {
      return new Node("magnet" + nodes.size(), this, torrent, false, false);
    }
  }

  /** A torrent of a client. */
  final class Node implements SwarmListener {
    final String name;
    final MemoryTransport host;
    final Session session;
    final Swarm swarm;
    final TestStorage storage;
    final List<String> banned = new ArrayList<>();
    final Progress progress;
    long completedNanos;
    private long countedPieces;
    @Nullable String failure;

    Node(String name, Client client, TestTorrent torrent, boolean isSeed, boolean hasInfo) {
      this.name = name;
      this.host = client.host;
      byte[] bytes = isSeed ? torrent.content.clone() : new byte[torrent.content.length];
      this.storage = new TestStorage(bytes, isSeed);
      this.session = client.session;
      largestPiece = Math.max(largestPiece, torrent.info.pieceLength());
      Info info = hasInfo ? torrent.info : null;
      this.swarm =
          session.add(
              new SwarmDescription(
                  torrent.info.infoHash(),
                  info,
                  tiers,
                  storage,
                  isSeed ? FileRules.SEEDED : FileRules.DOWNLOADED,
                  WantedFiles.ALL,
                  false),
              this);
      this.progress = new Progress(swarm);
      swarm.start();
      nodes.add(this);
    }

    /** However many messages came in one turn, pieces were counted about once for each. */
    private void checkWork() {
      PiecePicker picker = swarm.picker();
      if (picker != null) {
        long counted = picker.countedPieces() - countedPieces;
        countedPieces = picker.countedPieces();
        int pieces = swarm.layout().pieceCount();
        assertTrue(
            counted <= MAX_COUNTS_A_TURN + 8L * pieces,
            () -> name + " counts " + counted + " pieces in a turn, seed " + seed);
      }
    }

    /** Bytes of blocks that have arrived. */
    long got() {
      return swarm.traffic().download().total();
    }

    void knows(Node... others) {
      for (Node other : others) {
        swarm.addPeer(other.host.address());
      }
    }

    boolean isComplete() {
      return swarm.isComplete();
    }

    @Override
    public void onState(SwarmState from, SwarmState to) {
      record(to.toString());
      if (to == SwarmState.SEEDING) {
        completedNanos = loop.nanoTime();
      }
    }

    @Override
    public void onMetadata(Info info) {
      record("metadata");
    }

    @Override
    public void onMetadataTooLong(long bytes, long most) {
      record("metadata of " + bytes);
    }

    @Override
    public void onPieceSaved(int piece) {
      record("piece " + piece);
    }

    @Override
    public void onPieceCorrupt(int piece) {
      record("corrupt " + piece);
    }

    @Override
    public void onDownloaded() {
      record("downloaded");
    }

    @Override
    public void onPeerConnected(SocketAddress address, String transport) {}

    @Override
    public void onPeerDisconnected(SocketAddress address, String transport) {}

    @Override
    public void onPeerBanned(SocketAddress address, String reason) {
      record("banned " + address + " " + reason);
      banned.add(address.toString());
    }

    @Override
    public void onAnnounced(String url, int peers) {}

    @Override
    public void onAnnounceFailed(String url, String reason) {}

    @Override
    public void onFileFailed(int file, String reason) {
      record("file " + file + " " + reason);
    }

    @Override
    public void onFailed(String message, IOException cause) {
      failure = message;
      record("failed " + message);
    }

    private void record(String what) {
      log.append(loop.nanoTime()).append(' ').append(name).append(' ').append(what).append('\n');
    }
  }

  Client client(long bytesPerSecond) {
    return new Client(bytesPerSecond, BUFFER_BYTES, UNCHOKE_SLOTS);
  }

  Client client(long bytesPerSecond, long bufferBytes, int unchokeSlots) {
    return new Client(bytesPerSecond, bufferBytes, unchokeSlots);
  }

  /** A seed in a client of its own; likewise the others. */
  Node seed(TestTorrent torrent, long bytesPerSecond) {
    return client(bytesPerSecond).seed(torrent);
  }

  Node leech(TestTorrent torrent, long bytesPerSecond) {
    return client(bytesPerSecond).leech(torrent);
  }

  /** A leech that knows the info hash only. */
  Node magnetLeech(TestTorrent torrent, long bytesPerSecond) {
    return client(bytesPerSecond).magnetLeech(torrent);
  }

  /** Runs until the condition holds; fails after so much virtual time. */
  void runUntil(BooleanSupplier condition, Duration limit) {
    long end = loop.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean() && loop.nanoTime() < end) {
      loop.runUntil(Math.min(end, loop.nanoTime() + 50_000_000));
    }
    assertTrue(condition.getAsBoolean(), () -> "not reached with seed " + seed + ":\n" + tail());
  }

  /** From now on torrents may stand still: with two pieces larger than the memory, one does. */
  void allowStandstill() {
    patienceNanos = Long.MAX_VALUE;
  }

  void run(Duration time) {
    loop.runUntil(loop.nanoTime() + time.toNanos());
  }

  private String tail() {
    return log.substring(Math.max(0, log.length() - 4000));
  }

  private Session session(MemoryTransport host, long bufferBytes, int unchokeSlots) {
    Executor worker = task -> loop.schedule(DISK_NANOS, task);
    return new Session(
        loop,
        new SessionSettings(
            new TransportSettings(
                0, List.of(), Encryption.DISABLED, Duration.ofSeconds(5), Duration.ofSeconds(5)),
            info -> new TestStorage(new byte[0], false),
            0,
            0,
            100,
            100,
            8,
            30,
            unchokeSlots,
            bufferBytes),
        new Random(random.nextLong()),
        new DiskIo(loop, worker, worker, 1),
        Runnable::run,
        List.of(host),
        List.of(SilentTracker.FACTORY));
  }

  private void checkInvariants() {
    for (Node node : nodes) {
      for (Peer peer : node.swarm.connections().peers()) {
        PeerRequests requests = peer.requests();
        assertTrue(
            requests == null || requests.outstanding() <= 501,
            () -> node.name + " asks for too much, seed " + seed);
        assertTrue(
            peer.output().queuedBytes() - peer.output().queuedBlockBytes() <= 512 << 10,
            () -> node.name + " queues too much that is no block, seed " + seed);
        assertTrue(
            peer.output().queuedBlockBytes() <= 2 << 20,
            () -> node.name + " queues too much, seed " + seed);
      }
      node.checkWork();
      long used = node.session.memory().pool().used();
      assertTrue(
          used <= 2 * node.session.memory().pool().budget() + largestPiece,
          () -> node.name + " uses " + used + " bytes, seed " + seed);
      assertTrue(
          node.progress.standstillNanos(loop.nanoTime()) < patienceNanos,
          () -> node.name + " stands still although a peer is willing, seed " + seed);
    }
  }

  /** How long a torrent has got nothing although it could. */
  static final class Progress {
    private final Swarm swarm;
    private long got = -1;
    private long sinceNanos;

    Progress(Swarm swarm) {
      this.swarm = swarm;
    }

    long standstillNanos(long nanoTime) {
      long now = swarm.traffic().download().total();
      if (now != got || !hasWillingPeer()) {
        got = now;
        sinceNanos = nanoTime;
      }
      return nanoTime - sinceNanos;
    }

    private boolean hasWillingPeer() {
      if (swarm.state() != SwarmState.DOWNLOADING) {
        return false;
      }
      for (Peer peer : swarm.connections().peers()) {
        boolean isReachable = peer.silentNanos() < PATIENCE_NANOS;
        if (isReachable && peer.amInterested() && !peer.isChokingUs() && !peer.isSnubbed()) {
          return true;
        }
      }
      return false;
    }
  }
}
