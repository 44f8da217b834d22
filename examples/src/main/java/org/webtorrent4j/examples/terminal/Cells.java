package org.webtorrent4j.examples.terminal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How much room text takes on a terminal. Terminals differ where it comes to emoji; this counts
 * what the widest of them need, so that what is cut to a width never is wider.
 */
public final class Cells {
  private static final Pattern GRAPHEME = Pattern.compile("\\X");
  private static final int EMOJI_LOOK = 0xfe0f;

  /** First and last of the ranges that are two cells wide (Unicode TR 11), emoji generously. */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23f3, 0x25fd, 0x25fe, 0x2614, 0x2615,
    0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be,
    0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f5, 0x26fa, 0x26fd,
    0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274e, 0x2753, 0x2757, 0x2795, 0x2797,
    0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b55, 0x2e80, 0x303e, 0x3041, 0x33ff,
    0x3400, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19,
    0xfe30, 0xfe6f, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18dff, 0x1aff0, 0x1b2ff, 0x1d300,
    0x1d37f, 0x1f000, 0x1faff, 0x20000, 0x3fffd
  };

  private Cells() {}

  /** The cells that a line takes at most. */
  public static int width(String text) {
    return graphemes(text).stream().mapToInt(Cells::widthOfGrapheme).sum();
  }

  /** The text, cut in the middle, where names differ least, if it is wider. */
  public static String shorten(String text, int cells) {
    if (width(text) <= cells) {
      return text;
    }
    if (cells < 1) {
      return "";
    }
    Deque<String> left = new ArrayDeque<>(graphemes(text));
    StringBuilder head = new StringBuilder();
    List<String> tail = new ArrayList<>();
    int headRoom = (cells - 1) / 2;
    int tailRoom = cells - 1 - headRoom;
    while (!left.isEmpty() && widthOfGrapheme(left.getFirst()) <= headRoom) {
      headRoom -= widthOfGrapheme(left.getFirst());
      head.append(left.removeFirst());
    }
    while (!left.isEmpty() && widthOfGrapheme(left.getLast()) <= tailRoom) {
      tailRoom -= widthOfGrapheme(left.getLast());
      tail.add(0, left.removeLast());
    }
    return head + "…" + String.join("", tail);
  }

  /** What belongs together on the screen: a letter and its accents, an emoji of several. */
  private static List<String> graphemes(String text) {
    return GRAPHEME.matcher(text).results().map(MatchResult::group).toList();
  }

  private static int widthOfGrapheme(String grapheme) {
    int sum = grapheme.codePoints().map(Cells::widthOf).sum();
    return grapheme.indexOf(EMOJI_LOOK) >= 0 ? Math.max(2, sum) : sum;
  }

  private static int widthOf(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
        return 0;
      }
      default -> {
        // Vowels and consonants in the middle and at the end of a Korean syllable
        if (codePoint >= 0x1160 && codePoint <= 0x11ff) {
          return 0;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
          if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
            return 2;
          }
        }
        return 1;
      }
    }
  }
}
