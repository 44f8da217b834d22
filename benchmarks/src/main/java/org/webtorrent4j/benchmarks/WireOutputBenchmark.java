package org.webtorrent4j.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.webtorrent4j.wire.Releasable;
import org.webtorrent4j.wire.WireBuffers;
import org.webtorrent4j.wire.WireOutput;

/** Queueing messages and handing them to a connection that takes all. One allocates 0 B. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireOutputBenchmark {
  private static final int MESSAGES = 100;

  private final WireOutput output = new WireOutput(new WireBuffers());
  private final SinkConnection connection = new SinkConnection();
  private final ByteBuffer[] blocks = new ByteBuffer[MESSAGES];
  private long released;
  private final Releasable lender = () -> released++;

  /** Makes the blocks. */
  public WireOutputBenchmark() {
    for (int i = 0; i < MESSAGES; i++) {
      blocks[i] = ByteBuffer.allocateDirect(16 << 10);
    }
  }

  /** One block. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long piece() {
    for (int i = 0; i < MESSAGES; i++) {
      output.piece(i, 0, blocks[i].rewind(), lender);
    }
    output.flush(connection);
    return released;
  }

  /** One have. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long have() {
    for (int i = 0; i < MESSAGES; i++) {
      output.have(i);
    }
    output.flush(connection);
    return output.writtenBytes();
  }
}
