package org.webtorrent4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final List<String> called = new ArrayList<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Deque<Runnable> ownTasks = new ArrayDeque<>();

  private EventQueue queue(Executor chosen) {
    return new EventQueue(ownTasks::add, Optional.of(chosen));
  }

  private void runAll() {
    while (!ownTasks.isEmpty() || !tasks.isEmpty()) {
      (ownTasks.isEmpty() ? tasks : ownTasks).remove().run();
    }
  }

  @Test
  void callsComeInOrderAndNeverTwoAtOnce() {
    EventQueue queue = queue(tasks::add);

    queue.add(() -> called.add("a"));
    queue.add(() -> called.add("b"));
    ownTasks.remove().run();
    assertTrue(ownTasks.isEmpty());
    assertEquals(1, tasks.size(), "a second thread would have nothing to do");
    runAll();
    queue.add(() -> called.add("c"));
    runAll();

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

    runAll();

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
    runAll();

    assertEquals(List.of("a", "b"), called);
  }

  @Test
  void executorThatRunsTasksAtOnceDoesNotRunListenersOnTheLoop() {
    EventQueue queue = queue(Runnable::run);

    queue.add(() -> called.add("a"));
    assertTrue(called.isEmpty());
    runAll();

    assertEquals(List.of("a"), called);
  }

  @Test
  void listenerThatThrowsDoesNotKeepTheNextFromBeingCalled() {
    EventQueue queue = queue(tasks::add);
    queue.add(
        () -> {
          throw new AssertionError("a listener of a user");
        });
    queue.add(() -> called.add("b"));

    runAll();

    assertEquals(List.of("b"), called);
  }
}
