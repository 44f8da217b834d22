package org.webtorrent4j;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.swarm.Session;
import org.webtorrent4j.tracker.http.HttpFetch;
import org.webtorrent4j.tracker.http.HttpGet;
import org.webtorrent4j.tracker.http.HttpReply;
import org.webtorrent4j.tracker.net.AddressRules.Sender;
import org.webtorrent4j.tracker.net.Network;

/** Fetches torrent files from HTTP servers that the user names; waits. Thread-safe. */
final class TorrentFetch {
  private static final int MAX_BYTES = Info.MAX_BYTES;

  /** A server that is silent is left sooner, after half a minute. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String CLOSED = "the client is closed";

  private final EventLoop loop;
  private final Executor workers;
  private final HttpFetch fetch;
  private final Set<Pending> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  TorrentFetch(EventLoop loop, Executor workers, Network network) {
    this.loop = loop;
    this.workers = workers;
    this.fetch = new HttpFetch(network, loop::nanoTime, Session.CLIENT_NAME.replace(' ', '/'));
  }

  /**
   * Fetches what is at a URL: the bytes of a torrent file, which are not looked at, or of a magnet
   * link, to which the server redirects or which it has in place of a file.
   *
   * @throws IOException if it cannot be had, or this thread is interrupted, or at {@link #close}
   */
  byte[] fetch(Url url) throws IOException {
    Pending pending = new Pending(url);
    underWay.add(pending);
    try {
      if (isClosed) {
        throw new IOException(CLOSED);
      }
      loop.execute(pending::start);
      return found(pending.answer.get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      underWay.remove(pending);
      loop.execute(pending.get::cancel);
    }
  }

  /** The magnet link that was fetched, if it was one. */
  static Optional<String> magnet(byte[] fetched) {
    String begin = begin(fetched);
    return HttpReply.isMagnet(begin)
        ? Optional.of(new String(fetched, StandardCharsets.UTF_8).strip())
        : Optional.empty();
  }

  /** Ends all fetches that are under way. */
  void close() {
    isClosed = true;
    underWay.forEach(pending -> pending.onFailure(new IOException(CLOSED)));
  }

  private static byte[] found(HttpReply reply) throws IOException {
    if (reply.redirect().isPresent()) {
      return reply.redirect().get().getBytes(StandardCharsets.UTF_8);
    }
    if (reply.status() / 100 != 2) {
      throw new IOException("the server answered " + reply.status());
    }
    if (begin(reply.body()).startsWith("<")) {
      throw new IOException("a web page is there, not a torrent file");
    }
    return reply.body();
  }

  private static String begin(byte[] bytes) {
    int length = Math.min(bytes.length, 100);
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).strip();
  }

  /** One fetch and who waits for it. */
  private final class Pending implements HttpGet.Handler {
    private final CompletableFuture<HttpReply> answer = new CompletableFuture<>();
    private final HttpGet get;

    Pending(Url url) {
      HttpFetch.Question question = new HttpFetch.Question(url, Sender.USER, MAX_BYTES);
      this.get = new HttpGet(loop, workers, fetch, question, LIMIT);
    }

    private void start() {
      if (!answer.isDone()) {
        get.start(this);
      }
    }

    @Override
    public void onReply(HttpReply reply) {
      answer.complete(reply);
    }

    @Override
    public void onFailure(IOException cause) {
      answer.completeExceptionally(cause);
    }
  }
}
