package org.webtorrent4j.examples.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.webtorrent4j.TorrentStats;
import org.webtorrent4j.net.ForeignText;

/**
 * One line about a torrent: what it does, how far it is, speed, peers and the time that is left.
 *
 * @param name of what it is about; made harmless here
 * @param fields what is to be said, the most important first
 */
public record ProgressText(String name, List<String> fields) {
  private static final int NAME_CELLS = 24;
  private static final int MIN_NAME_CELLS = 8;
  private static final String GAP = "  ";

  /** Copies the fields. */
  public ProgressText {
    name = ForeignText.shown(name);
    fields = List.copyOf(fields);
  }

  /** A torrent's line. */
  public static ProgressText of(String name, TorrentStats stats) {
    List<String> fields = new ArrayList<>();
    switch (stats.state()) {
      case FETCHING_METADATA -> fields.add("looking for its description");
      case CHECKING -> fields.add("checking " + percent(stats.checkedPieces(), stats.pieceCount()));
      case DOWNLOADING -> {
        fields.add(percent(stats.verifiedLength(), stats.wantedLength()));
        fields.add(
            "of " + Text.bytes(stats.wantedLength()) + ", " + Text.rate(stats.downloadRate()));
      }
      case SEEDING -> {
        fields.add("seeding");
        fields.add("sent " + Text.bytes(stats.uploaded()) + ", " + Text.rate(stats.uploadRate()));
      }
      case PAUSED -> fields.add("paused");
      case FAILED -> fields.add("failed");
      case REMOVED -> fields.add("removed");
    }
    fields.add(Text.count(stats.peers(), "peer", "peers"));
    stats.remainingTime().ifPresent(time -> fields.add("ETA " + Text.duration(time)));
    return new ProgressText(name, fields);
  }

  /**
   * As much of it as fits into so many cells: what is less important goes first, then the name is
   * cut.
   */
  public String fit(int cells) {
    String state = fields.get(0);
    int forName = cells - Cells.width(GAP) - Cells.width(state);
    if (forName < MIN_NAME_CELLS) {
      return Cells.shorten(name + GAP + state, cells);
    }
    int nameCells = Math.min(Cells.width(name), Math.min(NAME_CELLS, forName));
    int left = forName - nameCells;
    List<String> shown = new ArrayList<>(List.of(state));
    for (String field : fields.subList(1, fields.size())) {
      int needed = Cells.width(GAP) + Cells.width(field);
      if (needed <= left) {
        left -= needed;
        shown.add(field);
      }
    }
    return Cells.shorten(name, nameCells + left) + GAP + String.join(GAP, shown);
  }

  /** Rounded down: what is not whole is not 100 %. */
  private static String percent(long part, long whole) {
    double percent = whole <= 0 ? 0 : Math.floor(1000.0 * part / whole) / 10;
    return String.format(Locale.ROOT, "%.1f%%", percent);
  }
}
