package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.util.List;
import org.webtorrent4j.tracker.server.TrackerServer;

/** How long a reader of a magnet link waits, with a local tracker and over TCP. */
final class StreamContest {
  private static final int STREAMS = 10;

  private final Workshop shop;
  private final long mib;

  StreamContest(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
  }

  List<Contest> all() {
    return List.of(
        new Contest(
            "stream: from a magnet link to the first byte, the tenth time",
            List.of(Contender.of("webtorrent4j", () -> run("RESULT")))),
        new Contest(
            "stream: from a seek to its byte, the tenth time",
            List.of(Contender.of("webtorrent4j", () -> run("SEEK")))));
  }

  private Sample run(String word) throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed =
            Program.java(
                Node.class,
                "seed",
                "tcp",
                shop.content(mib).toString(),
                shop.torrent(mib).toString(),
                tracker.announceUrl())) {
      String magnet = seed.expect("READY").split(" ", 2)[1];
      try (Program reader =
          Program.java(
              Node.class,
              "stream",
              "tcp",
              magnet,
              shop.newFolder().toString(),
              Integer.toString(STREAMS))) {
        double last = 0;
        for (int i = 0; i < STREAMS; i++) {
          last = Double.parseDouble(reader.expect(word));
        }
        return Sample.time(last);
      }
    }
  }
}
