package org.webtorrent4j.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.tracker.TrackerStatus;

/**
 * Seeds small torrents that nobody wants and tells what they cost.
 *
 * <pre>
 * COUNT SECONDS FOLDER TRACKER   how long to look at it when idle; the tracker's URL, or "none"
 * </pre>
 */
public final class TorrentsNode {
  private static final int WARM_UP_PIECES = 1000;

  private TorrentsNode() {}

  /** Measures. */
  public static void main(String[] args)
      throws IOException, InterruptedException, TimeoutException {
    int count = Integer.parseInt(args[0]);
    int seconds = Integer.parseInt(args[1]);
    Path folder = Path.of(args[2]);
    List<String> trackers = args[3].equals("none") ? List.of() : List.of(args[3]);
    List<Metainfo> described = SmallFiles.describe(folder, count);
    AddOptions options = AddOptions.builder().directory(folder).trackers(trackers).build();
    Client client = Nodes.client(0);
    warmUp(client);
    long heapBefore = Gauge.heap();
    double cpuBefore = Gauge.cpuSeconds();
    long begin = System.nanoTime();
    List<Torrent> torrents = new ArrayList<>();
    described.forEach(metainfo -> torrents.add(client.add(metainfo, options)));
    for (Torrent torrent : torrents) {
      torrent.awaitComplete(Nodes.LIMIT);
    }
    Gauge.tell("adding all", "ms", millisSince(begin));
    if (!trackers.isEmpty()) {
      awaitAnnounced(torrents);
      Gauge.tell("adding and announcing all", "ms", millisSince(begin));
      Gauge.tell("CPU until all are announced", "s", Gauge.cpuSeconds() - cpuBefore);
    }
    Gauge.tellIdle("CPU just after", seconds);
    Gauge.tell("heap per torrent", "KiB", (Gauge.heap() - heapBefore) / 1024.0 / count);
    Gauge.tellIdle("CPU idle", seconds);
    Torrent last = torrents.get(count - 1);
    Gauge.tellLatency("stats()", seconds, last::stats);
    begin = System.nanoTime();
    client.close();
    Gauge.tell("close()", "ms", millisSince(begin));
  }

  /** What is made once, however many torrents there are. */
  private static void warmUp(Client client) throws InterruptedException, TimeoutException {
    AddOptions options = AddOptions.builder().storage(Zeros.storage(true)).build();
    Torrent torrent = client.add(new Zeros("warm-up", WARM_UP_PIECES).metainfo(), options);
    torrent.awaitComplete(Nodes.LIMIT);
    torrent.stats();
    torrent.remove().join();
  }

  private static void awaitAnnounced(List<Torrent> torrents) throws InterruptedException {
    for (Torrent torrent : torrents) {
      while (torrent.trackers().get(0).state() != TrackerStatus.State.WORKING) {
        Thread.sleep(5);
      }
    }
  }

  private static double millisSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e6;
  }
}
