package org.webtorrent4j.benchmarks.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contenders side by side, contest by contest: medians with whiskers from the least to the greatest
 * value. The bars of one contest share a scale; those of different contests need not.
 */
record BarChart(String figure, String unit, List<Bar> bars) {
  private static final String OURS = "#0b63a5";
  private static final String OTHERS = "#9fb0c0";
  private static final String US = "webtorrent4j";
  private static final int WIDTH = 860;
  private static final int LEFT = 230;
  private static final int RIGHT = 190;
  private static final int TOP = 44;
  private static final int ROW = 26;
  private static final int BAR = 16;
  private static final int HEADING = 34;

  /** One contender in one contest. */
  record Bar(String contest, String contender, double median, double min, double max) {}

  String draw() {
    Map<String, List<Bar>> contests = new LinkedHashMap<>();
    bars.forEach(bar -> contests.computeIfAbsent(bar.contest, c -> new ArrayList<>()).add(bar));
    int height = TOP + contests.size() * HEADING + bars.size() * ROW + 30;
    String title = figure + (figure.contains(unit) ? "" : ", " + unit);
    Svg svg = new Svg(WIDTH, height, title, describe());
    svg.text(16, 28, Svg.Anchor.START, title, "font-size=\"17\" font-weight=\"600\"");
    double y = TOP;
    for (Map.Entry<String, List<Bar>> contest : contests.entrySet()) {
      svg.text(16, y + 22, Svg.Anchor.START, contest.getKey(), "font-weight=\"600\"");
      y += HEADING;
      double most = contest.getValue().stream().mapToDouble(Bar::max).max().orElse(1);
      for (Bar bar : contest.getValue()) {
        draw(svg, bar, y, most);
        y += ROW;
      }
    }
    svg.text(
        16,
        height - 12,
        Svg.Anchor.START,
        "Medians; whiskers from the least to the greatest value. Each contest has its own scale.",
        "font-size=\"11\"");
    return svg.end();
  }

  private void draw(Svg svg, Bar bar, double y, double most) {
    double room = WIDTH - LEFT - RIGHT;
    double scale = most <= 0 ? 0 : room / most;
    boolean isOurs = bar.contender.startsWith(US);
    String weight = isOurs ? "font-weight=\"600\"" : "";
    double middle = y + BAR / 2.0;
    svg.text(LEFT - 10, middle + 4.5, Svg.Anchor.END, bar.contender, weight);
    svg.rectangle(LEFT, y, Math.max(1, bar.median * scale), BAR, isOurs ? OURS : OTHERS);
    double from = LEFT + bar.min * scale;
    double to = LEFT + bar.max * scale;
    svg.line(from, middle, to, middle, Svg.INK, 1.2);
    svg.line(from, middle - 4, from, middle + 4, Svg.INK, 1.2);
    svg.line(to, middle - 4, to, middle + 4, Svg.INK, 1.2);
    svg.text(to + 8, middle + 4.5, Svg.Anchor.START, Svg.value(bar.median) + " " + unit, weight);
  }

  private String describe() {
    StringBuilder words = new StringBuilder();
    for (Bar bar : bars) {
      words
          .append(bar.contest)
          .append(", ")
          .append(bar.contender)
          .append(": ")
          .append(Svg.value(bar.median))
          .append(" ")
          .append(unit)
          .append(". ");
    }
    return words.toString().strip();
  }
}
