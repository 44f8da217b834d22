package org.webtorrent4j.loop;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop on a daemon thread of its own, around one NIO selector. A turn without timers and
 * tasks allocates nothing, and a task that is posted while the loop is awake costs no system call.
 *
 * <p>What a task throws is a bug of ours; it is logged and the loop goes on.
 */
public final class SelectorLoop implements EventLoop, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(SelectorLoop.class);

  /** Far enough for any timer, near enough that two deadlines can be subtracted. */
  private static final long MAX_DELAY_NANOS = Long.MAX_VALUE / 4;

  private static final long SELECT_FAILED_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long JOIN_MILLIS = 10_000;

  private final Selector selector;
  private final Thread thread;
  private final TaskStack tasks = new TaskStack();
  private final TimerHeap timers = new TimerHeap();
  private final ArrayDeque<Runnable> turnEnd = new ArrayDeque<>();
  private final TurnWatch watch = new TurnWatch(this::onLongTask, System.nanoTime());
  private final Consumer<SelectionKey> onReadyKey = this::onReadyKey;

  /** True while the loop blocks, or is about to, and must be woken for a task. */
  private final AtomicBoolean asleep = new AtomicBoolean();

  private long now = System.nanoTime();
  private boolean turnBegun;
  private boolean closing;

  private SelectorLoop(Selector selector, String threadName) {
    this.selector = selector;
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  /**
   * Opens a loop and starts its thread.
   *
   * @throws IOException if the system has no selector for us
   */
  public static SelectorLoop open(String threadName) throws IOException {
    SelectorLoop loop = new SelectorLoop(Selector.open(), threadName);
    loop.thread.start();
    return loop;
  }

  @Override
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void execute(Runnable task) {
    if (tasks.push(task) && !inLoop() && asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  /** {@inheritDoc} Other threads get the time itself: the loop's may be that of its last sleep. */
  @Override
  public long nanoTime() {
    return inLoop() ? now : System.nanoTime();
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    assert inLoop();
    return timers.add(now + Math.max(0, Math.min(delayNanos, MAX_DELAY_NANOS)), task);
  }

  @Override
  public void atTurnEnd(Runnable task) {
    assert inLoop();
    turnEnd.add(task);
  }

  @Override
  public Registration register(SelectableChannel channel, int interestOps, ReadyHandler handler)
      throws IOException {
    assert inLoop();
    try {
      return new WatchedKey(channel.register(selector, interestOps), interestOps, handler);
    } catch (CancelledKeyException e) {
      throw new IOException("the channel was given up in this turn", e);
    }
  }

  /**
   * Ends the loop: it runs what was posted before, and what that posts, then its thread ends and
   * the selector is closed. Waits for that, but no longer than ten seconds, unless called on the
   * loop. Watched channels are not closed, they belong to those who registered them. Idempotent;
   * any thread.
   */
  @Override
  public void close() {
    execute(() -> closing = true);
    if (inLoop()) {
      return;
    }
    try {
      thread.join(JOIN_MILLIS);
      if (thread.isAlive()) {
        logger.error("{} did not end: a task blocks it", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing) {
        select();
        beginTurn();
        runTimers();
        runTasks(tasks.takeAll());
        runTurnEnd();
        turnBegun = false;
      }
      runTasks(tasks.close());
      runTurnEnd();
    } finally {
      tasks.close();
      try {
        selector.close();
      } catch (IOException e) {
        logger.error("the selector could not be closed", e);
      }
    }
  }

  private void select() {
    try {
      if (!tasks.isEmpty() || timers.nanosToNext(now) == 0) {
        selector.selectNow(onReadyKey);
      } else {
        sleep();
      }
    } catch (IOException | ClosedSelectorException e) {
      logger.error("select failed", e);
      LockSupport.parkNanos(SELECT_FAILED_PAUSE_NANOS);
    }
    // An interrupted thread would not block any more; nobody has a reason to interrupt this one.
    if (Thread.interrupted()) {
      logger.error("{} was interrupted", thread.getName());
    }
  }

  private void sleep() throws IOException {
    // By the real time, because the turn that ended may have been long. Rounded up: waking before
    // the timer is due would only mean another turn.
    long millis = timers.nanosToNext(System.nanoTime()) / 1_000_000 + 1;
    asleep.set(true);
    // A task that was pushed before the flag was up did not wake us; from here on they do.
    if (tasks.isEmpty()) {
      selector.select(onReadyKey, millis);
    } else {
      selector.selectNow(onReadyKey);
    }
  }

  /**
   * Done once a turn, before the first thing that happens in it: we are awake, and the clock is
   * read.
   */
  private void beginTurn() {
    if (!turnBegun) {
      turnBegun = true;
      now = System.nanoTime();
      watch.begin(now);
      if (asleep.get()) {
        asleep.set(false);
      }
    }
  }

  private void onReadyKey(SelectionKey key) {
    beginTurn();
    WatchedKey watched = (WatchedKey) key.attachment();
    // A handler before this one, in the same selection, may have closed the channel.
    if (watched == null || !key.isValid()) {
      return;
    }
    try {
      watched.handler.onReady(key.readyOps());
    } catch (Throwable e) {
      logger.error("a handler failed; its channel is no longer watched", e);
      watched.cancel();
    }
    watch.onEnd(watched.handler, true, System.nanoTime());
  }

  private void runTimers() {
    long limit = timers.nextNumber();
    for (Runnable due = timers.takeDue(now, limit); due != null; due = timers.takeDue(now, limit)) {
      run(due, false);
    }
  }

  private void runTasks(TaskStack.@Nullable Node first) {
    for (TaskStack.Node node = first; node != null; node = node.next) {
      run(node.task, false);
    }
  }

  private void runTurnEnd() {
    for (Runnable task = turnEnd.poll(); task != null; task = turnEnd.poll()) {
      run(task, true); // sends what was gathered: as much as others asked for
    }
  }

  private void run(Runnable task, boolean isRemotes) {
    try {
      task.run();
    } catch (Throwable e) {
      logger.error("a task failed", e);
    }
    watch.onEnd(task, isRemotes, System.nanoTime());
  }

  private void onLongTask(String name, long nanos, boolean isWarning) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    if (isWarning) {
      logger.warn("{} kept {} busy for {} ms, and all else waited", name, thread.getName(), millis);
    } else {
      logger.debug("{} took {} ms", name, millis);
    }
  }

  private static final class WatchedKey implements Registration {
    private final SelectionKey key;
    private final ReadyHandler handler;
    private int interestOps;

    WatchedKey(SelectionKey key, int interestOps, ReadyHandler handler) {
      this.key = key;
      this.interestOps = interestOps;
      this.handler = handler;
      key.attach(this);
    }

    @Override
    public void interestOps(int ops) {
      if (ops != interestOps && isCurrent()) {
        interestOps = ops;
        key.interestOps(ops);
      }
    }

    @Override
    public void cancel() {
      if (isCurrent()) {
        key.cancel();
      }
    }

    /** Whether the channel is still watched, and not by a later registration in place of this. */
    private boolean isCurrent() {
      return key.isValid() && key.attachment() == this;
    }
  }
}
