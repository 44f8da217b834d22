package org.webtorrent4j.tracker;

import java.net.URI;

/**
 * A client of one tracker, shared by all torrents that use it. Confined to the event loop, where it
 * also calls back; what blocks it does on workers.
 */
public interface Tracker {
  /** The announce URL. */
  URI uri();

  /**
   * Announces; exactly one method of {@code handler} is called later, on the loop. An announce that
   * is still under way when the next one for its torrent is made is completed first.
   */
  void announce(AnnounceRequest request, AnnounceHandler handler);

  /** Asks for counts; exactly one method of {@code handler} is called later, on the loop. */
  void scrape(ScrapeRequest request, ScrapeHandler handler);

  /** Gives up everything that is under way; handlers are not called any more. Idempotent. */
  void close();
}
