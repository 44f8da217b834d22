package org.webtorrent4j.rtc.sim;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Virtual time and what happens in it. The same seed makes the same run. */
public final class SimNet {
  /** Begins late enough that nobody takes 0 for a time of its own. */
  private static final long START = 1_000_000_000L;

  private record Event(long time, long number, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
  private final Random random;
  private long now = START;
  private long number;

  /** A network whose chance comes from a seed. */
  public SimNet(long seed) {
    random = new Random(seed);
  }

  /** The time, in nanoseconds. */
  public long now() {
    return now;
  }

  /** The chance of this run. */
  public Random random() {
    return random;
  }

  /** Lets something happen at a time, or now if that has passed. */
  public void at(long time, Runnable action) {
    events.add(new Event(Math.max(time, now), number++, action));
  }

  /** Lets something happen later. */
  public void after(long nanos, Runnable action) {
    at(now + nanos, action);
  }

  /**
   * Runs until something is so, or for so long.
   *
   * @return whether it is so
   */
  public boolean runUntil(BooleanSupplier isSo, long nanos) {
    long end = now + nanos;
    while (!isSo.getAsBoolean()) {
      Event next = events.peek();
      if (next == null || next.time > end) {
        now = end;
        return isSo.getAsBoolean();
      }
      events.remove();
      now = next.time;
      next.action.run();
    }
    return true;
  }

  /** Runs for a time. */
  public void run(long nanos) {
    runUntil(() -> false, nanos);
  }

  /** Whether nothing is going to happen. */
  public boolean isQuiet() {
    return events.isEmpty();
  }
}
