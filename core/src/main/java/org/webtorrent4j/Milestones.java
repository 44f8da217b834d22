package org.webtorrent4j;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.Metainfo;

/**
 * The futures of a torrent. What is reached is decided on the event loop, at once, so that no
 * listener and no executor can hold it up or lose it; what is attached to those that are handed out
 * runs elsewhere. They are copies, so that nobody can complete or cancel another's.
 */
final class Milestones {
  private final EventLoop loop;
  private final Executor completions;

  /** Changed on the event loop only, like the next one, until the client is closed. */
  private volatile CompletableFuture<Metainfo> metadata = new CompletableFuture<>();

  private volatile CompletableFuture<Torrent> completion = new CompletableFuture<>();

  /** Calls of the user's that the event loop has not seen yet, after which all may be different. */
  private final AtomicInteger unseen = new AtomicInteger();

  /** Those who asked before the loop had seen such a call. */
  private final Set<CompletableFuture<Torrent>> early = ConcurrentHashMap.newKeySet();

  private volatile @Nullable TorrentException end;

  /**
   * @param completions runs what users attach to futures; never fails
   */
  Milestones(EventLoop loop, Executor completions) {
    this.loop = loop;
    this.completions = completions;
  }

  CompletableFuture<Metainfo> metadata() {
    return handOut(metadata);
  }

  CompletableFuture<Torrent> completion() {
    return handOut(latestCompletion());
  }

  Metainfo awaitMetadata(Duration timeout) throws TimeoutException, InterruptedException {
    return await(metadata, timeout);
  }

  void awaitCompletion(Duration timeout) throws TimeoutException, InterruptedException {
    await(latestCompletion(), timeout);
  }

  /**
   * Does something on the event loop; who asks for completion afterwards gets that which follows.
   */
  void act(Runnable action) {
    unseen.incrementAndGet();
    loop.execute(
        () -> {
          try {
            action.run();
          } finally {
            // What the action changes is looked at when the turn ends.
            loop.atTurnEnd(unseen::decrementAndGet);
          }
        });
  }

  // ---- on the event loop

  void onMetadata(Metainfo metainfo) {
    metadata.complete(metainfo);
  }

  boolean isDone() {
    return completion.isDone();
  }

  void onComplete(Torrent torrent) {
    if (completion.isCompletedExceptionally()) {
      completion = new CompletableFuture<>();
    }
    completion.complete(torrent);
  }

  /** There is something to be downloaded, or something is tried again. */
  void onIncomplete() {
    if (end != null) {
      return;
    }
    if (completion.isDone()) {
      completion = new CompletableFuture<>();
    }
    if (metadata.isCompletedExceptionally()) {
      metadata = new CompletableFuture<>();
    }
    TorrentException ended = end;
    if (ended != null) { // meanwhile, on another thread
      endAll(ended);
    }
  }

  /**
   * The torrent has failed. Who asks from now on is told so too, until something is tried again.
   */
  void onFailed(TorrentException cause) {
    metadata.completeExceptionally(cause);
    if (!completion.completeExceptionally(cause)) {
      completion = CompletableFuture.failedFuture(cause);
    }
  }

  // ---- on any thread

  /** Neither will be reached any more; what was reached stays so. */
  void onEnd(TorrentException cause) {
    end = cause;
    endAll(cause);
  }

  private void endAll(TorrentException cause) {
    metadata.completeExceptionally(cause);
    completion.completeExceptionally(cause);
    early.forEach(future -> future.completeExceptionally(cause));
  }

  private CompletableFuture<Torrent> latestCompletion() {
    if (unseen.get() == 0 || end != null) {
      return completion;
    }
    CompletableFuture<Torrent> later = new CompletableFuture<>();
    early.add(later);
    loop.execute(() -> loop.atTurnEnd(() -> follow(later)));
    TorrentException ended = end;
    if (ended != null) {
      later.completeExceptionally(ended);
    }
    return later;
  }

  @SuppressWarnings("CollectionUndefinedEquality") // futures are known by their identity
  private void follow(CompletableFuture<Torrent> later) {
    early.remove(later);
    var unused =
        completion.whenComplete(
            (torrent, failure) -> {
              if (failure == null) {
                later.complete(torrent);
              } else {
                later.completeExceptionally(failure);
              }
            });
  }

  private <T> CompletableFuture<T> handOut(CompletableFuture<T> future) {
    return future.isDone()
        ? future.copy()
        : future.whenCompleteAsync((value, failure) -> {}, completions);
  }

  /** Waits for a future in the words of the API; however long a duration is. */
  private static <T> T await(CompletableFuture<T> future, Duration timeout)
      throws TimeoutException, InterruptedException {
    try {
      return future.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /** The cause of a failed future, with a stack trace of whoever waited. */
  static TorrentException failure(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new TorrentException(message, cause);
  }
}
