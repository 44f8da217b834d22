package org.webtorrent4j.net;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Text of a stranger, on its way to a log or a user: without what steers a terminal (control
 * characters of ASCII and of C1), turns text round or hides in it (format characters, tags), breaks
 * lines, or is no character at all.
 */
public final class ForeignText {
  private static final int MAX_LENGTH = 500;
  private static final char REPLACEMENT = '?';
  private static final int ZWNJ = 0x200c;
  private static final int ZWJ = 0x200d;
  private static final Pattern BLANKS = Pattern.compile(" {2,}");

  private ForeignText() {}

  /**
   * The text on one line for a log: cut to 500 characters, with a blank for what is not harmless.
   */
  public static String clean(String text) {
    String blank = replaced(text, ' ');
    String tidy = BLANKS.matcher(blank).replaceAll(" ").strip();
    if (tidy.length() <= MAX_LENGTH) {
      return tidy;
    }
    int end = Character.isHighSurrogate(tidy.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return tidy.substring(0, end);
  }

  /**
   * The whole text on one line for a user: each character that is not harmless becomes a {@code ?}.
   */
  public static String shown(String text) {
    return replaced(text, REPLACEMENT);
  }

  private static String replaced(String text, char replacement) {
    if (text.codePoints().allMatch(ForeignText::isHarmless)) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < points.length; i++) {
      if (isHarmless(points[i]) || isJoining(points, i)) {
        shown.appendCodePoint(points[i]);
      } else {
        shown.append(replacement);
      }
    }
    return shown.toString();
  }

  /** Whether the character shows itself and changes nothing about others. */
  public static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.UNASSIGNED -> // unless a later Unicode has it
          codePoint >> 16 != 0xe && (codePoint & 0xfffe) != 0xfffe;
      default -> true;
    };
  }

  /** The joiners are parts of words of some scripts and of emoji; nowhere else have they a use. */
  private static boolean isJoining(int[] points, int at) {
    boolean isJoiner = points[at] == ZWNJ || points[at] == ZWJ;
    IntPredicate mayJoin =
        i -> i >= 0 && i < points.length && points[i] > 0x2ff && isWordOrSymbol(points[i]);
    return isJoiner && mayJoin.test(at - 1) && mayJoin.test(at + 1);
  }

  private static boolean isWordOrSymbol(int codePoint) {
    return Character.isLetter(codePoint)
        || switch (Character.getType(codePoint)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.OTHER_SYMBOL,
              Character.MODIFIER_SYMBOL,
              Character.UNASSIGNED ->
              isHarmless(codePoint);
          default -> codePoint == 0x2640 || codePoint == 0x2642; // the signs of emoji
        };
  }
}
