package org.webtorrent4j.benchmarks.scale;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind of load and the amounts of it.
 *
 * @param node a program that is given an amount and further arguments, and tells figures ({@link
 *     Gauge#tell})
 * @param runs how often each amount is measured; the median counts
 */
record Curve(String name, Class<?> node, List<Integer> amounts, int runs) {
  /** Measures it into a table; smallest amounts first. */
  void measure(Table table, String... args) throws IOException, InterruptedException {
    System.out.println();
    for (int amount : amounts) {
      Map<Gauge.Figure, List<Double>> values = new LinkedHashMap<>();
      for (int run = 0; run < runs; run++) {
        List<String> all = new ArrayList<>(List.of(Integer.toString(amount)));
        all.addAll(List.of(args));
        try (Child child = Child.java(node, all)) {
          child.forEachLine(
              line -> {
                Gauge.Figure figure = Gauge.Figure.of(line);
                values.computeIfAbsent(figure, f -> new ArrayList<>()).add(Gauge.valueOf(line));
              });
        }
      }
      values.forEach((figure, all) -> table.add(name, amount, figure, all));
    }
  }
}
