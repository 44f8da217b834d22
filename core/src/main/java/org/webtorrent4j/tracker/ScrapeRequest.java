package org.webtorrent4j.tracker;

import java.util.List;
import org.webtorrent4j.metainfo.InfoHash;

/**
 * Asks for the counts of some torrents.
 *
 * @param infoHashes the torrents; at least one
 */
public record ScrapeRequest(List<InfoHash> infoHashes) {
  /** Copies the list. */
  public ScrapeRequest {
    infoHashes = List.copyOf(infoHashes);
  }
}
