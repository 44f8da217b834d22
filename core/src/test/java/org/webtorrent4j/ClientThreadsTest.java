package org.webtorrent4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClientThreadsTest {
  @Test
  void whoWaitsForATaskThatNeverBeganIsToldWhenTheClientCloses() throws Exception {
    ClientThreads threads = new ClientThreads();
    CountDownLatch everBusy = new CountDownLatch(1);
    for (int i = 0; i < 200; i++) {
      threads
          .workers()
          .execute(
              () -> {
                try {
                  everBusy.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    List<CompletableFuture<?>> futures = new ArrayList<>();
    CompletableFuture<String> seeded = new CompletableFuture<>();
    threads.workers().execute(new CancellableTask<>(seeded, () -> "seeded"));
    futures.add(seeded);
    futures.add(
        CompletableFuture.completedFuture("reached")
            .whenCompleteAsync((value, failure) -> {}, threads.completions()));

    threads.close(Duration.ofMillis(100));

    assertTrue(futures.stream().allMatch(CompletableFuture::isDone));
    assertTrue(seeded.isCompletedExceptionally());
  }
}
