package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that come and go leave nothing behind. */
@Timeout(900)
class ChurnTest {
  /** 1000 for the whole proof. */
  private static final int CONNECTIONS = Integer.getInteger("webrtc.connections", 60);

  private static final int AT_ONCE = 10;

  /** What a process has at a moment. */
  private record Footprint(int threads, long heapBytes, long residentBytes, long files) {
    static Footprint now() throws IOException {
      long heap = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
      }
      return new Footprint(threadCount(), heap, resident(), openFiles());
    }

    private static long resident() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (!Files.exists(status)) {
        return 0;
      }
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    }

    private static int threadCount() throws IOException {
      return (int) count(Path.of("/proc/self/task"));
    }

    private static long openFiles() throws IOException {
      return count(Path.of("/proc/self/fd"));
    }

    private static long count(Path folder) throws IOException {
      if (!Files.exists(folder)) {
        return 0;
      }
      try (var entries = Files.list(folder)) {
        return entries.count();
      }
    }

    @Override
    public String toString() {
      return threads
          + " threads, heap "
          + heapBytes / 1024
          + " kB, resident "
          + residentBytes / 1024
          + " kB, "
          + files
          + " files";
    }
  }

  @Test
  void connectionsThatAreClosedLeaveNothing() throws Exception {
    Footprint begin = Footprint.now();
    try (RtcHost ours = RtcHost.open();
        RtcHost theirs = RtcHost.open()) {
      cycle(ours, theirs, Math.max(30, CONNECTIONS / 10));
      Footprint before = Footprint.now();
      long start = System.nanoTime();

      cycle(ours, theirs, CONNECTIONS);

      double seconds = (System.nanoTime() - start) / 1e9;
      Footprint after = Footprint.now();
      List<TestPeer.Pair> open = HazardTest.connect(ours, theirs, AT_ONCE * 3);
      Footprint with = Footprint.now();
      System.out.printf(
          "%d connections (%.0f a second): %s before, %s after; %d kB for each of %d that are"
              + " open%n",
          CONNECTIONS,
          CONNECTIONS / seconds,
          before,
          after,
          (with.residentBytes() - after.residentBytes()) / 1024 / (2L * open.size()),
          2 * open.size());
      assertEquals(before.threads(), after.threads());
      assertEquals(before.files(), after.files());
      // Both ends of a connection are here. Not released, they would cost 130 kB.
      assertTrue(growth(before.residentBytes(), after.residentBytes()) < 30_000);
      assertTrue(growth(before.heapBytes(), after.heapBytes()) < 10_000);
    }
    await().until(() -> Footprint.now().threads() <= begin.threads());
    System.out.println(begin + " at the beginning, " + Footprint.now() + " in the end");
  }

  /** Bytes per connection, beyond the unrest of a process. */
  private static long growth(long before, long after) {
    return (after - before - 8_000_000) / CONNECTIONS;
  }

  private static void cycle(RtcHost ours, RtcHost theirs, int count) {
    for (int i = 0; i < count; i += AT_ONCE) {
      List<TestPeer.Pair> pairs = HazardTest.connect(ours, theirs, AT_ONCE);
      for (TestPeer.Pair pair : pairs) {
        pair.offerer().write(100_000);
        await().until(() -> pair.answerer().received.get() == 100_000);
        pair.offerer().close();
      }
      for (TestPeer.Pair pair : pairs) {
        RtcHost.get(pair.offerer().closed);
        RtcHost.get(pair.answerer().closed);
      }
    }
  }
}
