package org.webtorrent4j.benchmarks.plot;

import java.util.Locale;

/**
 * An SVG picture that is being written: text stays text, the background is its own, so that it
 * reads on light pages and dark ones.
 */
final class Svg {
  static final String INK = "#1f2933";
  static final String FAINT = "#d5dbe1";
  private static final String PAPER = "#ffffff";

  private final StringBuilder out = new StringBuilder();

  /**
   * An empty picture.
   *
   * @param title its name, for those who hear it
   * @param description what it shows, in words
   */
  Svg(int width, int height, String title, String description) {
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" \
        viewBox="0 0 %1$d %2$d" role="img" aria-labelledby="title description" \
        font-family="system-ui, sans-serif" font-size="13">
        <title id="title">%3$s</title>
        <desc id="description">%4$s</desc>
        <rect width="%1$d" height="%2$d" rx="6" fill="%5$s"/>
        """
            .formatted(width, height, escape(title), escape(description), PAPER));
  }

  void text(double x, double y, Anchor anchor, String text, String style) {
    out.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\" %s>%s</text>%n"
            .formatted(number(x), number(y), anchor.word, INK, style, escape(text)));
  }

  void text(double x, double y, Anchor anchor, String text) {
    text(x, y, anchor, text, "");
  }

  void rectangle(double x, double y, double width, double height, String fill) {
    out.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\" fill=\"%s\"/>%n"
            .formatted(number(x), number(y), number(width), number(height), fill));
  }

  void line(double x1, double y1, double x2, double y2, String stroke, double width) {
    out.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>%n"
            .formatted(number(x1), number(y1), number(x2), number(y2), stroke, number(width)));
  }

  /** A line through points. */
  void path(String points, String stroke, String dashes) {
    out.append(
        ("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\""
                + " stroke-dasharray=\"%s\"/>%n")
            .formatted(points, stroke, dashes));
  }

  void dot(double x, double y, String fill) {
    out.append(
        "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>%n"
            .formatted(number(x), number(y), fill));
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

  /** A value in as few digits as tell it: three of them, and commas. */
  static String value(double value) {
    double size = Math.abs(value);
    if (size == Math.rint(size) || size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size < 0.01) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    String text = String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  /** Which end of a text its place is. */
  enum Anchor {
    START("start"),
    MIDDLE("middle"),
    END("end");

    private final String word;

    Anchor(String word) {
      this.word = word;
    }
  }
}
