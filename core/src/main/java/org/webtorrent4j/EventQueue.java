package org.webtorrent4j;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners one after the other, in the order of what happened, whatever executor they were
 * promised: one with several threads, one that runs tasks at once, one that blocks or refuses them.
 * It is asked on a thread of ours, so nothing of that reaches the caller of {@link #add}.
 * Thread-safe.
 */
final class EventQueue {
  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private final Executor own;
  private final Optional<Executor> chosen;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** Calls that wait or run; whoever raises it from 0 sees to it that they run. */
  private final AtomicInteger count = new AtomicInteger();

  private boolean hasWarned; // on the thread of ours

  /**
   * @param own a thread of ours; never fails
   * @param chosen the user's executor, if there is one
   */
  EventQueue(Executor own, Optional<Executor> chosen) {
    this.own = own;
    this.chosen = chosen;
  }

  /** Has a listener called soon. */
  void add(Runnable call) {
    waiting.add(call);
    if (count.getAndIncrement() == 0) {
      own.execute(this::handOver);
    }
  }

  private void handOver() {
    if (chosen.isEmpty()) {
      drain();
      return;
    }
    try {
      chosen.get().execute(this::drain);
    } catch (RuntimeException e) {
      if (!hasWarned) {
        hasWarned = true;
        LOG.warn("the executor for events refuses tasks, a thread of the client runs them", e);
      }
      drain();
    }
  }

  private void drain() {
    do {
      Runnable call = waiting.poll();
      if (call != null) {
        ClientThreads.runGuarded(call);
      }
    } while (count.decrementAndGet() > 0);
  }
}
