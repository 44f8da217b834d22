package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.metainfo.MetainfoBuilder;

/** Making a torrent of a file that is in the page cache. */
final class HashContest {
  private final Workshop shop;
  private final long mib;

  HashContest(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
  }

  Contest contest() {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(Contender.of("webtorrent4j", this::ours));
    if (Path.of("/usr/bin/mktorrent").toFile().exists()) {
      contenders.add(Contender.of("mktorrent, 2 threads", this::mktorrent));
    }
    return new Contest("hash: a torrent of " + mib + " MiB, pieces of 1 MiB", contenders);
  }

  private Sample ours() throws IOException {
    Path file = shop.content(mib);
    long begin = System.nanoTime();
    MetainfoBuilder.of(file).pieceLength(1 << 20).build();
    return new Sample((System.nanoTime() - begin) / 1e9, mib << 20, 0);
  }

  private Sample mktorrent() throws IOException, InterruptedException {
    Path file = shop.content(mib);
    Path torrent = shop.newFolder().resolve("mktorrent.torrent");
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
                "mktorrent", "-t", "2", "-l", "20", "-o", torrent.toString(), file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("mktorrent failed");
    }
    return new Sample((System.nanoTime() - begin) / 1e9, mib << 20, 0);
  }
}
