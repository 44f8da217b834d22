package org.webtorrent4j.benchmarks.compare.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of {@link Result#rows} below a line with the names of their columns. */
public final class ResultTable {
  private ResultTable() {}

  /** Writes the results of a contest in place of those that the file has of it, or at its end. */
  public static void replace(Path file, List<Result> results) throws IOException {
    List<String> lines = new ArrayList<>(List.of(Result.HEADER));
    if (Files.exists(file)) {
      List<String> old = Files.readAllLines(file);
      if (old.isEmpty() || !old.get(0).equals(Result.HEADER)) {
        throw new IOException(file + " is no table of results");
      }
      lines = new ArrayList<>(old);
    }
    String prefix = results.get(0).contest() + "\t";
    int at = 1;
    while (at < lines.size() && !lines.get(at).startsWith(prefix)) {
      at++;
    }
    lines.removeIf(line -> line.startsWith(prefix));
    lines.addAll(at, results.stream().flatMap(Result::rows).toList());
    Files.write(file, lines);
  }
}
