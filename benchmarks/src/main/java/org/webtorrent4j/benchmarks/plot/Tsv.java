package org.webtorrent4j.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table whose first line names its columns. */
record Tsv(List<Row> rows) {
  /** A line. */
  record Row(Map<String, String> cells) {
    /**
     * A cell.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    String text(String column) {
      String cell = cells.get(column);
      if (cell == null) {
        throw new IllegalArgumentException("no column " + column + " among " + cells.keySet());
      }
      return cell;
    }

    double number(String column) {
      return Double.parseDouble(text(column));
    }
  }

  static Tsv read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  static Tsv of(List<String> lines) {
    String[] columns = lines.get(0).split("\t", -1);
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split("\t", -1);
      Map<String, String> cells = new HashMap<>();
      for (int i = 0; i < Math.min(columns.length, parts.length); i++) {
        cells.put(columns[i], parts[i]);
      }
      rows.add(new Row(cells));
    }
    return new Tsv(rows);
  }
}
