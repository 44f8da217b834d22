package org.webtorrent4j.tracker;

import java.util.Map;
import org.webtorrent4j.metainfo.InfoHash;

/** Told how a scrape ended. Called on the event loop. */
public interface ScrapeHandler {
  /** The tracker answered; torrents that it does not know are missing. */
  void onResponse(Map<InfoHash, ScrapeCounts> counts);

  /** It did not, or it refused. */
  void onFailure(TrackerException cause);
}
