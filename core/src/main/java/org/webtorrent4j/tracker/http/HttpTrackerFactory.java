package org.webtorrent4j.tracker.http;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.Executor;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerFactory;
import org.webtorrent4j.tracker.net.Network;

/** Makes clients of {@code http} and {@code https} trackers. Confined to the event loop. */
public final class HttpTrackerFactory implements TrackerFactory {
  private final EventLoop loop;
  private final Executor workers;
  private final HttpFetch fetch;

  /**
   * A factory.
   *
   * @param workers runs requests, which block: as many threads as requests are to run at once
   * @param userAgent how we introduce ourselves: name, slash, version
   */
  public HttpTrackerFactory(EventLoop loop, Executor workers, String userAgent) {
    this(loop, workers, userAgent, Network.SYSTEM);
  }

  HttpTrackerFactory(EventLoop loop, Executor workers, String userAgent, Network network) {
    if (!userAgent.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new IllegalArgumentException("a user agent of printable ASCII only: " + userAgent);
    }
    this.loop = loop;
    this.workers = workers;
    this.fetch = new HttpFetch(network, loop::nanoTime, userAgent);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("http", "https");
  }

  @Override
  public Tracker create(URI uri) {
    TrackerUrl url = TrackerUrl.of(uri);
    return new HttpTracker(
        loop, url, (target, limit) -> new HttpGet(loop, workers, fetch, target, limit));
  }
}
