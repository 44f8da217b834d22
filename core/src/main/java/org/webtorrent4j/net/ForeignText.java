package org.webtorrent4j.net;

import java.util.regex.Pattern;

/** Text of a stranger, on its way to a log or a user. */
public final class ForeignText {
  private static final int MAX_LENGTH = 500;
  private static final Pattern TRICKS =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]+");

  private ForeignText() {}

  /** The text, cut and without what could play with a terminal. */
  public static String clean(String text) {
    String cut = text.substring(0, Math.min(text.length(), MAX_LENGTH));
    return TRICKS.matcher(cut).replaceAll(" ").strip();
  }
}
