package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.benchmarks.compare.measure.Contender;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Sample;
import org.webtorrent4j.metainfo.MetainfoBuilder;

/** Making a torrent of a file that is in the page cache. */
public final class HashContest {
  private final Workshop shop;
  private final long mib;

  /** A contest that hashes so much. */
  public HashContest(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
  }

  /** The contest. */
  public Contest contest() {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender("webtorrent4j", this::ours));
    if (shop.has(Rival.MKTORRENT)) {
      contenders.add(new Contender("mktorrent, 2 threads", this::mktorrent));
    }
    return new Contest(
        "hash: a torrent of " + mib + " MiB, pieces of 1 MiB", Figure.SPEED, contenders);
  }

  private Sample ours() throws IOException {
    Path file = shop.content(mib);
    long begin = System.nanoTime();
    MetainfoBuilder.of(file).pieceLength(Workshop.PIECE_LENGTH).build();
    return Sample.speed((System.nanoTime() - begin) / 1e9, mib << 20);
  }

  private Sample mktorrent() throws IOException, InterruptedException {
    Path file = shop.content(mib);
    Path torrent = shop.newFolder().resolve("mktorrent.torrent");
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Rival.MKTORRENT.path(),
                "-t",
                "2",
                "-l",
                "20",
                "-o",
                torrent.toString(),
                file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("mktorrent failed");
    }
    return Sample.speed((System.nanoTime() - begin) / 1e9, mib << 20);
  }
}
