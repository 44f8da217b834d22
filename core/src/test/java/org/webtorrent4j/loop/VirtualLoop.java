package org.webtorrent4j.loop;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An event loop without a thread, whose time moves only when a test says so.
 *
 * <p>The thread that made it is the loop: {@link #inLoop} is true there, between turns too, so a
 * test may call loop-confined objects directly. Everything runs in one fixed order: timers by time
 * and then in the order in which they were scheduled, then posted tasks, then the tasks of the end
 * of the turn. Only {@link #execute} may be called from other threads; a test that uses such
 * threads waits for them with {@link #awaitTask}.
 */
public final class VirtualLoop implements EventLoop {
  /** Turns after which {@link #runAll} and {@link #runReady} believe that there is no end. */
  private static final int TURN_LIMIT = 1_000_000;

  private final Thread owner = Thread.currentThread();
  private final BlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
  private final TreeSet<VirtualTimer> timers =
      new TreeSet<>(
          Comparator.comparingLong((VirtualTimer timer) -> timer.dueNanos)
              .thenComparingLong(timer -> timer.order));
  private final ArrayDeque<Runnable> turnEnd = new ArrayDeque<>();
  private final List<Runnable> afterTurns = new ArrayList<>();
  private long nanoTime;
  private long timerOrder;
  private boolean inTurn;

  /** A loop at time 0. */
  public VirtualLoop() {
    this(0);
  }

  /** A loop at another time. */
  public VirtualLoop(long nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == owner;
  }

  @Override
  public void execute(Runnable task) {
    posted.add(task);
  }

  /** The virtual time; other threads read it only when the loop's thread waits for them. */
  @Override
  public long nanoTime() {
    return nanoTime;
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    assert inLoop();
    long due = nanoTime + Math.max(0, delayNanos);
    VirtualTimer timer = new VirtualTimer(due < nanoTime ? Long.MAX_VALUE : due, task);
    timers.add(timer);
    return timer;
  }

  @Override
  public void atTurnEnd(Runnable task) {
    assert inLoop();
    turnEnd.add(task);
  }

  @Override
  public Registration register(SelectableChannel channel, int interestOps, ReadyHandler handler) {
    throw new UnsupportedOperationException("a virtual loop has no selector");
  }

  /** Runs something after every turn from now on: a simulation checks its invariants there. */
  public void afterEachTurn(Runnable check) {
    afterTurns.add(check);
  }

  /** How many timers wait. */
  public int timerCount() {
    return timers.size();
  }

  /** Whether a task or a timer is due at the present time. */
  public boolean hasReady() {
    return !posted.isEmpty() || !turnEnd.isEmpty() || hasDueTimer();
  }

  /** One turn at the present time; timers and tasks that it adds wait for the next one. */
  public void runTurn() {
    assert inLoop();
    if (inTurn) {
      throw new IllegalStateException("a turn inside a turn");
    }
    inTurn = true;
    try {
      runDueTimers();
      for (int n = posted.size(); n > 0; n--) {
        posted.remove().run();
      }
      while (!turnEnd.isEmpty()) {
        turnEnd.remove().run();
      }
    } finally {
      inTurn = false;
    }
    afterTurns.forEach(Runnable::run);
  }

  /** Takes turns until nothing more is due at the present time. */
  public void runReady() {
    for (int turns = 0; hasReady(); turns++) {
      if (turns == TURN_LIMIT) {
        throw new IllegalStateException("tasks follow tasks at " + nanoTime + " ns without an end");
      }
      runTurn();
    }
  }

  /** Runs all that is due until this time, each timer at its own time, and ends at it. */
  public void runUntil(long nanos) {
    runReady();
    while (!timers.isEmpty() && timers.first().dueNanos <= nanos) {
      nanoTime = Math.max(nanoTime, timers.first().dueNanos);
      runReady();
    }
    nanoTime = Math.max(nanoTime, nanos);
  }

  /** Runs all that is due within this time from now. */
  public void advance(Duration duration) {
    runUntil(nanoTime + duration.toNanos());
  }

  /**
   * Runs until neither a task nor a timer is left.
   *
   * @throws IllegalStateException if there seems to be no end
   */
  public void runAll() {
    runReady();
    for (int turns = 0; !timers.isEmpty(); turns++) {
      if (turns == TURN_LIMIT) {
        throw new IllegalStateException("timers follow timers without an end");
      }
      runUntil(timers.first().dueNanos);
    }
  }

  /**
   * Waits in real time until another thread has posted a task, and runs it; virtual time stands
   * still.
   *
   * @throws AssertionError if none comes within 20 seconds
   */
  public void awaitTask() throws InterruptedException {
    assert inLoop();
    Runnable task = posted.poll(20, TimeUnit.SECONDS);
    if (task == null) {
      throw new AssertionError("no other thread posted a task to the loop");
    }
    task.run();
    runReady();
  }

  private void runDueTimers() {
    // A timer that a timer adds for now waits for the next turn, as on a real loop.
    long lastOrder = timerOrder;
    List<VirtualTimer> due = new ArrayList<>();
    for (VirtualTimer timer : timers) {
      if (timer.dueNanos > nanoTime) {
        break;
      }
      if (timer.order < lastOrder) {
        due.add(timer);
      }
    }
    for (VirtualTimer timer : due) {
      if (timers.remove(timer)) {
        timer.task.run();
      }
    }
  }

  private boolean hasDueTimer() {
    return !timers.isEmpty() && timers.first().dueNanos <= nanoTime;
  }

  private final class VirtualTimer implements Timer {
    final long dueNanos;
    final long order = timerOrder++;
    final Runnable task;

    VirtualTimer(long dueNanos, Runnable task) {
      this.dueNanos = dueNanos;
      this.task = task;
    }

    @Override
    public void cancel() {
      assert inLoop();
      timers.remove(this);
    }
  }
}
