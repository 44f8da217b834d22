package org.webtorrent4j.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table whose first line names its columns, with tabs between them.
 *
 * @param name what it is called in messages
 */
record Tsv(String name, List<String> columns, List<Row> rows) {
  Tsv {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A line; its messages tell which. */
  record Row(String place, List<String> columns, List<String> cells) {
    /** A cell of a column that there is. */
    String text(String column) {
      return cells.get(columns.indexOf(column));
    }

    /**
     * A cell that holds a measured value.
     *
     * @throws IOException if it is no number from zero on
     */
    double number(String column) throws IOException {
      double value;
      try {
        value = Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw new IOException(place + column + " is no number: " + text(column), e);
      }
      if (!Double.isFinite(value) || value < 0) {
        throw new IOException(place + column + " cannot be " + text(column));
      }
      return value;
    }
  }

  static Tsv read(Path file) throws IOException {
    return of(file.toString(), Files.readAllLines(file));
  }

  /**
   * The table of some lines.
   *
   * @throws IOException if there is no first line, or a line has not as many cells as the first
   */
  static Tsv of(String name, List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      throw new IOException(name + " is empty");
    }
    List<String> columns = List.of(lines.get(0).split("\t", -1));
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String place = name + ", line " + (i + 1) + ": ";
      List<String> cells = List.of(lines.get(i).split("\t", -1));
      if (cells.size() != columns.size()) {
        throw new IOException(place + cells.size() + " cells in " + columns.size() + " columns");
      }
      rows.add(new Row(place, columns, cells));
    }
    return new Tsv(name, columns, rows);
  }

  boolean has(String... names) {
    return columns.containsAll(List.of(names));
  }
}
