package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that come and go leave nothing behind. */
@Timeout(900)
class ChurnTest {
  /** In a round; 500 for the whole proof. */
  private static final int CONNECTIONS = Integer.getInteger("webrtc.connections", 80);

  private static final int AT_ONCE = 10;

  /**
   * Memory that is lost is lost in each of them; what else a process takes for itself now and then
   * is not.
   */
  private static final int ROUNDS = 3;

  /** Bytes; both ends of a connection are here. Not released, they would be 130,000. */
  private static final long MAX_PER_CONNECTION = 30_000;

  /** Not released, it would be 57,000. */
  private static final long MAX_PER_OFFER = 15_000;

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
        connect(ours, theirs, 30);
        offer(ours, 30);
        Footprint before = Footprint.now();
        long perConnection = leastGrowth(() -> connect(ours, theirs, CONNECTIONS));
        long perOffer = leastGrowth(() -> offer(ours, CONNECTIONS));
        Footprint after = Footprint.now();
        ChildJvm.say(
            "%d bytes for each connection, %d for each offer%n".formatted(perConnection, perOffer)
                + "  %s at the beginning%n  %s before%n  %s after".formatted(begin, before, after));
        assertTrue(perConnection < MAX_PER_CONNECTION);
        assertTrue(perOffer < MAX_PER_OFFER);
        assertTrue(after.heapBytes() - before.heapBytes() < 10_000L * ROUNDS * CONNECTIONS);
        assertEquals(before.threads(), after.threads());
        // Sockets end a little later than their connections, at both moments.
        await().until(() -> Footprint.now().files() <= before.files());
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

  /** Bytes of resident memory that each of a round has left, in the round that left least. */
  private static long leastGrowth(Runnable round) throws IOException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = Footprint.now().residentBytes();
      round.run();
      least = Math.min(least, Footprint.now().residentBytes() - before);
    }
    return least / CONNECTIONS;
  }

  /** Offers that nobody answers. */
  private static void offer(RtcHost ours, int count) {
    for (int i = 0; i < count; i += AT_ONCE) {
      List<TestPeer> offers = new ArrayList<>();
      for (int j = 0; j < AT_ONCE; j++) {
        offers.add(ours.offer());
      }
      for (TestPeer offer : offers) {
        RtcHost.get(offer.description);
        offer.close();
        RtcHost.get(offer.closed);
      }
    }
  }

  private static void connect(RtcHost ours, RtcHost theirs, int count) {
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
