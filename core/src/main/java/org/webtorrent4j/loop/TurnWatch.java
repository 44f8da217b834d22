package org.webtorrent4j.loop;

/**
 * Measures how long each task keeps the loop, during which everybody else waits, and tells of those
 * that do so for too long. Costs a look at the clock for each. Confined to the event loop; time
 * comes in as an argument.
 */
final class TurnWatch {
  private static final long LONG_NANOS = 50_000_000;
  private static final long WARNING_NANOS = 60_000_000_000L;
  private static final String ROOT = "org.webtorrent4j.";
  private static final String LAMBDA = "$$Lambda";

  /** Whose tasks are as long as somebody outside makes them. */
  private static final String[] TRANSPORTS = {"tcp.", "webrtc.", "tracker."};

  private final Report report;
  private long begunNanos;
  private long warnedNanos;
  private long longestNanos;

  /** Told of a task that took too long. */
  interface Report {
    /**
     * A task took too long.
     *
     * @param name its class
     * @param isWarning whether the developer should hear of it: it was our own and the first for
     *     some time. What a remote sends never leads to one
     */
    void onLong(String name, long nanos, boolean isWarning);
  }

  /** A watch that warns from the second minute on: in the first the JVM warms up. */
  TurnWatch(Report report, long nanoTime) {
    this.report = report;
    this.warnedNanos = nanoTime;
  }

  /** The next task begins. */
  void begin(long nanoTime) {
    begunNanos = nanoTime;
  }

  /**
   * A task has ended, and the next one begins.
   *
   * @param isRemotes whether its length is a remote's affair
   */
  void onEnd(Object task, boolean isRemotes, long nanoTime) {
    long took = nanoTime - begunNanos;
    begunNanos = nanoTime;
    if (took > LONG_NANOS) {
      longestNanos = Math.max(longestNanos, took);
      onLong(name(task), isRemotes, took, nanoTime);
    }
  }

  private void onLong(String name, boolean isRemotes, long took, long nanoTime) {
    boolean isDue = nanoTime - warnedNanos >= WARNING_NANOS;
    boolean isWarning = isDue && !isRemotes && !isOfTransport(name);
    if (isWarning) {
      warnedNanos = nanoTime;
    }
    report.onLong(name, took, isWarning);
  }

  /** The longest of those that took too long; 0 if there was none. */
  long longestNanos() {
    return longestNanos;
  }

  private static boolean isOfTransport(String name) {
    for (String transport : TRANSPORTS) {
      if (name.startsWith(transport)) {
        return true;
      }
    }
    return false;
  }

  /** The class where a task was written: a lambda has its name from there. */
  private static String name(Object task) {
    String name = task.getClass().getName();
    int lambda = name.indexOf(LAMBDA);
    String own = lambda < 0 ? name : name.substring(0, lambda);
    return own.startsWith(ROOT) ? own.substring(ROOT.length()) : own;
  }
}
