package org.webtorrent4j.tracker.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.tracker.server.http.ErrorPage;
import org.webtorrent4j.tracker.server.http.TrustedProxies;
import org.webtorrent4j.tracker.server.swarm.RequestCounter;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;
import org.webtorrent4j.tracker.server.udp.UdpServer;

/**
 * The web server with its threads and timer, and the UDP socket beside it, on the same port number
 * if possible. Thread-safe once it is started.
 */
final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /** Room for a scrape of some 450 torrents, each of whose hashes may take 71 characters. */
  private static final int MAX_HEAD = 32 << 10;

  /** Those that are about to be closed. */
  private static final int SPARE_CONNECTIONS = 1000;

  private static final int IDLE_MILLIS = 10_000;
  private static final int THREADS = 8;
  private static final int TICK_SECONDS = 10;
  private static final int GLANCE_SECONDS = 1;
  private static final int PORT_ATTEMPTS = 20;

  private final TrackerOptions options;
  private final SwarmTable swarms;
  private final LongSupplier nanoClock;
  private final Runnable ticker;
  private final Scheduler timers = new ScheduledExecutorScheduler("wt-tracker-timer", true);
  private final Connections connections;
  private final Server server;
  private final ServerConnector connector;
  private @Nullable UdpServer udp;
  private int udpPort;

  /**
   * Listeners that do not listen yet.
   *
   * @param ticker called every ten seconds, on the timer's thread
   */
  Listeners(TrackerOptions options, SwarmTable swarms, LongSupplier nanoClock, Runnable ticker) {
    this.options = options;
    this.swarms = swarms;
    this.nanoClock = nanoClock;
    this.ticker = ticker;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 3);
    threads.setName("wt-tracker");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    this.connections =
        new Connections(
            options.maxConnectionsPerAddress(),
            TrustedProxies.of(options.trustedProxies()),
            System::nanoTime); // as the web server's own limits of time
    this.server = new Server(threads, timers, null);
    server.setErrorHandler(new ErrorPage());
    this.connector = new ServerConnector(server, 1, 1, http(connections));
    options.bindAddress().ifPresent(address -> connector.setHost(address.getHostAddress()));
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    int most = Connections.MAX + SPARE_CONNECTIONS + options.webSocket().maxSockets();
    server.addBean(new NetworkConnectionLimit(most, connector));
  }

  private static HttpConnectionFactory http(Connections connections) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEAD);
    // Peers must be told their faults in bencoding, so the query is ours to check. Paths are only
    // compared with a few constants.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return new HttpConnectionFactory(http) {
      @Override
      public Connection newConnection(Connector connector, EndPoint endPoint) {
        Connection connection = super.newConnection(connector, endPoint);
        connection.addEventListener(connections);
        return connection;
      }
    };
  }

  /** The web server, for which {@link #serve} gives the handlers. */
  Server webServer() {
    return server;
  }

  /** Lets these handle what is asked for, the first one that wants to. */
  void serve(Handler... handlers) {
    server.setHandler(new Handler.Sequence(connections.handler(), new Handler.Sequence(handlers)));
  }

  void start() throws IOException {
    try {
      bind();
      server.start();
      if (udp != null) {
        udp.start();
      }
      timers.schedule(this::tick, TICK_SECONDS, TimeUnit.SECONDS);
      timers.schedule(this::glance, GLANCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      close();
      throw e;
    } catch (Exception e) { // all that the web server declares
      close();
      throw new IllegalStateException("the web server does not start", e);
    }
  }

  /** Of the ports that are free for TCP, the first few may be taken for UDP. */
  private void bind() throws IOException {
    for (int attempt = 1; ; attempt++) {
      openTcp();
      try {
        if (options.udpPort().isPresent()) {
          bindUdp(options.udpPort().getAsInt());
        }
        return;
      } catch (BindException e) {
        if (options.port() != 0 || options.udpPort().getAsInt() != 0 || attempt == PORT_ATTEMPTS) {
          throw e;
        }
        connector.close();
      }
    }
  }

  private void openTcp() throws IOException {
    try {
      connector.open();
    } catch (IOException e) {
      throw cannotListen("TCP", options.port(), e);
    }
  }

  /** Says in words what nearly always is the matter. */
  private static BindException cannotListen(String protocol, int port, IOException cause) {
    String said = String.valueOf(cause.getCause() == null ? cause : cause.getCause());
    String fault =
        said.contains("in use")
            ? "another program has it"
            : said.substring(said.lastIndexOf(": ") < 0 ? 0 : said.lastIndexOf(": ") + 2);
    BindException explained =
        new BindException("cannot listen at " + protocol + " port " + port + ": " + fault);
    explained.initCause(cause);
    return explained;
  }

  private void bindUdp(int port) throws IOException {
    udpPort = port == 0 ? port() : port;
    InetSocketAddress address =
        options.bindAddress().isPresent()
            ? new InetSocketAddress(options.bindAddress().get(), udpPort)
            : new InetSocketAddress(udpPort);
    try {
      udp = UdpServer.open(address, swarms, options.announceInterval(), nanoClock);
    } catch (IOException e) {
      throw cannotListen("UDP", udpPort, e);
    }
  }

  private void tick() {
    try {
      ticker.run();
    } catch (RuntimeException e) {
      LOG.error("the tracker cannot clean up", e);
    }
    timers.schedule(this::tick, TICK_SECONDS, TimeUnit.SECONDS);
  }

  private void glance() {
    connections.closeSilent();
    timers.schedule(this::glance, GLANCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The TCP port. */
  int port() {
    return connector.getLocalPort();
  }

  OptionalInt udpPort() {
    return udp == null ? OptionalInt.empty() : OptionalInt.of(udpPort);
  }

  Optional<RequestCounter> udpRequests() {
    return Optional.ofNullable(udp).map(UdpServer::requests);
  }

  /** Idempotent. */
  void close() {
    if (udp != null) {
      udp.close();
    }
    try {
      server.stop();
      connector.close(); // open, though never started, if starting failed
    } catch (Exception e) { // all that the web server declares
      throw new IllegalStateException("the web server does not stop", e);
    }
  }
}
