package org.webtorrent4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.webtorrent4j.TorrentStats;

/**
 * One line about a torrent: what it does, how far it is, speed, peers and the time that is left.
 */
final class ProgressText {
  private static final int NAME_LENGTH = 24;

  private ProgressText() {}

  static String of(String name, TorrentStats stats) {
    List<String> parts = new ArrayList<>();
    parts.add(Text.shorten(name, NAME_LENGTH));
    switch (stats.state()) {
      case FETCHING_METADATA -> parts.add("looking for its description");
      case CHECKING -> parts.add("checking " + percent(stats.checkedPieces(), stats.pieceCount()));
      case DOWNLOADING -> {
        parts.add(percent(stats.verifiedLength(), stats.wantedLength()));
        parts.add(
            "of " + Text.bytes(stats.wantedLength()) + ", " + Text.rate(stats.downloadRate()));
      }
      case SEEDING ->
          parts.add(
              "seeding, sent "
                  + Text.bytes(stats.uploaded())
                  + ", "
                  + Text.rate(stats.uploadRate()));
      case PAUSED -> parts.add("paused");
      case FAILED -> parts.add("failed");
      case REMOVED -> parts.add("removed");
    }
    parts.add(Text.count(stats.peers(), "peer", "peers"));
    stats.remainingTime().ifPresent(time -> parts.add("ETA " + Text.duration(time)));
    return String.join("  ", parts);
  }

  /** Rounded down: what is not whole is not 100 %. */
  private static String percent(long part, long whole) {
    double percent = whole <= 0 ? 0 : Math.floor(1000.0 * part / whole) / 10;
    return String.format(Locale.ROOT, "%.1f%%", percent);
  }
}
