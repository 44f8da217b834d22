package org.webtorrent4j.webrtc.libwebrtc;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;

/** Measures one-way transfer between two engines of this process. Not a test. */
final class TransferBenchmark {
  private TransferBenchmark() {}

  public static void main(String[] args) throws Exception {
    long total = Long.parseLong(args[0]) << 20;
    int chunk = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    int pairs = args.length > 3 ? Integer.parseInt(args[3]) : 1;
    RtcHost a = RtcHost.open();
    RtcHost b = RtcHost.open();
    TestPeer.Pair[] all = new TestPeer.Pair[pairs];
    for (int i = 0; i < pairs; i++) {
      all[i] = a.connect(b);
    }
    for (int round = 0; round < rounds; round++) {
      long cpu = cpu();
      long start = System.nanoTime();
      CompletableFuture<?>[] done = new CompletableFuture<?>[pairs];
      for (int i = 0; i < pairs; i++) {
        done[i] = transfer(a, all[i], total / pairs, chunk);
      }
      CompletableFuture.allOf(done).get();
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (cpu() - cpu) / 1e9;
      System.out.printf(
          "%d pairs, writes of %d: %.1f MB/s, %.1f CPU s/GiB%n",
          pairs, chunk, total / seconds / 1e6, cpuSeconds / (total / (double) (1 << 30)));
    }
    a.close();
    b.close();
  }

  private static CompletableFuture<Boolean> transfer(
      RtcHost host, TestPeer.Pair pair, long total, int chunk) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    long wanted = pair.answerer().received.get() + total;
    pair.answerer().onBytes =
        bytes -> {
          if (pair.answerer().received.get() + bytes.remaining() >= wanted) {
            done.complete(true);
          }
        };
    long[] left = {total};
    Runnable pump =
        () -> {
          while (left[0] > 0) {
            int length = (int) Math.min(chunk, left[0]);
            long taken = pair.offerer().writeNow(length);
            left[0] -= taken;
            if (taken < length) {
              return;
            }
          }
        };
    pair.offerer().onWritable = pump;
    host.loop().execute(pump);
    return done;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
