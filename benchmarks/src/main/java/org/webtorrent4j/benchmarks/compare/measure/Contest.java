package org.webtorrent4j.benchmarks.compare.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One kind of work and those who do it. They take turns, so that what else the machine does hits
 * all of them. Prints medians with minimum and maximum, and how many times better the first
 * contender is than each of the others.
 *
 * @param name a word, a colon, and what is done
 * @param figure what the ratios are of
 * @param contenders ours first
 */
public record Contest(String name, Figure figure, List<Contender> contenders) {
  /** So the names of our contenders begin. */
  private static final String OURS = "webtorrent4j";

  /** A copy. */
  public Contest {
    contenders = List.copyOf(contenders);
  }

  /** The word before the colon. */
  public String word() {
    return name.substring(0, name.indexOf(':'));
  }

  /**
   * Runs it.
   *
   * @param warmUps how often each does the work before it counts
   * @param runs how often it counts, at least once
   * @return the results, in the order of the contenders
   */
  public List<Result> run(int warmUps, int runs) throws IOException, InterruptedException {
    System.out.println();
    System.out.println(name);
    List<List<Sample>> samples =
        contenders.stream().<List<Sample>>map(c -> new ArrayList<>()).toList();
    for (int i = -warmUps; i < runs; i++) {
      for (int c = 0; c < contenders.size(); c++) {
        Contender contender = contenders.get(c);
        Sample sample = contender.work().run();
        System.err.printf(
            "    %s%s: %s%n", contender.name(), i < 0 ? " (does not count)" : "", sample);
        if (i >= 0) {
          samples.get(c).add(sample);
        }
      }
    }
    List<Result> results = new ArrayList<>();
    for (int c = 0; c < contenders.size(); c++) {
      results.add(new Result(word(), contenders.get(c).name(), samples.get(c)));
    }
    print(results);
    return results;
  }

  private void print(List<Result> results) {
    results.forEach(result -> System.out.println(result.line(figure)));
    ratios(results)
        .forEach(
            (other, ratio) -> System.out.printf(Locale.ROOT, "  %.2f times %s%n", ratio, other));
  }

  /** How many times better the first is, by the names of those others that have the figure. */
  public Map<String, Double> ratios(List<Result> results) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    double ours = results.get(0).median(figure);
    for (Result other : results) {
      double theirs = other.median(figure);
      if (!other.contender().startsWith(OURS) && !Double.isNaN(theirs)) {
        ratios.put(other.contender(), figure.ratio(ours, theirs));
      }
    }
    return ratios;
  }
}
