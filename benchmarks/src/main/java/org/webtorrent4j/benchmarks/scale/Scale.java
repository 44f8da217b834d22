package org.webtorrent4j.benchmarks.scale;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.webtorrent4j.tracker.server.TrackerOptions;
import org.webtorrent4j.tracker.server.TrackerServer;

/**
 * Measures how what a client costs grows with what it has to do. Every point is measured in a JVM
 * of its own, with the default options but for trackers, addresses and limits of connections.
 *
 * <pre>
 * --quick      small amounts, once each, in less than a minute
 * --runs N     how often each point is measured; 3 by default
 * --only NAME  one curve: torrents, torrents-http, torrents-udp, peers, broadcast or pieces
 * --out FILE   writes a table: curve, x, figure, unit, value (a median), n; curves that it has
 *              and that are not measured now stay in it
 * </pre>
 */
public final class Scale {
  private static final String NO_TRACKER = "none";

  private final Table table = new Table();
  private final boolean isQuick;
  private final String seconds; // of looking at what is idle
  private final int runs;
  private final String only;

  private Scale(boolean isQuick, int runs, String only) {
    this.isQuick = isQuick;
    this.seconds = isQuick ? "1" : "4";
    this.runs = runs;
    this.only = only;
  }

  /** Measures the curves. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean isQuick = Arrays.asList(args).contains("--quick");
    int runs = Integer.parseInt(option(args, "--runs", isQuick ? "1" : "3"));
    Scale scale = new Scale(isQuick, runs, option(args, "--only", ""));
    if (scale.only.isEmpty() || scale.only.startsWith("torrents")) {
      scale.torrents(); // writes many files first
    }
    scale.peers();
    scale.pieces();
    String out = option(args, "--out", "");
    if (!out.isEmpty()) {
      scale.table.write(Path.of(out));
    }
  }

  private void torrents() throws IOException, InterruptedException {
    List<Integer> amounts = isQuick ? List.of(1, 1000) : List.of(1, 10, 100, 1000, 10_000);
    List<Integer> announced = isQuick ? List.of(1000) : List.of(100, 1000, 10_000);
    Path folder = Files.createTempDirectory("webtorrent4j-scale");
    try (SmallFiles files = new SmallFiles(folder, amounts.get(amounts.size() - 1));
        TrackerServer tracker =
            TrackerServer.start(
                TrackerOptions.builder().bindAddress(InetAddress.getLoopbackAddress()).build())) {
      String place = files.folder().toString();
      String http = tracker.announceUrl();
      String udp = tracker.udpUrl().orElseThrow();
      measure(new Curve("torrents", TorrentsNode.class, amounts, runs), seconds, place, NO_TRACKER);
      measure(new Curve("torrents-http", TorrentsNode.class, announced, 1), seconds, place, http);
      measure(new Curve("torrents-udp", TorrentsNode.class, announced, 1), seconds, place, udp);
    }
  }

  private void peers() throws IOException, InterruptedException {
    List<Integer> amounts = isQuick ? List.of(10, 500) : List.of(10, 100, 1000, 2000);
    measure(new Curve("peers", PeersNode.class, amounts, runs), seconds);
    List<Integer> listeners = isQuick ? List.of(1, 500) : List.of(1, 10, 100, 1000, 2000);
    measure(new Curve("broadcast", BroadcastNode.class, listeners, runs));
  }

  private void pieces() throws IOException, InterruptedException {
    List<Integer> amounts =
        isQuick ? List.of(1000, 100_000) : List.of(1000, 10_000, 100_000, 1_000_000);
    measure(new Curve("pieces", PiecesNode.class, amounts, runs));
  }

  private void measure(Curve curve, String... args) throws IOException, InterruptedException {
    if (only.isEmpty() || only.equals(curve.name())) {
      curve.measure(table, args);
    }
  }

  private static String option(String[] args, String name, String otherwise) {
    for (int i = 0; i < args.length - 1; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return otherwise;
  }
}
