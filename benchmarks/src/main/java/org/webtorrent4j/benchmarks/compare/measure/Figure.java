package org.webtorrent4j.benchmarks.compare.measure;

import java.util.Locale;

/** Something that is measured. */
public enum Figure {
  /** Bytes that were downloaded, by all leeches together, over the time until the last has all. */
  SPEED("speed", "MB/s", "%.1f MB/s", true),
  TIME("time", "ms", "%.1f ms", false),
  /** Announces that were answered. */
  ANNOUNCES("announces", "1/s", "%,.0f announces/s", true),
  /** User and system time of the tracker alone. */
  ANNOUNCE_CPU("announce-cpu", "us", "%.1f CPU µs each", false),
  PICK("pick", "ns", "%.0f ns", false),
  ALLOCATED("allocated", "bytes", "%.2f bytes allocated", false),
  /** User and system time of both ends, or of the one that the contest names. */
  CPU("cpu", "s/GiB", "%.2f CPU s/GiB", false),
  /** The most memory that a seed had resident, of the seed that had most. */
  RSS_SEED("rss-seed", "MB", "peak RSS %.0f MB seed", false),
  /** The same of a leech. */
  RSS_LEECH("rss-leech", "MB", "%.0f MB leech", false),
  /** Growth of the resident memory for each peer or torrent. */
  RSS_EACH("rss-each", "bytes", "%,.0f bytes of RSS each", false),
  /** Growth of what is left on the heap after a collection, for each peer or torrent. */
  HEAP_EACH("heap-each", "bytes", "%,.0f bytes of heap each", false),
  /** User and system time while nothing happens. */
  IDLE_CPU("idle-cpu", "% of a core", "%.2f %% of a core when idle", false);

  private final String label;
  private final String unit;
  private final String format;
  private final boolean isMoreBetter;

  Figure(String label, String unit, String format, boolean isMoreBetter) {
    this.label = label;
    this.unit = unit;
    this.format = format;
    this.isMoreBetter = isMoreBetter;
  }

  /** What it is called in files. */
  public String label() {
    return label;
  }

  String unit() {
    return unit;
  }

  /** A value with its unit. */
  String text(double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** How many times better one value is than another. */
  double ratio(double ours, double theirs) {
    return isMoreBetter ? ours / theirs : theirs / ours;
  }
}
