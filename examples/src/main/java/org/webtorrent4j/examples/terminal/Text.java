package org.webtorrent4j.examples.terminal;

import java.time.Duration;
import java.util.Locale;

/** How numbers are shown to people; units are decimal, as on disks and network lines. */
public final class Text {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Text() {}

  /** For example {@code 999 B}, {@code 1.0 kB}, {@code 12.3 MB}. */
  public static String bytes(long count) {
    if (count < 1000) {
      return count + " B";
    }
    double value = count;
    int unit = 0;
    while (value >= 999.95) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** For example {@code 1.5 MB/s}. */
  public static String rate(long bytesPerSecond) {
    return bytes(bytesPerSecond) + "/s";
  }

  /** For example {@code 0:07}, {@code 12:34}, {@code 3:00:00}, {@code 2 d 3 h}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 100 * 3600) {
      return seconds / 86400 + " d " + seconds / 3600 % 24 + " h";
    }
    String tail = String.format(Locale.ROOT, "%02d", seconds % 60);
    return seconds < 3600
        ? seconds / 60 + ":" + tail
        : String.format(Locale.ROOT, "%d:%02d:%s", seconds / 3600, seconds / 60 % 60, tail);
  }

  /** Seconds with one digit, for a step that is over. */
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  /** A number with its noun in the right form. */
  public static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
