package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;

/** A program that does the work of a contest. */
interface Contender {
  /** What it is called in the tables. */
  String name();

  /** Does the work once. */
  Sample run() throws IOException, InterruptedException;

  /** A contender by its name. */
  static Contender of(String name, Work work) {
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Sample run() throws IOException, InterruptedException {
        return work.run();
      }
    };
  }

  /** The work. */
  interface Work {
    Sample run() throws IOException, InterruptedException;
  }
}
