package org.webtorrent4j.webrtc.libwebrtc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.loop.SelectorLoop;

/**
 * The owner of some factories and of all that they make: one thread, which alone calls into them.
 * So no call can meet an object that another thread disposes of, which would be a segmentation
 * fault. Nearly every call waits for a thread of libwebrtc, 10 to 200 microseconds. Confined to its
 * thread but for what says otherwise.
 */
final class FactoryShard {
  private static final Logger logger = LoggerFactory.getLogger(FactoryShard.class);
  private static final long EXIT_WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * As long as libwebrtc and browsers take them. Every message costs the sender a wait for
   * libwebrtc's network thread and the receiver the waking of two threads.
   */
  private static final int MAX_MESSAGE = 256 * 1024;

  private final SelectorLoop thread;
  private final Limits limits;
  private final Counters counters;
  private final @Nullable ReleaseShim shim;
  private final GatherPatience patience = new GatherPatience();
  private final ByteBuffer message = ByteBuffer.allocateDirect(MAX_MESSAGE);
  private final List<Factory> factories = new ArrayList<>(); // the last one gets the new peers
  private final List<Thread> ending = new ArrayList<>(); // guarded by itself
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean isShutDown;
  private boolean isWatchingExit;

  /**
   * Starts the thread.
   *
   * @param shim gives back the memory of closed connections; empty: it stays for good
   * @throws IOException if the system has no means for an event loop
   */
  FactoryShard(int number, Limits limits, Counters counters, Optional<ReleaseShim> shim)
      throws IOException {
    this.limits = limits;
    this.counters = counters;
    this.shim = shim.orElse(null);
    thread = SelectorLoop.open("wt-webrtc-" + number);
  }

  /** The thread, for tasks and timers. */
  EventLoop thread() {
    return thread;
  }

  /** Where the messages of all peers are put together, one at a time. */
  ByteBuffer message() {
    assert thread.inLoop();
    return message;
  }

  Counters counters() {
    return counters;
  }

  @Nullable ReleaseShim shim() {
    return shim;
  }

  GatherPatience patience() {
    assert thread.inLoop();
    return patience;
  }

  /**
   * The factory for a new peer.
   *
   * @throws IllegalStateException if the shard is shut down
   */
  Factory factory() {
    assert thread.inLoop();
    if (isShutDown) {
      throw new IllegalStateException("the engine is closed");
    }
    Factory last = factories.isEmpty() ? null : factories.get(factories.size() - 1);
    if (last == null || last.isWorn()) {
      last = new Factory(limits);
      factories.add(last);
      counters.factoriesOpened.incrementAndGet();
      watchExit();
    }
    return last;
  }

  /** A peer of a factory is gone. */
  void remove(Factory factory, NativeConnection connection) {
    factory.remove(connection);
    // Later, because callbacks of that peer may have left tasks that need the factory.
    thread.execute(() -> disposeIfDone(factory));
  }

  private void disposeIfDone(Factory factory) {
    if (factory.isEmpty() && (factory.isWorn() || isShutDown) && factories.remove(factory)) {
      dispose(factory);
    }
    if (isShutDown && factories.isEmpty() && ended.getCount() > 0) {
      ended.countDown();
      thread.close();
    }
  }

  private void dispose(Factory factory) {
    try {
      factory.dispose();
      counters.factoriesDisposed.incrementAndGet();
    } catch (Throwable e) {
      logger.error("a factory of libwebrtc could not be disposed of", e);
    }
    factory
        .callbackThread()
        .ifPresent(
            callbackThread -> {
              ExitWatch.remove(callbackThread);
              synchronized (ending) {
                ending.removeIf(old -> !old.isAlive());
                ending.add(callbackThread);
              }
            });
  }

  /** Too many messages have come through a factory; any thread. */
  void relieve(Factory factory) {
    thread.execute(
        () ->
            factory
                .worstConnections()
                .forEach(
                    connection ->
                        connection.fail(
                            "closed after "
                                + connection.messages()
                                + " messages, to free memory")));
  }

  /** Closes all peers, then the factories, then the thread; without waiting. Any thread. */
  void shutDown() {
    thread.execute(
        () -> {
          if (!isShutDown) {
            isShutDown = true;
            for (Factory factory : List.copyOf(factories)) {
              factory.connections().forEach(connection -> connection.fail("the engine is closed"));
              thread.execute(() -> disposeIfDone(factory));
            }
            if (factories.isEmpty()) {
              ended.countDown();
              thread.close();
            }
          }
        });
  }

  /**
   * Waits until all that was to be shut down is gone; any other thread.
   *
   * @param deadline by {@link System#nanoTime}
   */
  boolean awaitEnd(long deadline) throws InterruptedException {
    if (!ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    thread.close(); // ends now, or has ended; waits for that
    List<Thread> left;
    synchronized (ending) {
      left = List.copyOf(ending);
    }
    for (Thread callbackThread : left) {
      callbackThread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      if (callbackThread.isAlive()) {
        return false;
      }
    }
    return true;
  }

  private void watchExit() {
    if (!isWatchingExit) {
      isWatchingExit = true;
      thread.schedule(EXIT_WATCH_NANOS, this::checkExit);
    }
  }

  private void checkExit() {
    isWatchingExit = false;
    if (ExitWatch.isProgramOver()) {
      logger.debug("the program is over: what it did not close is closed");
      shutDown();
    } else if (!factories.isEmpty()) {
      watchExit();
    }
  }
}
