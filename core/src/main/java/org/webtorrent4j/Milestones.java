package org.webtorrent4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.metainfo.Metainfo;

/**
 * The futures of a torrent. Those that are handed out are copies, so that nobody can complete or
 * cancel another's. Told on the event loop, they complete on the executor for events.
 */
final class Milestones {
  private final Executor events;
  private final CompletableFuture<Metainfo> metadata = new CompletableFuture<>();
  private volatile CompletableFuture<Torrent> completion = new CompletableFuture<>();

  Milestones(Executor events) {
    this.events = events;
  }

  CompletableFuture<Metainfo> metadata() {
    return metadata.copy();
  }

  CompletableFuture<Torrent> completion() {
    return completion.copy();
  }

  void onMetadata(Metainfo metainfo) {
    events.execute(() -> metadata.complete(metainfo));
  }

  void onComplete(Torrent torrent) {
    CompletableFuture<Torrent> reached = completion;
    events.execute(() -> reached.complete(torrent));
  }

  /** There is something to be downloaded (again). */
  void onIncomplete() {
    if (completion.isDone()) {
      completion = new CompletableFuture<>();
    }
  }

  /** The torrent has failed; it may be resumed. */
  void onFailed(TorrentException cause) {
    CompletableFuture<Torrent> missed = completion;
    events.execute(() -> missed.completeExceptionally(cause));
  }

  /** Neither will be reached any more. */
  void onRemoved(TorrentException cause) {
    onFailed(cause);
    events.execute(() -> metadata.completeExceptionally(cause));
  }

  /** Waits for a future in the words of the API. */
  static <T> T await(CompletableFuture<T> future, Duration timeout)
      throws TimeoutException, InterruptedException {
    try {
      return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
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
