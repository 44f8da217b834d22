package org.webtorrent4j.tracker;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.webtorrent4j.loop.VirtualLoop;

/** Trackers that remember what they were asked and answer when a test says so. */
final class FakeTrackers implements TrackerFactory {
  private final VirtualLoop loop;
  private final Set<String> schemes;

  /** What was asked and is not answered yet. */
  final List<Asked> open = new ArrayList<>();

  /** One line for everything that happened: {@code http://a/ STARTED}, {@code http://a/ closed}. */
  final List<String> log = new ArrayList<>();

  /** What the user has named. */
  final List<String> allowed = new ArrayList<>();

  int created;

  FakeTrackers(VirtualLoop loop, String... schemes) {
    this.loop = loop;
    this.schemes = Set.of(schemes);
  }

  /** An announce that waits for its answer. */
  record Asked(URI uri, AnnounceRequest request, AnnounceHandler handler) {}

  static AnnounceResponse response(int interval, int minInterval, InetSocketAddress... peers) {
    return new AnnounceResponse(
        Duration.ofSeconds(interval),
        Duration.ofSeconds(minInterval),
        OptionalInt.of(2),
        OptionalInt.of(3),
        List.of(peers),
        Optional.empty());
  }

  /** The oldest open announce, which must be for this URL; removes it. */
  Asked take(String url) {
    for (Asked asked : open) {
      if (asked.uri().toString().equals(url)) {
        open.remove(asked);
        return asked;
      }
    }
    throw new AssertionError("nobody asks " + url + " but " + open);
  }

  void answer(String url, AnnounceResponse response) {
    Asked asked = take(url);
    loop.execute(() -> asked.handler().onResponse(response));
    loop.runReady();
  }

  void answer(String url) {
    answer(url, response(1800, 600));
  }

  void fail(String url) {
    fail(url, new TrackerException("out of order"));
  }

  void fail(String url, TrackerException cause) {
    Asked asked = take(url);
    loop.execute(() -> asked.handler().onFailure(cause));
    loop.runReady();
  }

  /** What has happened since the last call. */
  List<String> events() {
    List<String> events = List.copyOf(log);
    log.clear();
    return events;
  }

  @Override
  public Set<String> schemes() {
    return schemes;
  }

  @Override
  public void allow(URI uri) {
    allowed.add(uri.toString());
  }

  @Override
  public Tracker create(URI uri) {
    created++;
    return new FakeTracker(uri);
  }

  private final class FakeTracker implements Tracker {
    private final URI uri;

    FakeTracker(URI uri) {
      this.uri = uri;
    }

    @Override
    public URI uri() {
      return uri;
    }

    @Override
    public void announce(AnnounceRequest request, AnnounceHandler handler) {
      log.add(uri + " " + request.event());
      open.add(new Asked(uri, request, handler));
    }

    @Override
    public void scrape(ScrapeRequest request, ScrapeHandler handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      log.add(uri + " closed");
      open.removeIf(asked -> asked.uri().equals(uri));
    }
  }
}
