package org.webtorrent4j.storage;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets workers run tasks one at a time, in order. Each is handed over by itself, so that what else
 * the workers have to do comes in between. What was taken is run even if the workers take no more
 * meanwhile. Thread-safe.
 */
final class Serial implements Executor {
  private final Executor workers;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(); // the first one is running

  Serial(Executor workers) {
    this.workers = workers;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RejectedExecutionException if the workers have ended
   */
  @Override
  public void execute(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (tasks.size() == 1) {
        try {
          workers.execute(this::runFirst);
        } catch (RejectedExecutionException e) {
          tasks.clear();
          throw e;
        }
      }
    }
  }

  private void runFirst() {
    for (Runnable task = first(); task != null; task = next()) {
      task.run();
    }
  }

  private Runnable first() {
    synchronized (tasks) {
      return tasks.getFirst();
    }
  }

  /**
   * Hands the next task over; returns it if the workers do not take it, so it is run right here.
   */
  private @Nullable Runnable next() {
    synchronized (tasks) {
      tasks.removeFirst();
      if (tasks.isEmpty()) {
        return null;
      }
      try {
        workers.execute(this::runFirst);
        return null;
      } catch (RejectedExecutionException e) { // they are ending, but this one is still there
        return tasks.getFirst();
      }
    }
  }
}
