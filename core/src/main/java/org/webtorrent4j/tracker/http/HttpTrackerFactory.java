package org.webtorrent4j.tracker.http;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerFactory;
import org.webtorrent4j.tracker.net.AddressRules.Sender;
import org.webtorrent4j.tracker.net.Network;

/** Makes clients of {@code http} and {@code https} trackers. Confined to the event loop. */
public final class HttpTrackerFactory implements TrackerFactory {
  private final EventLoop loop;
  private final Executor workers;
  private final HttpFetch fetch;
  private final Set<URI> allowed = new HashSet<>();

  /**
   * A factory.
   *
   * @param workers runs requests, which block: as many threads as requests are to run at once
   * @param userAgent how we introduce ourselves: name, slash, version
   */
  public HttpTrackerFactory(EventLoop loop, Executor workers, String userAgent) {
    this(loop, workers, userAgent, Network.SYSTEM);
  }

  /** Like the other one, over another network. */
  public HttpTrackerFactory(EventLoop loop, Executor workers, String userAgent, Network network) {
    this.loop = loop;
    this.workers = workers;
    this.fetch = new HttpFetch(network, loop::nanoTime, userAgent);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("http", "https");
  }

  @Override
  public void allow(URI uri) {
    allowed.add(uri);
  }

  @Override
  public Tracker create(URI uri) {
    HttpTrackerUrl url = HttpTrackerUrl.of(Url.of(uri));
    return new HttpTracker(
        loop,
        url,
        () -> allowed.contains(uri) ? Sender.USER : Sender.TORRENT,
        (question, limit) -> new HttpGet(loop, workers, fetch, question, limit));
  }
}
