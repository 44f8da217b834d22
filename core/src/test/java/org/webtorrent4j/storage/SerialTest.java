package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SerialTest {
  private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
  private final List<Integer> run = new ArrayList<>();
  private boolean haveEnded;
  private final Serial serial =
      new Serial(
          task -> {
            if (haveEnded) {
              throw new RejectedExecutionException();
            }
            workers.add(task);
          });

  @Test
  void workersAreGivenOneTaskAtATimeInOrder() {
    add(1, 2, 3);

    for (int i = 1; i <= 3; i++) {
      assertEquals(1, workers.size());
      workers.remove().run();
      assertEquals(i, run.size());
    }

    assertEquals(List.of(1, 2, 3), run);
    assertEquals(0, workers.size());
  }

  @Test
  void otherWorkComesInBetween() {
    add(1, 2);
    workers.add(() -> run.add(100));
    while (!workers.isEmpty()) {
      workers.remove().run();
    }

    assertEquals(List.of(1, 100, 2), run);
  }

  @Test
  void whatWasTakenIsRunAlthoughTheWorkersTakeNoMore() {
    add(1, 2, 3);
    haveEnded = true;
    workers.remove().run();

    assertEquals(List.of(1, 2, 3), run);
  }

  @Test
  void endedWorkersRejectEveryTask() {
    haveEnded = true;

    assertThrows(RejectedExecutionException.class, () -> add(1));
    assertThrows(RejectedExecutionException.class, () -> add(2));
    haveEnded = false;
    add(3);
    workers.remove().run();

    assertEquals(List.of(3), run);
  }

  private void add(int... numbers) {
    for (int number : numbers) {
      serial.execute(() -> run.add(number));
    }
  }
}
