package org.webtorrent4j.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, a line for each figure of each point. */
final class Table {
  private static final String HEADER = "curve\tx\tfigure\tunit\tvalue\tn";

  private final Map<String, List<String>> linesByCurve = new LinkedHashMap<>();

  /** Adds the median of some values and prints it. */
  void add(String curve, int x, Gauge.Figure figure, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    double median = sorted[sorted.length / 2];
    String line =
        String.join(
            "\t",
            curve,
            Integer.toString(x),
            figure.name(),
            figure.unit(),
            String.format(Locale.ROOT, "%.4g", median),
            Integer.toString(sorted.length));
    linesByCurve.computeIfAbsent(curve, c -> new ArrayList<>()).add(line);
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

  /** Writes it, tab-separated, with a line of names first; other curves of the file stay in it. */
  void write(Path file) throws IOException {
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (Files.exists(file)) {
      List<String> old = Files.readAllLines(file);
      if (old.isEmpty() || !old.get(0).equals(HEADER)) {
        throw new IOException(file + " is no table of curves");
      }
      for (String line : old.subList(1, old.size())) {
        all.computeIfAbsent(line.split("\t", 2)[0], curve -> new ArrayList<>()).add(line);
      }
    }
    all.putAll(linesByCurve);
    List<String> lines = new ArrayList<>(List.of(HEADER));
    all.values().forEach(lines::addAll);
    Files.write(file, lines);
  }
}
