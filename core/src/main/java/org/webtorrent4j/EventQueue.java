package org.webtorrent4j;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls listeners one after the other, in the order of what happened, whatever executor they were
 * promised: one with several threads, one that runs tasks at once, one that refuses them. Nothing
 * of that reaches the caller of {@link #add}. Thread-safe.
 */
final class EventQueue {
  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private final Executor chosen;
  private final Executor own;
  private final BooleanSupplier isForbiddenHere;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** Calls that wait or run; whoever raises it from 0 sees to it that they run. */
  private final AtomicInteger count = new AtomicInteger();

  private final AtomicBoolean hasWarned = new AtomicBoolean();

  /**
   * @param chosen the user's executor
   * @param own one that never fails, for what the user's refuses or would run where it must not
   * @param isForbiddenHere whether the calling thread is one on which no listener may run
   */
  EventQueue(Executor chosen, Executor own, BooleanSupplier isForbiddenHere) {
    this.chosen = chosen;
    this.own = own;
    this.isForbiddenHere = isForbiddenHere;
  }

  /** Has a listener called soon. */
  void add(Runnable call) {
    waiting.add(call);
    if (count.getAndIncrement() == 0) {
      schedule();
    }
  }

  private void schedule() {
    try {
      chosen.execute(this::drain);
    } catch (RuntimeException e) {
      if (!hasWarned.getAndSet(true)) {
        LOG.warn("the executor for events refuses tasks, a thread of the client runs them", e);
      }
      own.execute(this::drain);
    }
  }

  private void drain() {
    if (isForbiddenHere.getAsBoolean()) {
      own.execute(this::drain);
      return;
    }
    do {
      Runnable call = waiting.poll();
      if (call != null) {
        ClientThreads.runGuarded(call);
      }
    } while (count.decrementAndGet() > 0);
  }
}
