package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.benchmarks.compare.measure.Contender;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Program;
import org.webtorrent4j.benchmarks.compare.measure.Sample;
import org.webtorrent4j.benchmarks.compare.program.CrowdSeed;
import org.webtorrent4j.benchmarks.compare.program.SilentPeers;

/**
 * A seed to which many peers are connected that say nothing: what they cost it. Both seeds are
 * allowed more connections than they would take by default.
 */
public final class IdlePeers {
  private static final long MIB = 64;
  private static final int SETTLE_SECONDS = 2;

  private final Workshop shop;
  private final int count;
  private final int idleSeconds;

  /** A contest with so many peers, watched for so long. */
  public IdlePeers(Workshop shop, int count, int idleSeconds) {
    this.shop = shop;
    this.count = count;
    this.idleSeconds = idleSeconds;
  }

  /** The contest. */
  public Contest contest() {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new Contender("webtorrent4j", this::ours));
    if (shop.has(Rival.LIBTORRENT)) {
      contenders.add(new Contender(Rival.LIBTORRENT.label(), this::libtorrent));
    }
    return new Contest(
        "idlepeers: %,d connected TCP peers that say nothing".formatted(count),
        Figure.HEAP_EACH, // a JVM gives peers of the memory that it has already
        contenders);
  }

  private Sample ours() throws IOException, InterruptedException {
    try (Program seed =
        Program.java(CrowdSeed.class, shop.content(MIB).toString(), Integer.toString(2 * count))) {
      String port = seed.expect("READY");
      Memory before = Memory.of(seed);
      try (Program peers = connect(port)) {
        Memory after = Memory.of(seed);
        return watched(seed, peers)
            .with(Figure.RSS_EACH, (double) (after.rss() - before.rss()) / count)
            .with(Figure.HEAP_EACH, (double) (after.heap() - before.heap()) / count);
      }
    }
  }

  private Sample libtorrent() throws IOException, InterruptedException {
    Clients clients = new Clients(shop, MIB);
    shop.content(MIB);
    try (Program seed =
        clients.libtorrent("seed", shop.folder(), "--connections", Integer.toString(2 * count))) {
      String port = seed.expect("READY");
      long before = seed.rss();
      try (Program peers = connect(port)) {
        double growth = seed.rss() - before;
        return watched(seed, peers).with(Figure.RSS_EACH, growth / count);
      }
    }
  }

  private Program connect(String port) throws IOException, InterruptedException {
    Program peers =
        Program.java(
            SilentPeers.class, port, shop.torrent(MIB).toString(), Integer.toString(count));
    peers.expect("CONNECTED");
    Thread.sleep(SETTLE_SECONDS * 1000L);
    return peers;
  }

  private Sample watched(Program seed, Program peers) throws IOException, InterruptedException {
    double cpu = seed.cpuSeconds();
    Thread.sleep(idleSeconds * 1000L);
    double used = seed.cpuSeconds() - cpu;
    peers.tell("open");
    if (Integer.parseInt(peers.expect("OPEN")) < count) {
      throw new IOException("the seed has closed connections");
    }
    return Sample.of(Figure.IDLE_CPU, used / idleSeconds * 100);
  }
}
