package org.webtorrent4j.benchmarks.compare.measure;

import java.io.IOException;
import java.util.List;

/**
 * What seeds and leeches use for a transfer: a seed from when it is ready, a leech from its start,
 * with the start of a JVM or an interpreter, unless it has transferred before.
 */
public final class Usage {
  private final List<Program> seeds;
  private final double before;

  /** Begins with seeds that are ready. */
  public Usage(List<Program> seeds) {
    this.seeds = seeds;
    this.before = cpu(seeds);
  }

  /** Begins with both ends ready. */
  public Usage(Program seed, Program leech) {
    this.seeds = List.of(seed);
    this.before = cpu(List.of(seed, leech));
  }

  /** The sample of a transfer from one to another that has just ended. */
  public Sample sample(double seconds, long bytes, Program leech) throws IOException {
    return sample(seconds, bytes, List.of(leech));
  }

  /**
   * The sample of a transfer that has just ended, of programs that still run. What is not there is
   * not measured.
   *
   * @param bytes of all leeches together
   */
  public Sample sample(double seconds, long bytes, List<Program> leeches) throws IOException {
    double cpu = cpu(leeches) + cpu(seeds) - before;
    Sample sample = Sample.speed(seconds, bytes).with(Figure.CPU, cpu * (1L << 30) / bytes);
    if (!seeds.isEmpty()) {
      sample = sample.with(Figure.RSS_SEED, peak(seeds));
    }
    return leeches.isEmpty() ? sample : sample.with(Figure.RSS_LEECH, peak(leeches));
  }

  private static double cpu(List<Program> programs) {
    return programs.stream().mapToDouble(Program::cpuSeconds).sum();
  }

  /** Of the one that had most. */
  private static double peak(List<Program> programs) throws IOException {
    long most = 0;
    for (Program program : programs) {
      most = Math.max(most, program.peakRss());
    }
    return most / 1e6;
  }
}
