package org.webtorrent4j.benchmarks.compare.measure;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The runs of one contender that count.
 *
 * @param contest the word that names the contest
 * @param contender its name
 * @param samples one for each run, at least one
 */
public record Result(String contest, String contender, List<Sample> samples) {
  /** The names of the columns of {@link #rows}. */
  public static final String HEADER = "contest\tcontender\tfigure\tunit\tmedian\tmin\tmax\tn";

  /** A copy. */
  public Result {
    samples = List.copyOf(samples);
  }

  /** The middle value, or the mean of the two in the middle; NaN if it was not measured. */
  public double median(Figure figure) {
    double[] sorted = values(figure).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** A line for each figure, with tabs between the columns. */
  public Stream<String> rows() {
    return figures().stream()
        .map(
            figure ->
                String.join(
                    "\t",
                    contest,
                    contender,
                    figure.label(),
                    figure.unit(),
                    number(median(figure)),
                    number(values(figure).min().orElseThrow()),
                    number(values(figure).max().orElseThrow()),
                    Long.toString(values(figure).count())));
  }

  /** A line for people: the contest's figure, if it was measured, with its range; the others. */
  String line(Figure first) {
    StringBuilder line = new StringBuilder("  %-28s".formatted(contender));
    if (figures().contains(first)) {
      line.append(first.text(median(first), 8));
    }
    if (figures().contains(first) && samples.size() > 1) {
      double min = values(first).min().orElse(Double.NaN);
      double max = values(first).max().orElse(Double.NaN);
      line.append(" (%s to %s)".formatted(first.number(min), first.number(max)));
    }
    figures().stream()
        .filter(figure -> figure != first)
        .forEach(figure -> line.append(", ").append(figure.text(median(figure), 0)));
    return line.append(", n = ").append(samples.size()).toString();
  }

  private Set<Figure> figures() {
    Set<Figure> figures = EnumSet.noneOf(Figure.class);
    samples.stream().map(Sample::values).map(values -> values.keySet()).forEach(figures::addAll);
    return figures;
  }

  private DoubleStream values(Figure figure) {
    return samples.stream()
        .map(Sample::values)
        .filter(values -> values.containsKey(figure))
        .mapToDouble(values -> values.getOrDefault(figure, Double.NaN));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
