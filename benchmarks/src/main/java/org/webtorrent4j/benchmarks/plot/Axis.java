package org.webtorrent4j.benchmarks.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie on a line from 0 to 1: evenly from zero on, or by their logarithm.
 *
 * @param from the value at 0
 * @param to the value at 1
 */
record Axis(double from, double to, boolean isLog) {
  private static final int TICKS = 5; // about so many
  private static final double SPREAD = 30; // from here on small values would vanish

  /** An axis from zero that ends at a round number. */
  static Axis linear(double max) {
    double step = step(max <= 0 ? 1 : max);
    return new Axis(0, Math.ceil((max <= 0 ? 1 : max) / step - 1e-9) * step, false);
  }

  /** An axis of whole powers of ten; both values are positive. */
  static Axis log(double min, double max) {
    double from = Math.floor(Math.log10(min) + 1e-9);
    double to = Math.ceil(Math.log10(max) - 1e-9);
    return new Axis(Math.pow(10, from), Math.pow(10, to > from ? to : from + 1), true);
  }

  /** Linear where that shows everything, else logarithmic. */
  static Axis fitting(double min, double max) {
    return min > 0 && max / min > SPREAD ? log(min, max) : linear(max);
  }

  /** Where a value lies, from 0 to 1. */
  double position(double value) {
    if (isLog) {
      return Math.log(value / from) / Math.log(to / from);
    }
    return (value - from) / (to - from);
  }

  /** The values that are marked, smallest first. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (isLog) {
      int first = (int) Math.round(Math.log10(from));
      int last = (int) Math.round(Math.log10(to));
      for (int power = first; power <= last; power++) {
        ticks.add(Math.pow(10, power));
      }
    } else {
      double step = step(to);
      for (int i = 0; i * step <= to * (1 + 1e-9); i++) {
        ticks.add(i * step);
      }
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double step(double max) {
    double rough = max / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double factor = rough / power;
    return power * (factor <= 1 + 1e-9 ? 1 : factor <= 2 + 1e-9 ? 2 : factor <= 5 + 1e-9 ? 5 : 10);
  }
}
