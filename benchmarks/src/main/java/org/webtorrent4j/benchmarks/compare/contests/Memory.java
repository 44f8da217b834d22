package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import org.webtorrent4j.benchmarks.compare.measure.Program;

/** Bytes that a program has: resident, and on its heap after a collection. */
record Memory(long rss, long heap) {
  /** Of a program that knows the question {@code heap}. */
  static Memory of(Program program) throws IOException {
    program.tell("heap");
    long heap = Long.parseLong(program.expect("HEAP"));
    return new Memory(program.rss(), heap);
  }
}
