package org.webtorrent4j.loop;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.Executor;

/**
 * The one thread that owns the mutable objects of a client.
 *
 * <p>A <em>turn</em> is one round of the loop: ready channels, due timers, posted tasks, and then
 * the tasks of the end of the turn. {@link #execute} may be called from any thread; every other
 * method only on the loop, unless it says otherwise.
 */
public interface EventLoop extends Executor {
  /** Whether the caller runs on this loop; any thread may ask. */
  boolean inLoop();

  /**
   * Runs a task on the loop, in the order of the calls; never inside this call. Any thread. After
   * the loop has ended, tasks are dropped silently: all they could act on is gone.
   */
  @Override
  void execute(Runnable task);

  /** Time in nanoseconds from an arbitrary origin; read once a turn, so it is cheap. Any thread. */
  long nanoTime();

  /** Runs a task once, on the loop, when {@code delayNanos} have passed (at once if negative). */
  Timer schedule(long delayNanos, Runnable task);

  /**
   * Runs a task at the end of this turn, once: what was gathered during the turn is sent there. A
   * task that is added while these tasks run is run in the same turn end.
   */
  void atTurnEnd(Runnable task);

  /**
   * Watches a non-blocking channel; {@code handler} is called on the loop when one of the {@code
   * interestOps} is ready. To register a watched channel again replaces its registration, whose
   * methods then do nothing; one whose registration was cancelled can be watched again in a later
   * turn only.
   *
   * @param interestOps a set of {@link java.nio.channels.SelectionKey} operations
   * @throws IOException if the channel is closed or cannot be watched
   * @throws UnsupportedOperationException on a loop without a selector (simulations)
   */
  Registration register(SelectableChannel channel, int interestOps, ReadyHandler handler)
      throws IOException;

  /** A task that waits for its time. Confined to the loop. */
  interface Timer {
    /** Forgets the task; does nothing if it has run. */
    void cancel();
  }

  /** A watched channel. Confined to the loop. */
  interface Registration {
    /** Replaces the set of operations that are watched for; cheap if unchanged. */
    void interestOps(int ops);

    /** Stops watching; the channel stays open. */
    void cancel();
  }

  /** Told of ready channels. */
  interface ReadyHandler {
    /**
     * The channel is ready for some of what it is watched for.
     *
     * @param readyOps the ready operations
     */
    void onReady(int readyOps);
  }
}
