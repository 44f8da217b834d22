package org.webtorrent4j.benchmarks.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.webtorrent4j.benchmarks.plot.Svg.Anchor;
import org.webtorrent4j.benchmarks.plot.Svg.Style;

/**
 * How some figures of one unit grow with an amount, both by their logarithms: what grows in
 * proportion is as steep as the grey line.
 */
final class LineChart {
  private static final List<String> COLOURS =
      List.of("#0b63a5", "#c44e00", "#00795b", "#a4458a", "#8a6d00", "#3b3b98", "#5c6670");
  private static final List<String> DASHES = List.of("none", "6 3", "2 3");
  private static final String GUIDE_DASHES = "1 4";
  private static final int LEFT = 84;
  private static final int WIDTH = 612;
  private static final int RIGHT = 44; // for half of the last mark
  private static final int TOP = 64;
  private static final int HEIGHT = 300;
  private static final int BELOW = 62;
  private static final int LEGEND_ROW = 20;
  private static final int LEGEND_LINE = 26;
  private static final double BASELINE = 4.5; // below the middle of a text

  private final String load;
  private final String unit;
  private final Map<String, List<Point>> series = new LinkedHashMap<>();

  private record Point(double x, double y) {}

  /**
   * A chart without points.
   *
   * @param load what the amounts are amounts of
   * @param unit of the values
   */
  LineChart(String load, String unit) {
    this.load = load;
    this.unit = unit;
  }

  void add(String name, double x, double y) {
    series.computeIfAbsent(name, n -> new ArrayList<>()).add(new Point(x, y));
  }

  String draw() {
    List<Point> all = series.values().stream().flatMap(List::stream).toList();
    Axis x = Axis.of(all.stream().mapToDouble(Point::x));
    Axis y = Axis.of(all.stream().mapToDouble(Point::y));
    int height = TOP + HEIGHT + BELOW + (series.size() + 1) * LEGEND_ROW;
    String title = unit + " by number of " + load;
    Svg svg = new Svg(LEFT + WIDTH + RIGHT, height, title, describe());
    svg.text(16, 28, Anchor.START, Style.TITLE, title);
    boolean hasZero = all.stream().anyMatch(point -> point.y == 0);
    svg.text(16, 50, Anchor.START, Style.PLAIN, unit + (hasZero ? "; 0 is at the bottom" : ""));
    drawAxes(svg, x, y);
    int number = 0;
    for (Map.Entry<String, List<Point>> entry : series.entrySet()) {
      drawSeries(svg, number++, entry.getKey(), entry.getValue(), x, y);
    }
    drawGuide(svg, number, x, y);
    return svg.end();
  }

  private void drawAxes(Svg svg, Axis x, Axis y) {
    for (double tick : y.ticks()) {
      double at = below(y.position(tick));
      svg.line(LEFT, at, LEFT + WIDTH, at, Svg.FAINT);
      svg.text(LEFT - 8, at + BASELINE, Anchor.END, Style.PLAIN, Svg.value(tick));
    }
    for (double tick : x.ticks()) {
      double at = across(x.position(tick));
      svg.line(at, TOP, at, TOP + HEIGHT, Svg.FAINT);
      svg.text(at, TOP + HEIGHT + 18, Anchor.MIDDLE, Style.PLAIN, Svg.value(tick));
    }
    double middle = across(0.5);
    svg.text(middle, TOP + HEIGHT + 38, Anchor.MIDDLE, Style.PLAIN, "number of " + load);
  }

  private static void drawSeries(
      Svg svg, int number, String name, List<Point> points, Axis x, Axis y) {
    String colour = COLOURS.get(number % COLOURS.size());
    String dashes = DASHES.get(number / COLOURS.size() % DASHES.size());
    String path =
        points.stream()
            .map(point -> place(x.position(point.x), y.position(point.y)))
            .collect(Collectors.joining(" "));
    svg.path(path, colour, dashes);
    for (Point point : points) {
      svg.dot(across(x.position(point.x)), below(y.position(point.y)), colour);
    }
    drawLegend(svg, number, name, colour, dashes);
    svg.dot(LEFT + LEGEND_LINE / 2.0, legend(number), colour);
  }

  private static void drawGuide(Svg svg, int number, Axis x, Axis y) {
    double decades = Math.min(x.decades(), y.decades());
    String end = place(decades / x.decades(), decades / y.decades());
    svg.path(place(0, 0) + " " + end, Svg.GREY, GUIDE_DASHES);
    drawLegend(svg, number, "as steep as what grows in proportion", Svg.GREY, GUIDE_DASHES);
  }

  private static void drawLegend(Svg svg, int number, String name, String colour, String dashes) {
    double at = legend(number);
    svg.path(LEFT + "," + at + " " + (LEFT + LEGEND_LINE) + "," + at, colour, dashes);
    svg.text(LEFT + LEGEND_LINE + 10, at + BASELINE, Anchor.START, Style.PLAIN, name);
  }

  private static double legend(int number) {
    return TOP + HEIGHT + BELOW + number * LEGEND_ROW;
  }

  private static String place(double x, double y) {
    return Svg.number(across(x)) + "," + Svg.number(below(y));
  }

  private static double across(double position) {
    return LEFT + position * WIDTH;
  }

  private static double below(double position) {
    return TOP + (1 - position) * HEIGHT;
  }

  private String describe() {
    return series.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + describe(entry.getValue()) + ".")
        .collect(Collectors.joining(" "));
  }

  private static String describe(List<Point> points) {
    return points.stream()
        .map(point -> Svg.value(point.y) + " at " + Svg.value(point.x))
        .collect(Collectors.joining(", "));
  }
}
