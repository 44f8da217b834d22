package org.webtorrent4j;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a client besides its loop and its disk workers: one that runs listeners, in order,
 * and some for what blocks on the network, like host names and HTTP trackers. All are daemons.
 */
final class ClientThreads {
  private static final Logger LOG = LoggerFactory.getLogger(ClientThreads.class);

  /** So many HTTP trackers that are silent at once do not keep the good ones waiting. */
  private static final int MAX_WORKERS = 100;

  /** A task that somebody waits for, so it must not be dropped in silence. */
  interface Droppable extends Runnable {
    /** The client was closed before the task could run. */
    void onDropped();
  }

  /** What a user has attached to a future. */
  private record Completion(Runnable task) implements Droppable {
    @Override
    public void run() {
      task.run();
    }

    @Override
    public void onDropped() {
      task.run();
    }
  }

  private final ExecutorService workers = pool("wt-worker", MAX_WORKERS);
  private final ExecutorService events = pool("wt-events", 1);

  /** For what blocks; refuses tasks once it is closed. */
  Executor workers() {
    return workers;
  }

  /** For what users attach to futures; once closed, whoever completes one runs it. */
  Executor completions() {
    return task -> {
      try {
        workers.execute(new Completion(task));
      } catch (RejectedExecutionException e) {
        task.run();
      }
    };
  }

  /** For listeners; drops tasks once it is closed. */
  Executor events() {
    return task -> {
      try {
        events.execute(() -> runGuarded(task));
      } catch (RejectedExecutionException e) {
        LOG.debug("the client is closed, dropping an event");
      }
    };
  }

  /** A listener that throws must not keep others from being called. */
  static void runGuarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) { // of any kind: other languages throw what they like
      LOG.warn("a listener has thrown", e);
    }
  }

  /** Ends the workers at once and the events when those that wait have been delivered. */
  void close(Duration timeout) {
    for (Runnable dropped : workers.shutdownNow()) {
      if (dropped instanceof Droppable task) {
        task.onDropped();
      }
    }
    events.shutdown();
    try {
      long deadline = System.nanoTime() + timeout.toNanos();
      awaitTermination(workers, deadline);
      awaitTermination(events, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitTermination(ExecutorService pool, long deadline)
      throws InterruptedException {
    long left = Math.max(0, deadline - System.nanoTime());
    if (!pool.awaitTermination(left, TimeUnit.NANOSECONDS)) {
      LOG.debug("a thread of the client is still busy");
    }
  }

  private static ExecutorService pool(String name, int size) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          String suffix = size == 1 ? "" : "-" + number.incrementAndGet();
          Thread thread = new Thread(task, name + suffix);
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
