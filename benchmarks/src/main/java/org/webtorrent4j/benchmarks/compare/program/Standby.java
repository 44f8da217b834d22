package org.webtorrent4j.benchmarks.compare.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** What a program does while others work: it answers questions until its input ends. */
public final class Standby {
  private Standby() {}

  static BufferedReader input() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  /** Answers the line {@code heap} with {@code HEAP bytes}. Returns at the end of the input. */
  static void serve(BufferedReader input) throws IOException {
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (line.equals("heap")) {
        System.out.println("HEAP " + heap());
      }
    }
  }

  /** Bytes on the heap of this process after a collection. */
  public static long heap() {
    System.gc();
    System.gc(); // what the first has made unreachable by clearing references
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
