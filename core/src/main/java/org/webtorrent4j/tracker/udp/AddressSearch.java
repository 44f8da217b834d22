package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;

/** Resolves a host name on a worker. Confined to the event loop, but for the resolving itself. */
final class AddressSearch {
  /**
   * Told how it ended, once, on the loop and not inside {@link #start}, unless it was cancelled.
   */
  interface Handler {
    void onAddresses(InetAddress[] addresses);

    void onFailure(IOException cause);
  }

  /** Finds the addresses of a host name or address literal; blocks. Any thread. */
  interface Resolver {
    InetAddress[] resolve(String host) throws IOException;
  }

  /** Makes searches. */
  interface Factory {
    AddressSearch create(String host);
  }

  private final EventLoop loop;
  private final Executor workers;
  private final Resolver resolver;
  private final String host;
  private final FutureTask<?> task = new FutureTask<>(this::work, null);
  private @Nullable Handler handler;

  AddressSearch(EventLoop loop, Executor workers, Resolver resolver, String host) {
    this.loop = loop;
    this.workers = workers;
    this.resolver = resolver;
    this.host = host;
  }

  void start(Handler toBeTold) {
    handler = toBeTold;
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      fail(new IOException("the client is closing", e));
    }
  }

  /** Gives up; the handler is not called any more. */
  void cancel() {
    handler = null;
    task.cancel(false);
  }

  /** Runs on a worker. */
  private void work() {
    try {
      InetAddress[] found = resolver.resolve(host);
      loop.execute(() -> succeed(found));
    } catch (UnknownHostException e) {
      fail(new IOException("unknown host " + host, e));
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      // The platform's resolver throws what it pleases for strange names.
      fail(new IOException("the host name cannot be resolved: " + e.getMessage(), e));
    }
  }

  private void succeed(InetAddress[] found) {
    if (handler != null) {
      handler.onAddresses(found);
    }
  }

  private void fail(IOException cause) {
    loop.execute(
        () -> {
          if (handler != null) {
            handler.onFailure(cause);
          }
        });
  }
}
