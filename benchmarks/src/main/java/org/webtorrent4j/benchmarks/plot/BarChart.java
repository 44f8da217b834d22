package org.webtorrent4j.benchmarks.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.webtorrent4j.benchmarks.plot.Svg.Anchor;
import org.webtorrent4j.benchmarks.plot.Svg.Style;

/**
 * Contenders side by side, contest by contest: medians with whiskers from the least to the greatest
 * value. The bars of one contest share a scale; those of different contests need not.
 */
final class BarChart {
  private static final String OURS = "#4d9bd6";
  private static final String OTHERS = "#b4c0cb";
  private static final String US = "webtorrent4j";
  private static final int BARS = 440;
  private static final int MARGIN = 16;
  private static final int RIGHT = 190; // for a value with its unit
  private static final double LETTER = 7.6; // the width of a broad one
  private static final int TOP = 44;
  private static final int HEADING = 34;
  private static final int ROW = 26;
  private static final int BAR = 16;
  private static final int WHISKER = 4;
  private static final int BELOW = 30;
  private static final double BASELINE = 4.5; // below the middle of a text

  private final String figure;
  private final String unit;
  private final Map<String, List<Bar>> contests = new LinkedHashMap<>();

  /** One contender in one contest. */
  record Bar(String contender, double median, double min, double max) {}

  /** A chart without bars. */
  BarChart(String figure, String unit) {
    this.figure = figure;
    this.unit = unit;
  }

  void add(String contest, Bar bar) {
    contests.computeIfAbsent(contest, c -> new ArrayList<>()).add(bar);
  }

  String draw() {
    List<Bar> all = contests.values().stream().flatMap(List::stream).toList();
    int longest = all.stream().mapToInt(bar -> bar.contender.length()).max().orElse(0);
    int left = (int) (2 * MARGIN + longest * LETTER);
    int height = TOP + contests.size() * HEADING + all.size() * ROW + BELOW;
    String title = figure + ", " + unit;
    Svg svg = new Svg(left + BARS + RIGHT, height, title, describe());
    svg.text(MARGIN, 28, Anchor.START, Style.TITLE, title);
    double y = TOP;
    for (Map.Entry<String, List<Bar>> contest : contests.entrySet()) {
      svg.text(MARGIN, y + 22, Anchor.START, Style.BOLD, contest.getKey());
      y += HEADING;
      double most = contest.getValue().stream().mapToDouble(Bar::max).max().orElse(0);
      for (Bar bar : contest.getValue()) {
        draw(svg, bar, left, y, most > 0 ? BARS / most : 0);
        y += ROW;
      }
    }
    String note =
        "Medians; whiskers from the least to the greatest value. Each contest has its own scale.";
    svg.text(MARGIN, height - 12, Anchor.START, Style.SMALL, note);
    return svg.end();
  }

  private void draw(Svg svg, Bar bar, double left, double y, double scale) {
    boolean isOurs = bar.contender.startsWith(US);
    Style style = isOurs ? Style.BOLD : Style.PLAIN;
    double middle = y + BAR / 2.0;
    svg.text(left - 10, middle + BASELINE, Anchor.END, style, bar.contender);
    svg.rectangle(left, y, Math.max(1, bar.median * scale), BAR, isOurs ? OURS : OTHERS);
    double from = left + bar.min * scale;
    double to = left + bar.max * scale;
    if (bar.max > bar.min) {
      svg.line(from, middle, to, middle, Svg.INK);
      svg.line(from, middle - WHISKER, from, middle + WHISKER, Svg.INK);
      svg.line(to, middle - WHISKER, to, middle + WHISKER, Svg.INK);
    }
    svg.text(to + 8, middle + BASELINE, Anchor.START, style, Svg.value(bar.median) + " " + unit);
  }

  private String describe() {
    StringBuilder words = new StringBuilder();
    contests.forEach(
        (contest, bars) -> {
          words.append(words.isEmpty() ? "" : " ").append(contest).append(":");
          String comma = " ";
          for (Bar bar : bars) {
            words.append(comma).append(bar.contender).append(" ").append(Svg.value(bar.median));
            comma = "; ";
          }
          words.append(".");
        });
    return words.toString();
  }
}
