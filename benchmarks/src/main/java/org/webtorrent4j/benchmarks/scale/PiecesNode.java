package org.webtorrent4j.benchmarks.scale;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.TorrentState;
import org.webtorrent4j.metainfo.Metainfo;

/**
 * Adds a torrent of many pieces of 16 KiB, downloads some of them, and tells what that costs.
 *
 * <pre>PIECES</pre>
 */
public final class PiecesNode {
  private static final int SOME = 8192; // 128 MiB
  private static final long POLL_NANOS = 100_000;

  private PiecesNode() {}

  /** Measures. */
  public static void main(String[] args) throws Exception {
    int pieces = Integer.parseInt(args[0]);
    AddOptions options = AddOptions.builder().storage(Zeros.storage(false)).build();
    try (Client client = Nodes.client(0)) {
      Torrent warm = client.add(new Zeros("warm-up", SOME).metainfo(), options);
      Load.beside(client, warm, 0, 1, () -> warm.awaitComplete(Nodes.LIMIT));
      Asker adding = new Asker(warm::trackers);
      long heapBefore = Gauge.heap();
      Metainfo described = new Zeros("pieces", pieces).metainfo();
      double inDescription = (Gauge.heap() - heapBefore) / (double) pieces;
      adding.start();
      long begin = System.nanoTime();
      Torrent torrent = client.add(described, options);
      while (torrent.state() != TorrentState.DOWNLOADING) {
        LockSupport.parkNanos(POLL_NANOS);
      }
      Gauge.tell("adding", "ms", (System.nanoTime() - begin) / 1e6);
      Gauge.tellLatency("loop while adding", adding.stop());
      double inAll = (Gauge.heap() - heapBefore) / (double) pieces;
      Gauge.tell("heap per piece", "B", inAll - inDescription);
      Gauge.tell("description per piece", "B", inDescription);
      CountDownLatch first = new CountDownLatch(1);
      CountDownLatch some = new CountDownLatch(Math.min(pieces, SOME));
      torrent.addListener(
          event -> {
            if (event instanceof TorrentEvent.PieceVerified) {
              first.countDown();
              some.countDown();
            }
          });
      Load.beside(client, torrent, 0, 1, () -> tellDownload(warm, first, some));
    }
  }

  private static void tellDownload(Torrent other, CountDownLatch first, CountDownLatch some)
      throws InterruptedException {
    first.await();
    Asker asker = new Asker(other::trackers);
    asker.start();
    double cpu = Gauge.cpuSeconds();
    long begin = System.nanoTime();
    long count = some.getCount();
    if (!some.await(Nodes.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the download does not go on");
    }
    Gauge.tell("time per piece", "µs", (System.nanoTime() - begin) / 1e3 / count);
    Gauge.tell("CPU per piece", "µs", (Gauge.cpuSeconds() - cpu) * 1e6 / count);
    Gauge.tellLatency("loop while downloading", asker.stop());
  }
}
