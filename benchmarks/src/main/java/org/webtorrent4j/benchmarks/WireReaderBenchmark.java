package org.webtorrent4j.benchmarks;

import java.net.ProtocolException;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.webtorrent4j.wire.WireReader;

/** Cutting messages out of a direct buffer, as a transport lends it. One message allocates 0 B. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireReaderBenchmark {
  private static final int MESSAGES = 1000;
  private static final int BLOCK = 16 << 10;

  // Not a divisor of the message length: blocks begin and end anywhere in a slice.
  private static final int SLICE = 64 << 10;

  private final SummingHandler handler = new SummingHandler();
  private final WireReader reader = new WireReader(handler);
  private final ByteBuffer haves = ByteBuffer.allocateDirect(9 * MESSAGES);
  private final ByteBuffer requests = ByteBuffer.allocateDirect(17 * MESSAGES);
  private final ByteBuffer blocks = ByteBuffer.allocateDirect((13 + BLOCK) * MESSAGES);

  /** Encodes the messages by hand. */
  @Setup
  public void encode() {
    for (int i = 0; i < MESSAGES; i++) {
      haves.putInt(5).put((byte) 4).putInt(i);
      requests.putInt(13).put((byte) 6).putInt(i).putInt(BLOCK).putInt(BLOCK);
      blocks.putInt(9 + BLOCK).put((byte) 7).putInt(i).putInt(BLOCK);
      blocks.position(blocks.position() + BLOCK);
    }
  }

  /** One block, handed on without being looked at. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long block() throws ProtocolException {
    for (int at = 0; at < blocks.capacity(); at += SLICE) {
      reader.read(blocks.limit(Math.min(at + SLICE, blocks.capacity())).position(at));
    }
    return handler.sum();
  }

  /** One have. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long have() throws ProtocolException {
    reader.read(haves.rewind());
    return handler.sum();
  }

  /** One request. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long request() throws ProtocolException {
    reader.read(requests.rewind());
    return handler.sum();
  }
}
