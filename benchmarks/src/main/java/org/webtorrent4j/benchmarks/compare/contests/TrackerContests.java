package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.benchmarks.compare.measure.Contender;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Program;
import org.webtorrent4j.benchmarks.compare.measure.Sample;
import org.webtorrent4j.benchmarks.compare.program.AnnounceLoad;
import org.webtorrent4j.benchmarks.compare.program.TrackerProgram;

/**
 * A tracker in a process of its own, and a load in another: peers, each with a WebSocket, that
 * announce again as soon as they are answered. Memory is what has grown when all are connected and
 * have announced once.
 */
public final class TrackerContests {
  private static final int PEERS_PER_TORRENT = 10;
  private static final int OFFERS = 5;

  private final Workshop shop;
  private final int sockets;
  private final int warmUpSeconds;
  private final int seconds;

  /** Contests that announce for so long with so many sockets. */
  public TrackerContests(Workshop shop, int sockets, int warmUpSeconds, int seconds) {
    this.shop = shop;
    this.sockets = sockets;
    this.warmUpSeconds = warmUpSeconds;
    this.seconds = seconds;
  }

  /** Without offers, and with as many offers as clients make. */
  public List<Contest> all() {
    return List.of(
        contest("tracker: announces over %,d WebSockets".formatted(sockets), 0),
        contest(
            "relay: the same with %d offers of 1 KB each, which are relayed".formatted(OFFERS),
            OFFERS));
  }

  private Contest contest(String name, int offers) {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        new Contender("webtorrent4j", () -> run(Program.java(TrackerProgram.class), offers)));
    if (shop.has(Rival.TRACKER)) {
      contenders.add(new Contender(Rival.TRACKER.label(), () -> run(bittorrentTracker(), offers)));
    }
    return new Contest(name, Figure.ANNOUNCES, contenders);
  }

  private Program bittorrentTracker() throws IOException {
    return Program.start(List.of("node", "--expose-gc", shop.peer("tracker.mjs"), "0", "--quiet"));
  }

  private Sample run(Program started, int offers) throws IOException {
    try (Program tracker = started) {
      String port = tracker.expect("READY");
      Memory before = Memory.of(tracker);
      try (Program load =
          Program.java(
              AnnounceLoad.class,
              port,
              Integer.toString(sockets),
              Integer.toString(PEERS_PER_TORRENT),
              Integer.toString(offers),
              Integer.toString(warmUpSeconds),
              Integer.toString(seconds))) {
        load.expect("CONNECTED");
        Memory after = Memory.of(tracker);
        load.tell("go");
        load.expect("BEGIN");
        double cpu = tracker.cpuSeconds();
        String[] result = load.expect("RESULT").split(" ", -1);
        double announces = Double.parseDouble(result[0]);
        double time = Double.parseDouble(result[2]);
        return Sample.of(Figure.ANNOUNCES, announces / time)
            .with(Figure.RELAYED, Double.parseDouble(result[1]) / time)
            .with(Figure.ANNOUNCE_CPU, (tracker.cpuSeconds() - cpu) / announces * 1e6)
            .with(Figure.HEAP_EACH, (double) (after.heap() - before.heap()) / sockets)
            .with(Figure.RSS_EACH, (double) (after.rss() - before.rss()) / sockets);
      }
    }
  }
}
