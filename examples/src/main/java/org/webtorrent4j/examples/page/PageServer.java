package org.webtorrent4j.examples.page;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Serves a table of resources by HTTP. Thread-safe; its threads are daemons. */
public final class PageServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 1000;
  private static final int THREADS = 8;
  private static final int IDLE_MILLIS = 30_000;

  private final Server server;
  private final ServerConnector connector;

  private PageServer(InetAddress address, int port, PageHandler handler) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("wt-page");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    server = new Server(threads, new ScheduledExecutorScheduler("wt-page-timer", true), null);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    server.setHandler(handler);
  }

  /**
   * Starts serving.
   *
   * @param address where to listen
   * @param port the TCP port; 0 = any free one
   * @param resources what there is, by its path
   * @param connections what the page may connect to besides this server, in the words of a content
   *     security policy: {@code ws://*:8000}
   * @throws IOException if it cannot listen there
   */
  public static PageServer start(
      InetAddress address, int port, Map<String, Resource> resources, String connections)
      throws IOException {
    PageServer page = new PageServer(address, port, new PageHandler(resources, connections));
    try {
      page.server.start();
      return page;
    } catch (IOException e) {
      page.close();
      throw e;
    } catch (Exception e) { // all that the web server declares
      page.close();
      throw new IllegalStateException("the web server does not start", e);
    }
  }

  /** The TCP port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Stops serving. Idempotent. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // all that the web server declares
      throw new IllegalStateException("the web server does not stop", e);
    }
  }
}
