package org.webtorrent4j.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualLoopTest {
  private final VirtualLoop loop = new VirtualLoop();
  private final List<String> log = new ArrayList<>();

  @Test
  void timersRunAtTheirTimeInTheOrderOfScheduling() {
    loop.schedule(20, () -> log.add("c" + loop.nanoTime()));
    loop.schedule(10, () -> log.add("a" + loop.nanoTime()));
    loop.schedule(10, () -> log.add("b" + loop.nanoTime()));

    loop.runUntil(15);

    assertEquals(List.of("a10", "b10"), log);
    assertEquals(15, loop.nanoTime());
    loop.advance(Duration.ofNanos(5));
    assertEquals(List.of("a10", "b10", "c20"), log);
  }

  @Test
  void aTurnIsTimersThenTasksThenItsEnd() {
    loop.atTurnEnd(() -> log.add("end"));
    loop.execute(() -> log.add("task"));
    loop.schedule(0, () -> log.add("timer"));

    loop.runTurn();

    assertEquals(List.of("timer", "task", "end"), log);
  }

  @Test
  void whatATaskPostsRunsInTheNextTurn() {
    loop.execute(() -> loop.execute(() -> log.add("second")));

    loop.runTurn();
    assertTrue(log.isEmpty());

    loop.runTurn();
    assertEquals(List.of("second"), log);
  }

  @Test
  void cancelledTimerDoesNotRunEvenInItsOwnTurn() {
    EventLoop.Timer[] second = new EventLoop.Timer[1];
    loop.schedule(5, () -> second[0].cancel());
    second[0] = loop.schedule(5, () -> log.add("second"));

    loop.runAll();

    assertTrue(log.isEmpty());
    assertEquals(0, loop.timerCount());
  }

  @Test
  void endlessTasksAreNoticed() {
    loop.execute(
        new Runnable() {
          @Override
          public void run() {
            loop.execute(this);
          }
        });

    assertThrows(IllegalStateException.class, loop::runAll);
  }

  @Test
  void taskOfAnotherThreadIsAwaited() throws InterruptedException {
    Thread other = new Thread(() -> loop.execute(() -> log.add("posted")));
    other.start();

    loop.awaitTask();

    assertEquals(List.of("posted"), log);
    other.join();
  }
}
