package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How many times better webtorrent4j was than others when that was recorded, by contest and by the
 * name of the other. Kept in a file of three columns with tabs between them, below a line with
 * their names.
 */
final class ExpectedRatios {
  private static final String HEADER = "contest\tcontender\tratio";

  /** What noise cannot explain: less than this part of a ratio is left. */
  private static final double TOLERANCE = 0.5;

  private final Map<String, Map<String, Double>> ratios = new TreeMap<>();

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or has other columns
   */
  static ExpectedRatios read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IOException(file + " does not begin with the names of its columns");
    }
    ExpectedRatios expected = new ExpectedRatios();
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.split("\t", -1);
      if (columns.length != 3) {
        throw new IOException(file + " has a line without three columns: " + line);
      }
      expected.put(columns[0], Map.of(columns[1], Double.parseDouble(columns[2])));
    }
    return expected;
  }

  /** Records the ratios of a contest, besides those that it has. */
  void put(String contest, Map<String, Double> measured) {
    ratios.computeIfAbsent(contest, word -> new LinkedHashMap<>()).putAll(measured);
  }

  /**
   * Looks for gross regressions in what was measured. What was not recorded, or not measured, is
   * none.
   *
   * @return a sentence for each; empty = there is none
   */
  List<String> regressions(String contest, Map<String, Double> measured) {
    List<String> regressions = new ArrayList<>();
    ratios
        .getOrDefault(contest, Map.of())
        .forEach(
            (other, recorded) -> {
              double now = measured.getOrDefault(other, recorded);
              // Turned around, so that a ratio that is not a number is a regression.
              if (!(now >= recorded * TOLERANCE)) {
                regressions.add(
                    String.format(
                        Locale.ROOT,
                        "%s: %.2f times %s, less than half of %.2f",
                        contest,
                        now,
                        other,
                        recorded));
              }
            });
    return regressions;
  }

  /**
   * Names those who were recorded in a contest and have not taken part in it now.
   *
   * @param isWanted whether a contest was to be run
   * @param present who took part, by contest
   * @return a sentence for each; empty = all have
   */
  List<String> absent(Predicate<String> isWanted, Map<String, Set<String>> present) {
    List<String> absent = new ArrayList<>();
    ratios.forEach(
        (contest, others) -> {
          Set<String> there = present.getOrDefault(contest, Set.of());
          others.keySet().stream()
              .filter(other -> isWanted.test(contest) && !there.contains(other))
              .forEach(other -> absent.add(contest + ": " + other + " has not taken part"));
        });
    return absent;
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    ratios.forEach(
        (contest, others) ->
            others.forEach(
                (other, ratio) ->
                    lines.add(String.format(Locale.ROOT, "%s\t%s\t%.2f", contest, other, ratio))));
    Files.write(file, lines);
  }
}
