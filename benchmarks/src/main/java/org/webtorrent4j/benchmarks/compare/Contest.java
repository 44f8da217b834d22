package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One kind of work and those who do it. They take turns, so that what else the machine does hits
 * all of them; after one run each that does not count. Prints medians with minimum and maximum, and
 * the ratio of the first contender to each of the others.
 */
record Contest(String name, List<Contender> contenders) {
  /** Runs it. */
  void run(int runs) throws IOException, InterruptedException {
    System.out.println();
    System.out.println(name);
    List<List<Sample>> samples =
        contenders.stream().<List<Sample>>map(c -> new ArrayList<>()).toList();
    for (int i = 0; i <= runs; i++) {
      for (int c = 0; c < contenders.size(); c++) {
        Contender contender = contenders.get(c);
        Sample sample = contender.run();
        System.err.printf(
            Locale.ROOT,
            "  %s%s: %.3f s, %.1f CPU s%n",
            contender.name(),
            i == 0 ? " (warm-up)" : "",
            sample.seconds(),
            sample.cpuSeconds());
        if (i > 0 || runs == 0) {
          samples.get(c).add(sample);
        }
      }
    }
    for (int c = 0; c < contenders.size(); c++) {
      print(contenders.get(c).name(), samples.get(c));
    }
    double ours = median(samples.get(0), Sample::speed);
    for (int c = 1; c < contenders.size(); c++) {
      double theirs = median(samples.get(c), Sample::speed);
      System.out.printf(Locale.ROOT, "  %.2f times %s%n", ours / theirs, contenders.get(c).name());
    }
  }

  private static void print(String contender, List<Sample> samples) {
    boolean isTime = samples.get(0).bytes() == 0;
    ToDoubleFunction<Sample> shown = isTime ? sample -> sample.seconds() * 1000 : Sample::speed;
    double[] values = samples.stream().mapToDouble(shown).sorted().toArray();
    StringBuilder line = new StringBuilder();
    line.append(
        "  %-28s %8.1f %s (%.1f to %.1f)"
            .formatted(
                contender,
                median(samples, shown),
                isTime ? "ms" : "MB/s",
                values[0],
                values[values.length - 1]));
    if (samples.get(0).cpuSeconds() > 0) {
      line.append(", %.2f CPU s/GiB".formatted(median(samples, Sample::cpuPerGib)));
    }
    System.out.println(line.append(", n = ").append(samples.size()));
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> value) {
    double[] sorted = samples.stream().mapToDouble(value).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
