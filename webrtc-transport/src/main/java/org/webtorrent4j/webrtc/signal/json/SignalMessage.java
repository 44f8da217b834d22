package org.webtorrent4j.webrtc.signal.json;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.ScrapeCounts;

/**
 * What a tracker said. Whatever was missing or of the wrong kind is null or empty; texts are ready
 * to be shown.
 *
 * @param isScrape whether it is about counts of torrents, and not about one torrent
 * @param offerId 20 characters
 * @param offer a session description of at most 64 KiB
 * @param answer a session description of at most 64 KiB
 * @param interval in seconds, from 0 to a day
 * @param minInterval in seconds, from 0 to a day
 * @param trackerId to be told with every announce
 * @param files counts by torrent; null if there is no such object
 */
public record SignalMessage(
    boolean isScrape,
    @Nullable InfoHash infoHash,
    @Nullable PeerId peerId,
    @Nullable String offerId,
    @Nullable String offer,
    @Nullable String answer,
    OptionalLong interval,
    OptionalLong minInterval,
    OptionalInt complete,
    OptionalInt incomplete,
    @Nullable String failureReason,
    @Nullable String warning,
    @Nullable String trackerId,
    @Nullable Map<InfoHash, ScrapeCounts> files) {

  /** Whether it can be the answer to an announce; it may carry an offer as well. */
  public boolean isResponse() {
    boolean isIntroduction = offer != null || answer != null || offerId != null;
    return interval.isPresent() || complete.isPresent() || !isIntroduction;
  }
}
