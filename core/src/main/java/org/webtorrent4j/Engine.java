package org.webtorrent4j;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.loop.SelectorLoop;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.DiskThreads;
import org.webtorrent4j.swarm.Session;
import org.webtorrent4j.swarm.SessionSettings;
import org.webtorrent4j.tracker.http.HttpTrackerFactory;
import org.webtorrent4j.tracker.net.LocalAddresses;
import org.webtorrent4j.tracker.net.Network;
import org.webtorrent4j.tracker.udp.UdpTrackerFactory;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.transport.TransportSettings;

/** The running parts of a client: its loop, workers and session, and how they start and end. */
final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration GOODBYE_TIMEOUT = Duration.ofMillis(3500);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration THREADS_TIMEOUT = Duration.ofMillis(500);

  private final SelectorLoop loop;
  private final ClientThreads threads;
  private final DiskThreads diskThreads;
  private final EventQueue events;
  private final List<Transport> transports;
  private final Session session;
  private final TorrentFetch torrentFetch;
  private final Set<CompletableFuture<?>> questions = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;
  private volatile int port;

  private Engine(
      SelectorLoop loop,
      ClientThreads threads,
      DiskThreads diskThreads,
      EventQueue events,
      List<Transport> transports,
      Session session,
      TorrentFetch torrentFetch) {
    this.loop = loop;
    this.threads = threads;
    this.diskThreads = diskThreads;
    this.events = events;
    this.transports = transports;
    this.session = session;
    this.torrentFetch = torrentFetch;
  }

  /**
   * Starts all parts.
   *
   * @throws TorrentException if that fails; then nothing is left running
   */
  static Engine start(ClientOptions options) {
    SelectorLoop loop;
    try {
      loop = SelectorLoop.open("wt-loop");
    } catch (IOException e) {
      throw new TorrentException("cannot open a selector: " + e.getMessage(), e);
    }
    ClientThreads threads = new ClientThreads();
    DiskThreads diskThreads = DiskThreads.create();
    List<Transport> transports = options.transports().orElseGet(Engine::foundTransports);
    LocalAddresses local = new LocalAddresses(options.bindAddresses());
    Network network = Network.from(local);
    TorrentFetch torrentFetch = new TorrentFetch(loop, threads.workers(), network);
    Session session =
        new Session(
            loop,
            settings(options),
            new Random(new SecureRandom().nextLong()),
            new DiskIo(loop, diskThreads.disk(), diskThreads.hash(), diskThreads.hashThreads()),
            threads.workers(),
            transports,
            List.of(
                new HttpTrackerFactory(
                    loop, threads.workers(), Session.CLIENT_NAME.replace(' ', '/'), network),
                new UdpTrackerFactory(loop, threads.workers(), local, new SecureRandom())));
    EventQueue events = new EventQueue(threads.events(), options.eventExecutor());
    Engine engine =
        new Engine(loop, threads, diskThreads, events, transports, session, torrentFetch);
    try {
      engine.startSession();
    } catch (IOException e) {
      engine.close();
      throw new TorrentException("cannot start: " + e.getMessage(), e);
    }
    return engine;
  }

  private void startSession() throws IOException {
    Set<InetAddress> local = localAddresses();
    CompletableFuture<Integer> started = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            session.start(local);
            started.complete(session.port());
          } catch (IOException | RuntimeException e) {
            started.completeExceptionally(e);
          }
        });
    try {
      port = started.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  EventLoop loop() {
    return loop;
  }

  Session session() {
    return session;
  }

  Executor workers() {
    return threads.workers();
  }

  EventQueue events() {
    return events;
  }

  /** Runs what users attach to futures. */
  Executor completions() {
    return threads.completions();
  }

  int port() {
    return port;
  }

  /** Fetches a torrent file or a magnet link; waits. */
  byte[] fetch(Url url) throws IOException {
    return torrentFetch.fetch(url);
  }

  /**
   * Asks the event loop and waits for the answer; the other one is for an engine that is closed.
   */
  @SuppressWarnings("CollectionUndefinedEquality") // a future is removed by its identity
  <T> T ask(Supplier<T> question, Supplier<T> otherwise) {
    if (loop.inLoop()) {
      return question.get();
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    questions.add(answer);
    try {
      loop.execute(() -> answer.complete(question.get()));
      return isClosed ? answer.getNow(otherwise.get()) : answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise.get();
    } catch (ExecutionException e) {
      return otherwise.get(); // closed while we waited
    } finally {
      questions.remove(answer);
    }
  }

  /** Ends everything, within 5 seconds. */
  void close() {
    long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    torrentFetch.close();
    CompletableFuture<Void> goodbye = new CompletableFuture<>();
    loop.execute(() -> session.close(() -> goodbye.complete(null)));
    try {
      goodbye.get(GOODBYE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.debug("closing without the last goodbyes");
      loop.execute(session::abort);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      loop.execute(session::abort);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    isClosed = true;
    awaitTransports(deadline - 2 * THREADS_TIMEOUT.toNanos());
    loop.close();
    diskThreads.close(THREADS_TIMEOUT);
    threads.close(THREADS_TIMEOUT);
    for (CompletableFuture<?> question : questions) {
      question.completeExceptionally(new TorrentException("the client is closed"));
    }
  }

  /** While the loop still runs: what they open late they close there. */
  private void awaitTransports(long deadline) {
    try {
      for (Transport transport : transports) {
        if (!transport.awaitClosed(Math.max(0, deadline - System.nanoTime()))) {
          LOG.debug("transport {} is still busy", transport.name());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SessionSettings settings(ClientOptions options) {
    return new SessionSettings(
        new TransportSettings(
            options.port(),
            options.bindAddresses(),
            options.encryption(),
            CONNECT_TIMEOUT,
            HANDSHAKE_TIMEOUT),
        options.storage(),
        options.downloadLimit(),
        options.uploadLimit(),
        options.maxConnections(),
        options.maxConnectionsPerTorrent(),
        options.maxConnectionsPerAddress(),
        options.maxHalfOpen(),
        options.unchokeSlots(),
        options.bufferBytes());
  }

  private static List<Transport> foundTransports() {
    List<Transport> found = new ArrayList<>();
    ServiceLoader.load(Transport.class, Engine.class.getClassLoader()).forEach(found::add);
    return found;
  }

  private static Set<InetAddress> localAddresses() {
    Set<InetAddress> addresses = new HashSet<>();
    try {
      NetworkInterface.networkInterfaces()
          .forEach(net -> net.inetAddresses().forEach(addresses::add));
    } catch (SocketException e) {
      LOG.debug("cannot list this machine's addresses", e);
    }
    return addresses;
  }
}
