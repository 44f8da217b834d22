package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.util.List;
import org.webtorrent4j.benchmarks.compare.measure.Contender;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Program;
import org.webtorrent4j.benchmarks.compare.measure.Sample;
import org.webtorrent4j.benchmarks.compare.program.Node;
import org.webtorrent4j.tracker.server.TrackerServer;

/** How long a reader of a magnet link waits, with a local tracker and over TCP. */
public final class StreamContest {
  private static final int STREAMS = 10;

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
        "stream: from a magnet link to the first byte, and from a seek to its byte; the tenth time",
        Figure.TIME,
        List.of(new Contender("webtorrent4j", this::run)));
  }

  private Sample run() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = clients.seed("tcp", tracker.announceUrl())) {
      String magnet = seed.expect("READY").split(" ", 2)[1];
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
        for (int i = 0; i < STREAMS; i++) {
          first = Double.parseDouble(reader.expect("RESULT"));
          seek = Double.parseDouble(reader.expect("SEEK"));
        }
        return Sample.time(first).with(Figure.SEEK, seek * 1000);
      }
    }
  }
}
