package org.webtorrent4j.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnWatchTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1000 * MILLISECOND;

  private final List<String> reports = new ArrayList<>();
  private long now = Long.MAX_VALUE - SECOND; // clocks wrap
  private final TurnWatch watch =
      new TurnWatch(
          (name, nanos, isWarning) ->
              reports.add(name + " " + nanos / MILLISECOND + (isWarning ? " warning" : "")),
          now);

  private void run(Object task, boolean isRemotes, long millis) {
    watch.begin(now);
    now += millis * MILLISECOND;
    watch.onEnd(task, isRemotes, now);
  }

  @Test
  void longTaskIsToldOfByTheClassWhereItWasWritten() {
    Runnable task = () -> {};
    now += 60 * SECOND;

    run(task, false, 10);
    run(task, false, 51);

    assertEquals(List.of("loop.TurnWatchTest 51 warning"), reports);
    assertEquals(51 * MILLISECOND, watch.longestNanos());
  }

  @Test
  void warningsComeOnceAMinuteAndNotWhileTheJvmWarmsUp() {
    Object task = new Object();

    run(task, false, 60);
    now += 60 * SECOND;
    run(task, false, 70);
    run(task, false, 80);
    now += 60 * SECOND;
    run(task, false, 90);

    assertEquals(
        List.of(
            "java.lang.Object 60",
            "java.lang.Object 70 warning",
            "java.lang.Object 80",
            "java.lang.Object 90 warning"),
        reports);
  }

  @Test
  void whatARemoteSendsLeadsToNoWarning() {
    now += 60 * SECOND;
    run(new Object(), true, 100);
    run(new Object(), false, 100);

    assertEquals(List.of("java.lang.Object 100", "java.lang.Object 100 warning"), reports);
  }
}
