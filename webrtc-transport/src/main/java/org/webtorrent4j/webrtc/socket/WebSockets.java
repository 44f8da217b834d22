package org.webtorrent4j.webrtc.socket;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.net.AddressRules;
import org.webtorrent4j.tracker.net.Connector;
import org.webtorrent4j.tracker.net.Network;

/**
 * Opens WebSockets over the network, and knows their threads. They go straight to the server: by no
 * proxy, whatever the system's settings, and by no redirect. Confined to the event loop.
 */
public final class WebSockets implements WebSocket.Opener {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final EventLoop loop;
  private final Connector connector;
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger number = new AtomicInteger();

  /** Trackers that the user has named himself. */
  private final Set<URI> allowed = new HashSet<>();

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** An opener for sockets that call back on this loop. */
  public WebSockets(EventLoop loop) {
    this(loop, Network.SYSTEM);
  }

  /** Like the other one, over another network. */
  public WebSockets(EventLoop loop, Network network) {
    this.loop = loop;
    this.connector = new Connector(network, loop::nanoTime, CONNECT_LIMIT);
  }

  /** The user himself has named this URL: on his own host it may have any path. */
  public void allow(URI uri) {
    assert loop.inLoop();
    allowed.add(uri);
  }

  @Override
  public WebSocket open(URI uri, WebSocket.Handler handler) {
    assert loop.inLoop();
    int socketNumber = number.incrementAndGet();
    threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    TcpWebSocket socket =
        new TcpWebSocket(
            loop,
            connector,
            Url.of(uri),
            allowed.contains(uri) ? AddressRules.Sender.USER : AddressRules.Sender.TORRENT,
            random,
            (name, task) -> thread("wt-ws-" + socketNumber + "-" + name, task),
            handler);
    socket.start();
    return socket;
  }

  private Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /**
   * Waits until the threads of all sockets, which must be closed, have ended. Any thread but the
   * event loop.
   *
   * @return whether they have in time
   */
  public boolean awaitClosed(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (Thread thread : threads) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      thread.join(Math.max(1, millis));
      if (thread.isAlive()) {
        return false;
      }
    }
    return true;
  }
}
