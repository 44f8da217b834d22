package org.webtorrent4j.storage;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time and in their order, on whichever worker of another executor. A worker
 * that has begun takes all that wait: what was accepted runs even if the workers are told to end.
 * Thread-safe. Tasks must not throw.
 */
final class SerialExecutor implements Executor {
  private final Executor workers;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean isRunning;

  SerialExecutor(Executor workers) {
    this.workers = workers;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      if (isRunning) {
        return;
      }
      isRunning = true;
    }
    try {
      workers.execute(this::drain);
    } catch (RejectedExecutionException e) {
      synchronized (waiting) {
        isRunning = false;
        waiting.remove(task);
      }
      throw e;
    }
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private @Nullable Runnable next() {
    synchronized (waiting) {
      Runnable task = waiting.poll();
      isRunning = task != null;
      return task;
    }
  }
}
