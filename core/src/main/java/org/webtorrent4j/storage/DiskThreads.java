package org.webtorrent4j.storage;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a client that read, write and hash: daemons, started when first needed. */
public final class DiskThreads {
  private final ThreadPoolExecutor disk;
  private final ThreadPoolExecutor hash;
  private final int hashThreads;

  private DiskThreads(int diskThreads, int hashThreads) {
    this.disk = pool("wt-disk-", diskThreads);
    this.hash = pool("wt-hash-", hashThreads);
    this.hashThreads = hashThreads;
  }

  /** As many as fit this machine: a hash thread for each core, two to four disk threads. */
  public static DiskThreads create() {
    int cores = Runtime.getRuntime().availableProcessors();
    return create(Math.max(2, Math.min(cores, 4)), cores);
  }

  /** A number of each, at least 1. */
  public static DiskThreads create(int diskThreads, int hashThreads) {
    return new DiskThreads(diskThreads, hashThreads);
  }

  /** Runs what reads and writes, on the threads {@code wt-disk-N}. */
  public Executor disk() {
    return disk;
  }

  /** Runs what hashes, on the threads {@code wt-hash-N}. */
  public Executor hash() {
    return hash;
  }

  /** How many threads hash. */
  public int hashThreads() {
    return hashThreads;
  }

  /**
   * Takes no more tasks and waits until those that were taken have run. What has not ended in time
   * is interrupted, what has not begun is dropped. Idempotent. Not on a thread that may not block.
   *
   * @return whether everything ended in time
   */
  public boolean close(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    hash.shutdown(); // hashing hands on to the disk
    boolean ended = ends(hash, deadline);
    disk.shutdown();
    return ends(disk, deadline) && ended;
  }

  private static boolean ends(ThreadPoolExecutor pool, long deadline) {
    boolean ended = false;
    try {
      ended = pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      pool.shutdownNow();
    }
    return ended;
  }

  private static ThreadPoolExecutor pool(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(), // what is queued is bounded by the budget of buffers
        task -> {
          Thread thread = new Thread(task, name + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
