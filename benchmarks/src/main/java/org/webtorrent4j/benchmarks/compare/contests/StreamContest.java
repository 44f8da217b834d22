package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.benchmarks.compare.measure.Contender;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Program;
import org.webtorrent4j.benchmarks.compare.measure.Sample;
import org.webtorrent4j.benchmarks.compare.program.Node;
import org.webtorrent4j.tracker.server.TrackerServer;

/**
 * How long a reader of a magnet link waits, with a local tracker and over TCP, at the beginning and
 * when it jumps about; and how much came twice because it did, once all is there.
 */
public final class StreamContest {
  private static final int STREAMS = 5;

  private final Workshop shop;
  private final Clients clients;

  /** A contest with a file of so many MiB. */
  public StreamContest(Workshop shop, long mib) {
    this.shop = shop;
    this.clients = new Clients(shop, mib);
  }

  /** The contest. */
  public Contest contest() {
    return new Contest(
        "stream: from a magnet link to the first byte, then seeks, the fifth time in a JVM",
        Figure.TIME,
        List.of(
            new Contender("webtorrent4j, one seed", () -> run(1)),
            new Contender("webtorrent4j, 4 seeds", () -> run(4))));
  }

  private Sample run(int seedCount) throws IOException {
    List<Program> seeds = new ArrayList<>();
    try (TrackerServer tracker = TrackerServer.start(0)) {
      String magnet = "";
      for (int i = 0; i < seedCount; i++) {
        seeds.add(clients.smallSeed(Program.HEAP, tracker.announceUrl()));
        magnet = seeds.get(i).expect("READY").split(" ", 2)[1];
      }
      return read(magnet);
    } finally {
      for (Program seed : seeds) {
        seed.close();
      }
    }
  }

  private Sample read(String magnet) throws IOException {
    try (Program reader =
        Program.java(
            Node.class,
            "stream",
            "tcp",
            magnet,
            shop.newFolder().toString(),
            Integer.toString(STREAMS))) {
      double first = 0;
      double seek = 0;
      double wasted = 0;
      for (int i = 0; i < STREAMS; i++) {
        first = Double.parseDouble(reader.expect("RESULT"));
        seek = Double.parseDouble(reader.expect("SEEK"));
        wasted = Double.parseDouble(reader.expect("WASTED"));
      }
      return Sample.time(first).with(Figure.SEEK, seek * 1000).with(Figure.WASTED, wasted * 100);
    }
  }
}
