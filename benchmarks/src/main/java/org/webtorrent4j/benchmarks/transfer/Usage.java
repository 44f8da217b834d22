package org.webtorrent4j.benchmarks.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process has used, as the operating system tells. */
final class Usage {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

  private Usage() {}

  /** User and system seconds of this process. */
  static double ownCpuSeconds() {
    return seconds(ProcessHandle.current());
  }

  /** User and system seconds of a running process. */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** The most memory a process has ever had, in MiB; 0 where that cannot be known. */
  static long peakRssMiB(String pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
      }
    } catch (IOException e) {
      return 0; // not a Linux
    }
    return 0;
  }

  private static double seconds(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }
}
