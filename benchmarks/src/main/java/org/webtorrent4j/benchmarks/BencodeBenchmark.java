package org.webtorrent4j.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BencodeReader;
import org.webtorrent4j.bencode.BencodeWriter;
import org.webtorrent4j.wire.MetadataMessage;

/** Bencoding at its two extremes: a large info dictionary and a tiny message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BencodeBenchmark {
  private static final int FILES = 10_000;

  private final BencodeReader reader = BencodeReader.lenient();
  private final byte[] info = info();
  private final byte[] data = MetadataMessage.data(info, 0);

  /** An info dictionary of 10 000 files and 1 MB of hashes; all values found. */
  @Benchmark
  public BDict readInfo() throws IOException {
    return reader.readDict(info);
  }

  /** The same, written. */
  @Benchmark
  public byte[] writeInfo() {
    return info();
  }

  /** A ut_metadata message with its 16 KiB. */
  @Benchmark
  public MetadataMessage readMetadataMessage() throws IOException {
    return MetadataMessage.parse(data).orElseThrow();
  }

  /** A request for metadata. */
  @Benchmark
  public byte[] writeMetadataRequest() {
    return MetadataMessage.request(7);
  }

  private static byte[] info() {
    BencodeWriter writer = new BencodeWriter().beginDict().key("files").beginList();
    for (int i = 0; i < FILES; i++) {
      writer.beginDict().put("length", 1000L * i);
      writer.key("path").beginList().string("folder").string("file " + i).end().end();
    }
    return writer
        .end()
        .put("name", "benchmark")
        .put("piece length", 1 << 18)
        .put("pieces", new byte[1_000_000])
        .end()
        .toByteArray();
  }
}
