package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    /** Ours and libwebrtc's, by the names that the kernel knows; not those of the JVM. */
    private static int threadCount() throws IOException {
      int count = 0;
      Path threads = Path.of("/proc/self/task");
      if (Files.exists(threads)) {
        try (var entries = Files.newDirectoryStream(threads)) {
          for (Path thread : entries) {
            if (isOurs(thread.resolve("comm"))) {
              count++;
            }
          }
        }
      }
      return count;
    }

    private static boolean isOurs(Path name) {
      try {
        return Files.readString(name).matches("(?s)(wt-|webrtc|rtc|AudioDevice).*");
      } catch (IOException e) {
        return false; // it has just ended
      }
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

  /** Comes and goes, and says what it cost. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
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
        ChildJvm.say(
            "%d connections, %.0f a second%n  %s at the beginning%n  %s before%n  %s after%n"
                    .formatted(CONNECTIONS, CONNECTIONS / seconds, begin, before, after)
                + "  %d kB for each of %d open ends"
                    .formatted(
                        (with.residentBytes() - after.residentBytes()) / 2048 / open.size(),
                        2 * open.size()));
        // Both ends of a connection are here. Not released, they would cost 130 kB.
        assertTrue(growth(before.residentBytes(), after.residentBytes()) < 30_000);
        assertTrue(growth(before.heapBytes(), after.heapBytes()) < 10_000);
        assertEquals(before.threads(), after.threads());
        assertEquals(before.files(), after.files());
      }
      await().until(() -> Footprint.now().threads() == 0);
      ChildJvm.say("  " + Footprint.now() + " in the end");
    }
  }

  @Test
  void connectionsThatAreClosedLeaveNothing() {
    RtcHost.assumeNetwork();
    // A heap whose memory is the process's from the beginning does not show in its growth.
    List<String> options =
        List.of(
            "-Xms64m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:+AlwaysPreTouch",
            "-Dwebrtc.connections=" + CONNECTIONS);
    try (ChildJvm child = ChildJvm.start(options, Program.class)) {
      System.out.println(child.listen());
      System.out.println(child.listen());
      assertEquals(0, child.exitCode());
    }
  }

  /** Bytes per connection, beyond the unrest of a process. */
  private static long growth(long before, long after) {
    return (after - before - 8_000_000) / CONNECTIONS;
  }

  private static void cycle(RtcHost ours, RtcHost theirs, int count) {
    for (int i = 0; i < count; i += AT_ONCE) {
      List<TestPeer.Pair> pairs = HazardTest.connect(ours, theirs, AT_ONCE);
      for (TestPeer.Pair pair : pairs) {
        CompletableFuture<Boolean> arrived = new CompletableFuture<>();
        long[] received = new long[1];
        pair.answerer().onBytes =
            bytes -> {
              received[0] += bytes.remaining();
              if (received[0] == 100_000) {
                arrived.complete(true);
              }
            };
        pair.offerer().write(100_000);
        RtcHost.get(arrived);
        pair.offerer().close();
      }
      for (TestPeer.Pair pair : pairs) {
        RtcHost.get(pair.offerer().closed);
        RtcHost.get(pair.answerer().closed);
      }
    }
  }
}
