package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int i = 0; i <= runs; i++) {
      for (Contender contender : contenders) {
        Sample sample = contender.run();
        System.err.printf(
            Locale.ROOT,
            "  %s%s: %.3f s, %.1f CPU s%n",
            contender.name(),
            i == 0 ? " (warm-up)" : "",
            sample.seconds(),
            sample.cpuSeconds());
        if (i > 0 || runs == 0) {
          samples.computeIfAbsent(contender.name(), key -> new ArrayList<>()).add(sample);
        }
      }
    }
    samples.forEach(Contest::print);
    double ours = median(samples.get(contenders.get(0).name()), Sample::speed);
    for (Contender other : contenders.subList(1, contenders.size())) {
      System.out.printf(
          Locale.ROOT,
          "  %.2f times %s%n",
          ours / median(samples.get(other.name()), Sample::speed),
          other.name());
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
