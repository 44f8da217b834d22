package org.webtorrent4j.benchmarks.compare.measure;

import java.util.Locale;

/** Something that is measured. */
public enum Figure {
  /** Bytes that were downloaded, by all leeches together, over the time until the last has all. */
  SPEED("speed", "MB/s", "%.1f", "%s MB/s", true),
  /** The same from the first piece on, of one that idles before. */
  STEADY("steady", "MB/s", "%.1f", "%s MB/s from the first piece on", true),
  TIME("time", "ms", "%.1f", "%s ms", false),
  SEEK("seek", "ms", "%.1f", "%s ms to seek", false),
  /** Bytes that came twice. */
  WASTED("wasted", "% of the content", "%.2f", "%s %% came twice", false),
  /** Announces that were answered. */
  ANNOUNCES("announces", "1/s", "%.0f", "%s announces/s", true),
  /** Offers that came to another peer. */
  RELAYED("relayed", "1/s", "%.0f", "%s offers/s relayed", true),
  /** User and system time of the tracker alone for an announce. */
  ANNOUNCE_CPU("announce-cpu", "us", "%.1f", "%s CPU µs each", false),
  PICK("pick", "ns", "%.1f", "%s ns", false),
  ALLOCATED("allocated", "bytes", "%.2f", "%s bytes allocated", false),
  /** User and system time of both ends, or of the one that the contest names. */
  CPU("cpu", "s/GiB", "%.2f", "%s CPU s/GiB", false),
  /** The most memory that a seed had resident, of the seed that had most. */
  RSS_SEED("rss-seed", "MB", "%.0f", "peak RSS %s MB seed", false),
  /** The same of a leech. */
  RSS_LEECH("rss-leech", "MB", "%.0f", "peak RSS %s MB leech", false),
  /** Growth of the resident memory for each peer or torrent. */
  RSS_EACH("rss-each", "bytes", "%.0f", "%s bytes of RSS each", false),
  /** Growth of what is left on the heap after a collection, for each peer or torrent. */
  HEAP_EACH("heap-each", "bytes", "%.0f", "%s bytes of heap each", false),
  /** User and system time while nothing happens. */
  IDLE_CPU("idle-cpu", "% of a core", "%.2f", "%s %% of a core when idle", false);

  private final String label;
  private final String unit;
  private final String number;
  private final String words;
  private final boolean isMoreBetter;

  Figure(String label, String unit, String number, String words, boolean isMoreBetter) {
    this.label = label;
    this.unit = unit;
    this.number = number;
    this.words = words;
    this.isMoreBetter = isMoreBetter;
  }

  /** What it is called in files. */
  public String label() {
    return label;
  }

  String unit() {
    return unit;
  }

  /** A value without its unit. */
  String number(double value) {
    return String.format(Locale.ROOT, number, value);
  }

  /** A value, in at least so many columns, with its unit. */
  String text(double value, int width) {
    return words.formatted(" ".repeat(Math.max(0, width - number(value).length())) + number(value));
  }

  /** How many times better one value is than another. */
  double ratio(double ours, double theirs) {
    return isMoreBetter ? ours / theirs : theirs / ours;
  }
}
