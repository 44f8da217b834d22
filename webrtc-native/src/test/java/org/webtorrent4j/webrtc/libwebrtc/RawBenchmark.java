package org.webtorrent4j.webrtc.libwebrtc;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

/** webrtc-java in the plainest loop that sends as fast as it can, to compare with. Not a test. */
final class RawBenchmark {
  private static final long HIGH = 1024 * 1024;
  private static final long LOW = 256 * 1024;

  private RawBenchmark() {}

  public static void main(String[] args) throws Exception {
    long total = Long.parseLong(args[0]) << 20;
    int size = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    RtcHost host = RtcHost.open();
    RawPeer sender = new RawPeer();
    RawPeer receiver = new RawPeer();
    receiver.acceptOffer(sender);
    ByteBuffer message = ByteBuffer.allocateDirect(size);
    for (int round = 0; round < rounds; round++) {
      long cpu = cpu();
      long start = System.nanoTime();
      long before = receiver.received.get();
      long estimate = 0;
      for (long sent = 0; sent < total; sent += size) {
        if (estimate + size > HIGH) {
          estimate = sender.buffered();
          while (estimate > LOW) {
            Thread.sleep(1);
            estimate = sender.buffered();
          }
        }
        sender.sendNow(message);
        estimate += size;
      }
      while (receiver.received.get() - before < total) {
        Thread.sleep(1);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpuSeconds = (cpu() - cpu) / 1e9;
      System.out.printf(
          "raw, messages of %d: %.1f MB/s, %.1f CPU s/GiB%n",
          size, total / seconds / 1e6, cpuSeconds / (total / (double) (1 << 30)));
    }
    sender.close();
    receiver.close();
    host.close();
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
