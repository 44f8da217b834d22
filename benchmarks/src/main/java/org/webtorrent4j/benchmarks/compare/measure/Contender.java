package org.webtorrent4j.benchmarks.compare.measure;

import java.io.IOException;

/**
 * A program that does the work of a contest.
 *
 * @param name what it is called in the tables
 * @param work does the work once
 */
public record Contender(String name, Work work) {
  /** The work. */
  @FunctionalInterface
  public interface Work {
    /** Does it once, and says what it took. */
    Sample run() throws IOException, InterruptedException;
  }
}
