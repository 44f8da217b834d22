package org.webtorrent4j.tracker;

import java.time.Duration;

/**
 * The least time between two announces of a torrent to one tracker, whatever the tracker says.
 * Tests and private networks may go below the default; public trackers ban those who do.
 *
 * @param floor for HTTP and UDP trackers
 * @param webSocketFloor for WebSocket trackers, whose offers last less than a minute
 */
public record AnnounceTimes(Duration floor, Duration webSocketFloor) {
  /** 60 s, and 15 s for WebSocket trackers. */
  public static final AnnounceTimes DEFAULT =
      new AnnounceTimes(Duration.ofSeconds(60), Duration.ofSeconds(15));

  /** Checks the numbers. */
  public AnnounceTimes {
    if (floor.isNegative() || webSocketFloor.isNegative()) {
      throw new IllegalArgumentException("floors " + floor + ", " + webSocketFloor);
    }
  }
}
