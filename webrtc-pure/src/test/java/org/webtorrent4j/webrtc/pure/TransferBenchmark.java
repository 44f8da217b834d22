package org.webtorrent4j.webrtc.pure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.webtorrent4j.webrtc.libwebrtc.LibWebRtc;
import org.webtorrent4j.webrtc.rtc.RtcProvider;

/**
 * Measures one-way transfer between two engines of this process, {@code java} or {@code libwebrtc}.
 * Not a test. Arguments: sender, receiver, MiB, rounds.
 */
final class TransferBenchmark {
  private TransferBenchmark() {}

  public static void main(String[] args) throws Exception {
    long total = Long.parseLong(args[2]) << 20;
    try (PureHost sender = PureHost.open(provider(args[0]), false);
        PureHost receiver = PureHost.open(provider(args[1]), false)) {
      long began = System.nanoTime();
      PureHost.Pair pair = sender.connect(receiver);
      System.out.printf("connected after %d ms%n", (System.nanoTime() - began) / 1_000_000);
      for (int round = 0; round < Integer.parseInt(args[3]); round++) {
        CompletableFuture<Boolean> arrived = pair.answerer().expect(total);
        long cpu = cpuNanos();
        long start = System.nanoTime();
        pair.offerer().send(total);
        boolean isRight = arrived.get(10, TimeUnit.MINUTES);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "%s to %s: %.1f MB/s, %.1f CPU s/GiB, %s%n",
            args[0],
            args[1],
            total / seconds / 1e6,
            (cpuNanos() - cpu) / 1e9 / (total / (double) (1 << 30)),
            isRight ? "right" : "WRONG");
      }
    }
  }

  private static RtcProvider provider(String name) {
    return name.equals("java") ? new PureRtc() : new LibWebRtc();
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
