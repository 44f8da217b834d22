package org.webtorrent4j.benchmarks.compare.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one run has measured. Immutable.
 *
 * @param values of one figure or more
 */
public record Sample(Map<Figure, Double> values) {
  /** A copy. */
  public Sample {
    values = new EnumMap<>(values);
  }

  /** One figure. */
  public static Sample of(Figure figure, double value) {
    return new Sample(Map.of(figure, value));
  }

  /** A time alone. */
  public static Sample time(double seconds) {
    return of(Figure.TIME, seconds * 1000);
  }

  /** A speed alone. */
  public static Sample speed(double seconds, long bytes) {
    return of(Figure.SPEED, bytes / seconds / 1e6);
  }

  /** Another figure besides. */
  public Sample with(Figure figure, double value) {
    EnumMap<Figure, Double> more = new EnumMap<>(values);
    more.put(figure, value);
    return new Sample(more);
  }

  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey().text(entry.getValue(), 0))
        .collect(Collectors.joining(", "));
  }
}
