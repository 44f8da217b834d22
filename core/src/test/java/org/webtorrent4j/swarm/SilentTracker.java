package org.webtorrent4j.swarm;

import java.net.URI;
import java.util.Set;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.ScrapeRequest;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerFactory;

/** A tracker that never answers. */
record SilentTracker(URI uri) implements Tracker {
  static final String URL = "silent://tracker.example/announce";

  static final TrackerFactory FACTORY =
      new TrackerFactory() {
        @Override
        public Set<String> schemes() {
          return Set.of("silent");
        }

        @Override
        public Tracker create(URI uri) {
          return new SilentTracker(uri);
        }
      };

  @Override
  public void announce(AnnounceRequest request, AnnounceHandler handler) {}

  @Override
  public void scrape(ScrapeRequest request, ScrapeHandler handler) {}

  @Override
  public void close() {}
}
