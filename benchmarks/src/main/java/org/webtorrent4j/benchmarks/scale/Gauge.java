package org.webtorrent4j.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** What a program measures of itself, and how it tells. */
final class Gauge {
  private static final long PAUSE_MILLIS = 2;
  private static final int WARM_UP = 500;
  private static final int COLLECTIONS = 3; // what the first one frees keeps other things alive

  private Gauge() {}

  /** Something that is measured. Neither part has a tab or a line break. */
  record Figure(String name, String unit) {
    /** The figure of a line that {@link #tell} has written. */
    static Figure of(String line) {
      String[] parts = line.split("\t", -1);
      return new Figure(parts[0], parts[1]);
    }
  }

  /** The value of a line that {@link #tell} has written. */
  static double valueOf(String line) {
    return Double.parseDouble(line.split("\t", -1)[2]);
  }

  /** Tells the program that started this one. */
  static void tell(String figure, String unit, double value) {
    System.out.println(figure + "\t" + unit + "\t" + String.format(Locale.ROOT, "%.6f", value));
  }

  /** Bytes of the heap that are in use, garbage excluded. */
  static long heap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** User and system seconds of this process so far. */
  static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** Tells which part of a core is used while nothing is asked for. */
  static void tellIdle(String figure, int seconds) throws InterruptedException {
    double before = cpuSeconds();
    Thread.sleep(seconds * 1000L);
    tell(figure, "%", (cpuSeconds() - before) / seconds * 100);
  }

  /** Asks again and again for some seconds, and tells how long the answers took. */
  static void tellLatency(String figure, int seconds, Runnable question)
      throws InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      question.run();
    }
    long[] nanos = new long[seconds * 1000];
    int count = 0;
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end && count < nanos.length) {
      long begin = System.nanoTime();
      question.run();
      nanos[count++] = System.nanoTime() - begin;
      Thread.sleep(PAUSE_MILLIS);
    }
    tellLatency(figure, Arrays.copyOf(nanos, count));
  }

  /** Tells the median and the worst of some times. */
  static void tellLatency(String figure, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    tell(figure + ", median", "µs", sorted[sorted.length / 2] / 1e3);
    tell(figure + ", worst", "µs", sorted[sorted.length - 1] / 1e3);
  }
}
