package org.webtorrent4j.tracker.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * A BitTorrent tracker that announces are made to by HTTP.
 *
 * <pre>{@code
 * try (TrackerServer tracker = TrackerServer.start(6969)) {
 *   System.out.println(tracker.announceUrl());
 *   ...
 * }
 * }</pre>
 *
 * <p>It also answers scrapes of named torrents, and shows its numbers at {@code /} and {@code
 * /stats.json}. All it knows is in memory and within the limits of its {@link TrackerOptions}.
 * Thread-safe; its threads are daemons.
 */
public final class TrackerServer implements AutoCloseable {
  private static final int MAX_HEAD = 8 << 10;
  private static final int MAX_CONNECTIONS = 4096;
  private static final int IDLE_MILLIS = 15_000;
  private static final int THREADS = 8;

  private final TrackerOptions options;
  private final HttpHandler handler;
  private final Server server;
  private final ServerConnector connector;

  private TrackerServer(TrackerOptions options, LongSupplier nanoClock) {
    this.options = options;
    SwarmTable swarms = new SwarmTable(options, nanoClock, new SplittableRandom());
    this.handler = new HttpHandler(options, swarms);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 3);
    threads.setName("wt-tracker");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    var timers = new ScheduledExecutorScheduler("wt-tracker-timer", true);
    this.server = new Server(threads, timers, null);
    this.connector = new ServerConnector(server, 1, 1, http());
    options.bindAddress().ifPresent(address -> connector.setHost(address.getHostAddress()));
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setHandler(handler);
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEAD);
    // Peers must be told their faults in bencoding, so the query is ours to check. Paths are only
    // compared with a few constants.
    http.setUriCompliance(UriCompliance.UNSAFE);
    return new HttpConnectionFactory(http);
  }

  /**
   * Starts a tracker on all interfaces.
   *
   * @param port the TCP port; 0 = any free one
   * @throws IOException if it cannot listen there
   */
  public static TrackerServer start(int port) throws IOException {
    return start(TrackerOptions.builder().port(port).build());
  }

  /**
   * Starts a tracker.
   *
   * @throws IOException if it cannot listen where it should
   */
  public static TrackerServer start(TrackerOptions options) throws IOException {
    return start(options, System::nanoTime);
  }

  static TrackerServer start(TrackerOptions options, LongSupplier nanoClock) throws IOException {
    TrackerServer tracker = new TrackerServer(options, nanoClock);
    try {
      tracker.server.start();
      return tracker;
    } catch (IOException e) {
      tracker.close();
      throw e;
    } catch (Exception e) { // all that the web server declares
      tracker.close();
      throw new IllegalStateException("the web server does not start", e);
    }
  }

  /** The TCP port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** What to announce to: the host of the options, else the address it listens at. */
  public String announceUrl() {
    return "http://" + options.host().orElseGet(this::address) + ":" + port() + "/announce";
  }

  private String address() {
    InetAddress address = options.bindAddress().orElseGet(InetAddress::getLoopbackAddress);
    InetAddress reachable =
        address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String text = reachable.getHostAddress();
    return reachable instanceof Inet6Address ? "[" + text + "]" : text;
  }

  /** What it knows and did. */
  public TrackerStats stats() {
    return handler.stats();
  }

  /** Stops serving, within seconds, and forgets everything. Idempotent. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // all that the web server declares
      throw new IllegalStateException("the web server does not stop", e);
    }
  }
}
