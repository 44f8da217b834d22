package org.webtorrent4j.benchmarks.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where values lie on a logarithmic line from 0 to 1, which begins and ends at a power of ten. What
 * is smaller, such as zero, lies at its beginning.
 */
record Axis(int firstPower, int lastPower) {
  private static final int FEW = 2; // decades, which need marks within
  private static final double ROUNDING = 1e-9;

  /** The shortest axis of whole decades for some values. */
  static Axis of(DoubleStream values) {
    double[] positive = values.filter(value -> value > 0).sorted().toArray();
    if (positive.length == 0) {
      return new Axis(0, 1);
    }
    int first = (int) Math.floor(Math.log10(positive[0]) + ROUNDING);
    int last = (int) Math.ceil(Math.log10(positive[positive.length - 1]) - ROUNDING);
    return new Axis(first, Math.max(last, first + 1));
  }

  int decades() {
    return lastPower - firstPower;
  }

  /** Where a value lies, from 0 to 1. */
  double position(double value) {
    return value <= 0 ? 0 : Math.max(0, (Math.log10(value) - firstPower) / decades());
  }

  /** The values that are marked, smallest first. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int power = firstPower; power < lastPower; power++) {
      ticks.add(Math.pow(10, power));
      if (decades() <= FEW) {
        ticks.add(2 * Math.pow(10, power));
        ticks.add(5 * Math.pow(10, power));
      }
    }
    ticks.add(Math.pow(10, lastPower));
    return ticks;
  }
}
