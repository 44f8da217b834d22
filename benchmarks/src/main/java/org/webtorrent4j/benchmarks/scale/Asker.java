package org.webtorrent4j.benchmarks.scale;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Asks a question again and again beside other work, and takes the times of the answers. */
final class Asker {
  private static final int MOST = 1 << 16;
  private static final long PAUSE_NANOS = 500_000;

  private final long[] nanos = new long[MOST];
  private final Thread thread;
  private int count;
  private volatile boolean isStopped;

  /** Has not begun. */
  Asker(Runnable question) {
    this.thread = new Thread(() -> run(question), "asker");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run(Runnable question) {
    do {
      long begin = System.nanoTime();
      question.run();
      nanos[count++] = System.nanoTime() - begin;
      LockSupport.parkNanos(PAUSE_NANOS);
    } while (!isStopped && count < MOST);
  }

  /** Ends the asking; how long each answer took, in nanoseconds. */
  long[] stop() throws InterruptedException {
    isStopped = true;
    thread.join();
    return Arrays.copyOf(nanos, count);
  }
}
