package org.webtorrent4j.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws tables of {@code benchmarks/compare}, a bar chart for each figure, and of {@code
 * benchmarks/scale}, a line chart for each kind of load and unit.
 *
 * <pre>DIRECTORY TABLE…   where the pictures go, and what is drawn</pre>
 */
public final class Plot {
  private Plot() {}

  /** Draws, and prints the names of the pictures. */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      throw new IllegalArgumentException("needs a directory and at least one table");
    }
    Path directory = Files.createDirectories(Path.of(args[0]));
    for (String table : List.of(args).subList(1, args.length)) {
      for (Map.Entry<String, String> picture : draw(Tsv.read(Path.of(table))).entrySet()) {
        Path file = directory.resolve(picture.getKey());
        Files.writeString(file, picture.getValue());
        System.out.println(file);
      }
    }
  }

  /**
   * The pictures of a table, by the names of their files.
   *
   * @throws IOException if it is neither kind of table, or a value is missing
   */
  static Map<String, String> draw(Tsv table) throws IOException {
    Map<String, String> pictures = new LinkedHashMap<>();
    if (table.has("contest", "contender", "figure", "unit", "median", "min", "max")) {
      bars(table).forEach((name, chart) -> pictures.put(name, chart.draw()));
    } else if (table.has("curve", "x", "figure", "unit", "value")) {
      curves(table).forEach((name, chart) -> pictures.put(name, chart.draw()));
    } else {
      throw new IOException(table.name() + " has other columns: " + table.columns());
    }
    return pictures;
  }

  private static Map<String, BarChart> bars(Tsv table) throws IOException {
    Map<String, BarChart> charts = new LinkedHashMap<>();
    for (Tsv.Row row : table.rows()) {
      String figure = row.text("figure");
      charts
          .computeIfAbsent(
              "compare-" + fileName(figure) + ".svg",
              name -> new BarChart(figure, row.text("unit")))
          .add(
              row.text("contest"),
              new BarChart.Bar(
                  row.text("contender"),
                  row.number("median"),
                  row.number("min"),
                  row.number("max")));
    }
    return charts;
  }

  private static Map<String, LineChart> curves(Tsv table) throws IOException {
    Map<String, LineChart> charts = new LinkedHashMap<>();
    for (Tsv.Row row : table.rows()) {
      String[] curve = row.text("curve").split("-", 2); // a kind of load, and how it was
      String unit = row.text("unit");
      charts
          .computeIfAbsent(
              "scale-" + fileName(curve[0]) + "-" + fileName(unit) + ".svg",
              name -> new LineChart(load(curve[0]), unit))
          .add(
              row.text("figure") + (curve.length > 1 ? " (" + curve[1] + ")" : ""),
              row.number("x"),
              row.number("value"));
    }
    return charts;
  }

  private static String load(String curve) {
    return curve.equals("broadcast") ? "listening peers" : curve;
  }

  /** The words of a name, fit for a file: {@code CPU s/GiB} is {@code cpu-s-per-gib}. */
  static String fileName(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace("%", "percent")
        .replace("µ", "u")
        .replace("/", " per ")
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }
}
