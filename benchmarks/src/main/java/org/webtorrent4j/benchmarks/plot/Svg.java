package org.webtorrent4j.benchmarks.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * An SVG picture that is being written: text stays text, the background is its own, so that it
 * reads on light pages and dark ones. The same calls give the same bytes everywhere.
 */
final class Svg {
  static final String INK = "#1f2933";
  static final String FAINT = "#d5dbe1";
  static final String GREY = "#8795a1";
  private static final String PAPER = "#ffffff";
  private static final MathContext DIGITS = new MathContext(3);

  private final StringBuilder out = new StringBuilder();

  /**
   * An empty picture.
   *
   * @param title its name, for those who hear it
   * @param description what it shows, in words
   */
  Svg(int width, int height, String title, String description) {
    add(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" \
        viewBox="0 0 %1$d %2$d" role="img" aria-labelledby="title description" \
        font-family="system-ui, sans-serif" font-size="13" fill="%6$s">
        <title id="title">%3$s</title>
        <desc id="description">%4$s</desc>
        <rect width="%1$d" height="%2$d" rx="6" fill="%5$s"/>
        """,
        width, height, escape(title), escape(description), PAPER, INK);
  }

  void text(double x, double y, Anchor anchor, Style style, String text) {
    add(
        "<text x=\"%s\" y=\"%s\"%s%s>%s</text>\n",
        number(x), number(y), anchor.attribute, style.attributes, escape(text));
  }

  void rectangle(double x, double y, double width, double height, String fill) {
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\" fill=\"%s\"/>\n",
        number(x), number(y), number(width), number(height), fill);
  }

  void line(double x1, double y1, double x2, double y2, String stroke) {
    add(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>\n",
        number(x1), number(y1), number(x2), number(y2), stroke);
  }

  /**
   * A line through points.
   *
   * @param points x and y by turns, with spaces or commas between them
   * @param dashes their lengths and those of the gaps, or "none"
   */
  void path(String points, String stroke, String dashes) {
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\""
            + " stroke-dasharray=\"%s\"/>\n",
        points, stroke, dashes);
  }

  void dot(double x, double y, String fill) {
    add("<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>\n", number(x), number(y), fill);
  }

  String end() {
    return out + "</svg>\n";
  }

  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A value in as few digits as tell it: three of them, or all before the point, and commas. */
  static String value(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  private void add(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments));
  }

  /** Which end of a text its place is. */
  enum Anchor {
    START(""),
    MIDDLE(" text-anchor=\"middle\""),
    END(" text-anchor=\"end\"");

    private final String attribute;

    Anchor(String attribute) {
      this.attribute = attribute;
    }
  }

  /** How a text looks. */
  enum Style {
    PLAIN(""),
    BOLD(" font-weight=\"600\""),
    TITLE(" font-size=\"17\" font-weight=\"600\""),
    SMALL(" font-size=\"11\"");

    private final String attributes;

    Style(String attributes) {
      this.attributes = attributes;
    }
  }
}
