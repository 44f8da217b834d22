package org.webtorrent4j.webrtc.socket;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.webtorrent4j.loop.EventLoop;
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
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** An opener for sockets that call back on this loop. */
  public WebSockets(EventLoop loop) {
    this(loop, Network.SYSTEM);
  }

  WebSockets(EventLoop loop, Network network) {
    this.loop = loop;
    this.connector = new Connector(network, loop::nanoTime, CONNECT_LIMIT);
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
            uri,
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
