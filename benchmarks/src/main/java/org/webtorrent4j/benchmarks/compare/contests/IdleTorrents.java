package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.benchmarks.compare.measure.Contender;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Sample;
import org.webtorrent4j.benchmarks.compare.program.Standby;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoBuilder;

/**
 * Many torrents that are seeded and that nobody wants: what they cost, their descriptions not
 * counted.
 */
public final class IdleTorrents {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int FILE_LENGTH = 20_000;
  private static final int IDLE_SECONDS = 5;

  private final Workshop shop;
  private final int count;

  /** A contest with so many torrents. */
  public IdleTorrents(Workshop shop, int count) {
    this.shop = shop;
    this.count = count;
  }

  /** The contest. */
  public Contest contest() {
    return new Contest(
        "idle: adding " + count + " torrents of one small file each, until all are seeded",
        Figure.TIME,
        List.of(new Contender("webtorrent4j", this::run)));
  }

  private Sample run() throws IOException, InterruptedException {
    List<Metainfo> torrents = make();
    try (Client client =
        Client.create(
            ClientOptions.builder()
                .bindAddresses(InetAddress.getLoopbackAddress())
                .trackers(List.of())
                .build())) {
      long heapBefore = Standby.heap();
      AddOptions options = AddOptions.builder().directory(folder()).build();
      long begin = System.nanoTime();
      List<Torrent> added = new ArrayList<>();
      torrents.forEach(metainfo -> added.add(client.add(metainfo, options)));
      for (Torrent torrent : added) {
        torrent.awaitComplete(LIMIT);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      double heap = Standby.heap() - heapBefore;
      double cpu = cpu();
      Thread.sleep(Duration.ofSeconds(IDLE_SECONDS).toMillis());
      return Sample.time(seconds)
          .with(Figure.HEAP_EACH, heap / count)
          .with(Figure.IDLE_CPU, (cpu() - cpu) / IDLE_SECONDS * 100);
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

  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }
}
