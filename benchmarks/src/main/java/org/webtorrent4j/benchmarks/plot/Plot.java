package org.webtorrent4j.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the tables of {@code benchmarks/compare} and {@code benchmarks/scale}.
 *
 * <pre>
 * --compare FILE  a bar chart for each figure
 * --scale FILE    a line chart for each kind of load and unit
 * --out DIR       where the pictures go
 * </pre>
 */
public final class Plot {
  private Plot() {}

  /** Draws. */
  public static void main(String[] args) throws IOException {
    Path out = Path.of(option(args, "--out", "."));
    String compare = option(args, "--compare", "");
    String scale = option(args, "--scale", "");
    if (!compare.isEmpty()) {
      drawBars(Tsv.read(Path.of(compare)), out);
    }
    if (!scale.isEmpty()) {
      drawCurves(Tsv.read(Path.of(scale)), out);
    }
  }

  private static void drawBars(Tsv table, Path out) throws IOException {
    Map<String, List<BarChart.Bar>> byFigure = new LinkedHashMap<>();
    Map<String, String> units = new LinkedHashMap<>();
    for (Tsv.Row row : table.rows()) {
      BarChart.Bar bar =
          new BarChart.Bar(
              row.text("contest"),
              row.text("contender"),
              row.number("median"),
              row.number("min"),
              row.number("max"));
      byFigure.computeIfAbsent(row.text("figure"), f -> new ArrayList<>()).add(bar);
      units.put(row.text("figure"), row.text("unit"));
    }
    for (Map.Entry<String, List<BarChart.Bar>> figure : byFigure.entrySet()) {
      String unit = units.getOrDefault(figure.getKey(), "");
      write(
          out.resolve("compare-" + fileName(figure.getKey()) + ".svg"),
          new BarChart(figure.getKey(), unit, figure.getValue()).draw());
    }
  }

  private static void drawCurves(Tsv table, Path out) throws IOException {
    Map<String, LineChart> charts = new LinkedHashMap<>();
    for (Tsv.Row row : table.rows()) {
      String[] curve = row.text("curve").split("-", 2);
      String unit = row.text("unit");
      String series = row.text("figure") + (curve.length > 1 ? " (" + curve[1] + ")" : "");
      charts
          .computeIfAbsent(
              "scale-" + curve[0] + "-" + fileName(unit),
              name -> new LineChart("Cost by number of " + load(curve[0]), load(curve[0]), unit))
          .add(series, row.number("x"), row.number("value"));
    }
    for (Map.Entry<String, LineChart> chart : charts.entrySet()) {
      write(out.resolve(chart.getKey() + ".svg"), chart.getValue().draw());
    }
  }

  private static String load(String curve) {
    return curve.equals("broadcast") ? "listening peers" : curve;
  }

  private static void write(Path file, String svg) throws IOException {
    Files.writeString(file, svg);
    System.out.println(file);
  }

  /** The words of a name, fit for a file: {@code CPU s/GiB} is {@code cpu-s-per-gib}. */
  static String fileName(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace("%", "percent")
        .replace("µ", "u")
        .replace("/", " per ")
        .trim()
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }

  private static String option(String[] args, String name, String otherwise) {
    for (int i = 0; i < args.length - 1; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return otherwise;
  }
}
