package org.webtorrent4j.tracker.http;

import java.io.IOException;
import java.net.Socket;
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
public final class HttpGet {
  /** Told how it ended, on the loop, unless it was cancelled. */
  public interface Handler {
    /** There is an answer, be it a good one or not. */
    void onReply(HttpReply reply);

    /** There is none. */
    void onFailure(IOException cause);
  }

  /** Makes requests. */
  interface Factory {
    HttpGet create(HttpFetch.Question question, Duration limit);
  }

  private final EventLoop loop;
  private final Executor workers;
  private final HttpFetch fetch;
  private final HttpFetch.Question question;
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
  public HttpGet(
      EventLoop loop,
      Executor workers,
      HttpFetch fetch,
      HttpFetch.Question question,
      Duration limit) {
    this.loop = loop;
    this.workers = workers;
    this.fetch = fetch;
    this.question = question;
    this.limit = limit;
  }

  /** Begins; once. */
  public void start(Handler toBeTold) {
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
  public void cancel() {
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
      HttpReply reply = fetch.fetch(question, opened -> loop.execute(() -> onOpened(opened)));
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
