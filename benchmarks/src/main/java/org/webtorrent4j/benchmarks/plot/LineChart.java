package org.webtorrent4j.benchmarks.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How some figures of one unit grow with an amount: both by their logarithms where they must. */
final class LineChart {
  private static final List<String> COLOURS =
      List.of("#0b63a5", "#c44e00", "#00795b", "#a4458a", "#8a6d00", "#3b3b98", "#5c6670");
  private static final List<String> DASHES = List.of("none", "6 3", "2 3");
  private static final int WIDTH = 720;
  private static final int PLOT_HEIGHT = 300;
  private static final int LEFT = 84;
  private static final int RIGHT = 24;
  private static final int TOP = 64;
  private static final int BELOW = 56;
  private static final int LEGEND_ROW = 20;

  private final String title;
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
  LineChart(String title, String load, String unit) {
    this.title = title;
    this.load = load;
    this.unit = unit;
  }

  void add(String name, double x, double y) {
    series.computeIfAbsent(name, n -> new ArrayList<>()).add(new Point(x, y));
  }

  String draw() {
    List<Point> all = series.values().stream().flatMap(List::stream).toList();
    double most = all.stream().mapToDouble(Point::x).max().orElse(1);
    double least = all.stream().mapToDouble(Point::x).min().orElse(1);
    Axis x = Axis.log(least, most);
    Axis y =
        Axis.fitting(
            all.stream().mapToDouble(Point::y).min().orElse(0),
            all.stream().mapToDouble(Point::y).max().orElse(1));
    int height = TOP + PLOT_HEIGHT + BELOW + series.size() * LEGEND_ROW;
    Svg svg = new Svg(WIDTH, height, title + ", " + unit, describe());
    svg.text(16, 28, Svg.Anchor.START, title, "font-size=\"17\" font-weight=\"600\"");
    svg.text(16, 50, Svg.Anchor.START, unit + (y.isLog() ? ", logarithmic" : ""));
    drawAxes(svg, x, y);
    int number = 0;
    for (Map.Entry<String, List<Point>> entry : series.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      String dashes = DASHES.get(number / COLOURS.size() % DASHES.size());
      drawSeries(svg, entry.getValue(), x, y, colour, dashes);
      double legend = TOP + PLOT_HEIGHT + BELOW + number * LEGEND_ROW;
      svg.path(LEFT + "," + legend + " " + (LEFT + 26) + "," + legend, colour, dashes);
      svg.dot(LEFT + 13, legend, colour);
      svg.text(LEFT + 36, legend + 4.5, Svg.Anchor.START, entry.getKey());
      number++;
    }
    return svg.end();
  }

  private void drawAxes(Svg svg, Axis x, Axis y) {
    for (double tick : y.ticks()) {
      double at = below(y.position(tick));
      svg.line(LEFT, at, WIDTH - RIGHT, at, Svg.FAINT, 1);
      svg.text(LEFT - 8, at + 4.5, Svg.Anchor.END, Svg.value(tick));
    }
    for (double tick : x.ticks()) {
      double at = across(x.position(tick));
      svg.line(at, TOP, at, TOP + PLOT_HEIGHT, Svg.FAINT, 1);
      svg.text(at, TOP + PLOT_HEIGHT + 18, Svg.Anchor.MIDDLE, Svg.value(tick));
    }
    svg.text(WIDTH - RIGHT, TOP + PLOT_HEIGHT + 36, Svg.Anchor.END, load);
  }

  private void drawSeries(
      Svg svg, List<Point> points, Axis x, Axis y, String colour, String dashes) {
    String path =
        points.stream()
            .map(
                point ->
                    Svg.number(across(x.position(point.x)))
                        + ","
                        + Svg.number(below(y.position(point.y))))
            .collect(Collectors.joining(" "));
    svg.path(path, colour, dashes);
    for (Point point : points) {
      svg.dot(across(x.position(point.x)), below(y.position(point.y)), colour);
    }
  }

  private static double across(double position) {
    return LEFT + position * (WIDTH - LEFT - RIGHT);
  }

  private static double below(double position) {
    return TOP + (1 - position) * PLOT_HEIGHT;
  }

  private String describe() {
    StringBuilder words = new StringBuilder();
    series.forEach(
        (name, points) -> {
          words.append(name).append(": ");
          for (Point point : points) {
            words.append(Svg.value(point.y)).append(" at ").append(Svg.value(point.x)).append(", ");
          }
          words.setLength(words.length() - 2);
          words.append(". ");
        });
    return words.toString().strip();
  }
}
