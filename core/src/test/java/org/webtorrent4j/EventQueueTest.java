package org.webtorrent4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final List<String> called = new ArrayList<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Deque<Runnable> ownTasks = new ArrayDeque<>();
  private boolean isOnLoop = true;

  private EventQueue queue(Executor chosen) {
    return new EventQueue(chosen, ownTasks::add, () -> isOnLoop);
  }

  private void runAll(Deque<Runnable> some) {
    isOnLoop = false;
    while (!some.isEmpty()) {
      some.remove().run();
    }
    isOnLoop = true;
  }

  @Test
  void callsComeInOrderAndNeverTwoAtOnce() {
    EventQueue queue = queue(tasks::add);

    queue.add(() -> called.add("a"));
    queue.add(() -> called.add("b"));
    assertEquals(1, tasks.size(), "a second thread would have nothing to do");
    runAll(tasks);
    queue.add(() -> called.add("c"));
    runAll(tasks);

    assertEquals(List.of("a", "b", "c"), called);
  }

  @Test
  void callThatComesDuringAnotherWaitsForIt() {
    EventQueue queue = queue(tasks::add);
    queue.add(
        () -> {
          queue.add(() -> called.add("later"));
          called.add("first");
        });

    runAll(tasks);

    assertEquals(List.of("first", "later"), called);
  }

  @Test
  void whatTheExecutorRefusesAThreadOfOursRuns() {
    EventQueue queue =
        queue(
            task -> {
              throw new RejectedExecutionException("shut down");
            });

    queue.add(() -> called.add("a"));
    queue.add(() -> called.add("b"));
    assertTrue(called.isEmpty());
    runAll(ownTasks);

    assertEquals(List.of("a", "b"), called);
  }

  @Test
  void executorThatRunsTasksAtOnceDoesNotRunListenersOnTheLoop() {
    EventQueue queue = queue(Runnable::run);

    queue.add(() -> called.add("a"));
    assertTrue(called.isEmpty());
    runAll(ownTasks);

    assertEquals(List.of("a"), called);
  }

  @Test
  void listenerThatThrowsDoesNotKeepTheNextFromBeingCalled() {
    EventQueue queue = queue(tasks::add);
    queue.add(
        () -> {
          throw new IllegalStateException("a listener of a user");
        });
    queue.add(() -> called.add("b"));

    runAll(tasks);

    assertEquals(List.of("b"), called);
  }
}
