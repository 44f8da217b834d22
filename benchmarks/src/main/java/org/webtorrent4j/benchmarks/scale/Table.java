package org.webtorrent4j.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, a line for each figure of each point. */
final class Table {
  private final List<String> lines = new ArrayList<>(List.of("curve\tx\tfigure\tunit\tvalue\tn"));

  /** Adds the median of some values and prints it. */
  void add(String curve, int x, Gauge.Figure figure, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    double median = sorted[sorted.length / 2];
    lines.add(
        String.join(
            "\t",
            curve,
            Integer.toString(x),
            figure.name(),
            figure.unit(),
            String.format(Locale.ROOT, "%.4g", median),
            Integer.toString(sorted.length)));
    System.out.printf(
        Locale.ROOT,
        "%-14s %,9d  %-28s %,12.3f %-6s (%,.3f to %,.3f, n = %d)%n",
        curve,
        x,
        figure.name(),
        median,
        figure.unit(),
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length);
  }

  /** Writes all of it, tab-separated, with a line of names first. */
  void write(Path file) throws IOException {
    Files.write(file, lines);
  }
}
