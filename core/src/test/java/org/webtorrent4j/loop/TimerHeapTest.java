package org.webtorrent4j.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
  private final TimerHeap timers = new TimerHeap();
  private final List<String> ran = new ArrayList<>();

  @Test
  void timersRunInTheOrderOfTheirTimes() {
    timers.add(30, () -> ran.add("late"));
    timers.add(10, () -> ran.add("early"));
    timers.add(20, () -> ran.add("middle"));

    runDue(20);

    assertEquals(List.of("early", "middle"), ran);
    assertEquals(10, timers.nanosToNext(20));
  }

  @Test
  void timersOfTheSameTimeRunInTheOrderTheyWereAdded() {
    for (int i = 0; i < 100; i++) {
      String name = "timer " + i;
      timers.add(5, () -> ran.add(name));
    }

    runDue(5);

    assertEquals(100, ran.size());
    for (int i = 0; i < 100; i++) {
      assertEquals("timer " + i, ran.get(i));
    }
  }

  @Test
  void cancelledTimersDoNotAccumulate() {
    for (int i = 0; i < 100_000; i++) {
      timers.add(1_000_000 + i, () -> ran.add("never")).cancel();
    }

    assertEquals(0, timers.size());
    assertEquals(Long.MAX_VALUE, timers.nanosToNext(0));
  }

  @Test
  void timerThatHasRunCanBeCancelled() {
    EventLoop.Timer first = timers.add(1, () -> ran.add("first"));
    timers.add(2, () -> ran.add("second"));

    runDue(1);
    first.cancel();
    first.cancel();
    runDue(2);

    assertEquals(List.of("first", "second"), ran);
  }

  @Test
  void timerAddedForNowByATimerWaitsForTheNextTurn() {
    timers.add(1, () -> timers.add(1, () -> ran.add("second turn")));

    runDue(1);
    assertEquals(List.of(), ran);

    runDue(1);
    assertEquals(List.of("second turn"), ran);
  }

  @Test
  void clockMayWrap() {
    timers.add(Long.MIN_VALUE + 5, () -> ran.add("after the wrap"));
    timers.add(Long.MAX_VALUE - 5, () -> ran.add("before the wrap"));

    assertNull(timers.takeDue(Long.MAX_VALUE - 6, timers.nextNumber()));
    runDue(Long.MIN_VALUE + 5);

    assertEquals(List.of("before the wrap", "after the wrap"), ran);
  }

  @Property(tries = 200)
  void whatIsNotCancelledRunsInOrder(@ForAll long seed) {
    Random random = new Random(seed);
    List<long[]> expected = new ArrayList<>();
    List<long[]> actual = new ArrayList<>();
    List<EventLoop.Timer> handles = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long[] entry = {random.nextInt(50), i};
      expected.add(entry);
      handles.add(timers.add(entry[0], () -> actual.add(entry)));
      if (random.nextInt(3) == 0) {
        int victim = random.nextInt(handles.size());
        handles.get(victim).cancel();
        int number = victim;
        expected.removeIf(e -> e[1] == number);
      }
    }

    runDue(50);

    expected.sort(Comparator.<long[]>comparingLong(e -> e[0]).thenComparingLong(e -> e[1]));
    assertEquals(expected, actual);
    assertEquals(0, timers.size());
  }

  private void runDue(long now) {
    long limit = timers.nextNumber();
    for (Runnable due = timers.takeDue(now, limit); due != null; due = timers.takeDue(now, limit)) {
      due.run();
    }
  }
}
