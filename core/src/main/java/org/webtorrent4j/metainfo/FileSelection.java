package org.webtorrent4j.metainfo;

import java.util.BitSet;
import java.util.Iterator;
import java.util.SortedSet;

/** The list of file indices and ranges in a magnet link: {@code 0,2,4-6} (BEP 53). */
final class FileSelection {
  /** Indices above this are left out, so that a range of billions costs nothing. */
  private static final int MAX_INDEX = 100_000;

  private FileSelection() {}

  /**
   * Adds what a list names; whatever is neither an index nor a range is skipped. Bits, because a
   * short text can name all indices over and over.
   */
  static void parse(String text, BitSet indices) {
    for (String token : text.split(",", -1)) {
      int dash = token.indexOf('-');
      int first = index(dash < 0 ? token : token.substring(0, dash));
      int last = dash < 0 ? first : index(token.substring(dash + 1));
      if (first >= 0 && first <= last && last <= MAX_INDEX) {
        indices.set(first, last + 1);
      }
    }
  }

  static String text(SortedSet<Integer> indices) {
    StringBuilder text = new StringBuilder();
    Iterator<Integer> all = indices.iterator();
    int next = all.hasNext() ? all.next() : -1;
    while (next >= 0) {
      int first = next;
      int last = next;
      next = all.hasNext() ? all.next() : -1;
      while (next == last + 1) {
        last = next;
        next = all.hasNext() ? all.next() : -1;
      }
      text.append(text.length() == 0 ? "" : ",").append(first);
      if (last > first) {
        text.append('-').append(last);
      }
    }
    return text.toString();
  }

  /** A number, or -1 for anything else. */
  private static int index(String text) {
    boolean isNumber =
        !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(text) : -1;
  }
}
