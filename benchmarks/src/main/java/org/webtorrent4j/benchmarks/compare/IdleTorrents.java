package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoBuilder;

/** Many torrents that are seeded and that nobody wants: what they cost. */
final class IdleTorrents {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int FILE_LENGTH = 20_000;
  private static final int IDLE_SECONDS = 5;

  private final Workshop shop;
  private final int count;

  IdleTorrents(Workshop shop, int count) {
    this.shop = shop;
    this.count = count;
  }

  Contest contest() {
    return new Contest(
        "idle: adding " + count + " torrents of one small file each, until all are seeded",
        List.of(Contender.of("webtorrent4j", this::run)));
  }

  private Sample run() throws IOException, InterruptedException {
    List<Metainfo> torrents = make();
    try (Client client =
        Client.create(
            ClientOptions.builder()
                .bindAddresses(InetAddress.getLoopbackAddress())
                .trackers(List.of())
                .build())) {
      long heapBefore = heap();
      AddOptions options = AddOptions.builder().directory(folder()).build();
      long begin = System.nanoTime();
      List<Torrent> added = new ArrayList<>();
      torrents.forEach(metainfo -> added.add(client.add(metainfo, options)));
      for (Torrent torrent : added) {
        torrent.awaitComplete(LIMIT);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      long heap = heap() - heapBefore;
      double cpu = cpu();
      Thread.sleep(Duration.ofSeconds(IDLE_SECONDS).toMillis());
      System.err.printf(
          Locale.ROOT,
          "  %d bytes of heap a torrent besides its description, %.2f %% of a core when idle%n",
          heap / count,
          (cpu() - cpu) / IDLE_SECONDS * 100);
      return Sample.time(seconds);
    } catch (TimeoutException e) {
      throw new IOException(e);
    }
  }

  private Path folder() throws IOException {
    return Files.createDirectories(shop.folder().resolve("idle"));
  }

  private List<Metainfo> make() throws IOException {
    List<Metainfo> torrents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = folder().resolve("file-" + i);
      if (!Files.exists(file)) {
        byte[] bytes = new byte[FILE_LENGTH];
        bytes[0] = (byte) i;
        bytes[1] = (byte) (i >> 8);
        Files.write(file, bytes);
      }
      torrents.add(MetainfoBuilder.of(file).trackers(List.of()).build());
    }
    return torrents;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }
}
