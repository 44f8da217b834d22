package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.webtorrent4j.benchmarks.PiecePickerBenchmark;
import org.webtorrent4j.benchmarks.compare.measure.Contender;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Sample;

/** {@link PiecePickerBenchmark} at its largest, by JMH; a run is one fork. */
public final class PickContest {
  private static final String PIECES = "1000000";

  private final int iterations;

  /** A contest with so many measurements of a second each, after as many to warm up. */
  public PickContest(int iterations) {
    this.iterations = iterations;
  }

  /** The contest. */
  public Contest contest() {
    return new Contest(
        "pick: the next block at 1,000,000 pieces, 100 peers",
        Figure.PICK,
        List.of(new Contender("webtorrent4j", this::run)));
  }

  private Sample run() throws IOException {
    try {
      RunResult result =
          new Runner(
                  new OptionsBuilder()
                      .include(PiecePickerBenchmark.class.getName() + ".block$")
                      .param("pieces", PIECES)
                      .forks(1)
                      .warmupIterations(iterations)
                      .measurementIterations(iterations)
                      .addProfiler(GCProfiler.class)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .runSingle();
      return Sample.of(Figure.PICK, result.getPrimaryResult().getStatistics().getPercentile(50))
          .with(
              Figure.ALLOCATED,
              Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                  .getScore());
    } catch (RunnerException e) {
      throw new IOException(e);
    }
  }
}
