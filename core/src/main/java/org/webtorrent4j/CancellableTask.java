package org.webtorrent4j;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Completes a future with the outcome of some work, and interrupts the work when the future is
 * cancelled.
 */
final class CancellableTask<T> implements ClientThreads.Droppable {
  private final CompletableFuture<T> future;
  private final Supplier<T> work;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread worker; // guarded by lock

  CancellableTask(CompletableFuture<T> future, Supplier<T> work) {
    this.future = future;
    this.work = work;
  }

  @Override
  public void run() {
    CompletableFuture<T> unused = future.whenComplete((result, error) -> interrupt());
    worker(Thread.currentThread());
    try {
      if (!future.isDone()) {
        T result = work.get();
        worker(null);
        future.complete(result);
      }
    } catch (RuntimeException | Error e) {
      worker(null);
      future.completeExceptionally(e);
    } finally {
      worker(null);
      Thread.interrupted(); // a late cancel must not hit the pool's next task
    }
  }

  @Override
  public void onDropped() {
    future.completeExceptionally(new TorrentException("the client is closed"));
  }

  private void worker(@Nullable Thread thread) {
    lock.lock();
    try {
      worker = thread;
    } finally {
      lock.unlock();
    }
  }

  private void interrupt() {
    lock.lock();
    try {
      if (worker != null) {
        worker.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
