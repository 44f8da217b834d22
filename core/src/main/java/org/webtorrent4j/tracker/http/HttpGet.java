package org.webtorrent4j.tracker.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;

/**
 * One request: it runs on a worker, and the loop watches it and takes it away when its time is up.
 * The worker tells the loop of its sockets, so that only the loop knows whether they are still
 * wanted. Confined to the event loop.
 */
final class HttpGet {
  /** Told how it ended, on the loop, unless it was cancelled. */
  interface Handler {
    void onReply(HttpReply reply);

    void onFailure(IOException cause);
  }

  /** Makes requests. */
  interface Factory {
    HttpGet create(URI uri, Duration limit);
  }

  private final EventLoop loop;
  private final Executor workers;
  private final HttpFetch fetch;
  private final URI uri;
  private final Duration limit;
  private final FutureTask<?> task = new FutureTask<>(this::work, null);
  private @Nullable Handler handler;
  private @Nullable Socket socket;
  private EventLoop.@Nullable Timer timer;

  /**
   * A request that has not begun.
   *
   * @param limit how long it may wait for a worker, and then how long it may take
   */
  HttpGet(EventLoop loop, Executor workers, HttpFetch fetch, URI uri, Duration limit) {
    this.loop = loop;
    this.workers = workers;
    this.fetch = fetch;
    this.uri = uri;
    this.limit = limit;
  }

  void start(Handler toBeTold) {
    assert loop.inLoop();
    handler = toBeTold;
    watch("no worker was free for ");
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      loop.execute(() -> fail(new IOException("the client is closing", e)));
    }
  }

  /** Gives up; the handler is not called any more. */
  void cancel() {
    assert loop.inLoop();
    handler = null;
    task.cancel(false);
    if (timer != null) {
      timer.cancel();
    }
    closeSocket();
  }

  /** Runs on a worker. */
  private void work() {
    loop.execute(this::onBegun);
    try {
      HttpReply reply = fetch.fetch(uri, opened -> loop.execute(() -> onOpened(opened)));
      loop.execute(() -> succeed(reply));
    } catch (IOException e) {
      loop.execute(() -> fail(e));
    } catch (RuntimeException e) {
      // The platform's resolver and TLS throw what they please for strange input.
      loop.execute(() -> fail(new IOException("the request failed: " + e.getMessage(), e)));
    }
  }

  private void onBegun() {
    if (handler != null) {
      watch("no answer within ");
    }
  }

  private void onOpened(Socket opened) {
    socket = opened;
    if (handler == null) {
      closeSocket();
    }
  }

  private void watch(String fault) {
    if (timer != null) {
      timer.cancel();
    }
    IOException cause = new IOException(fault + limit.toSeconds() + " s");
    timer = loop.schedule(limit.toNanos(), () -> fail(cause));
  }

  private void succeed(HttpReply reply) {
    Handler told = handler;
    if (told != null) {
      cancel();
      told.onReply(reply);
    }
  }

  private void fail(IOException cause) {
    Handler told = handler;
    if (told != null) {
      cancel();
      told.onFailure(cause);
    }
  }

  private void closeSocket() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // Whatever it is, nobody waits for this socket any more.
      }
      socket = null;
    }
  }
}
