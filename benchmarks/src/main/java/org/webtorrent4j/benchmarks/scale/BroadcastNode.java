package org.webtorrent4j.benchmarks.scale;

import java.util.concurrent.TimeoutException;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;

/**
 * Downloads small pieces from one seed while other peers only listen: each is told of every piece.
 *
 * <pre>LISTENERS</pre>
 */
public final class BroadcastNode {
  private static final int WARM_UP_PIECES = 4096;
  private static final int PIECES = 8192; // 128 MiB

  private BroadcastNode() {}

  /** Measures. */
  public static void main(String[] args) throws Exception {
    int listeners = Integer.parseInt(args[0]);
    try (Client client = Nodes.client(listeners + 1)) {
      Torrent warmUp = add(client, new Zeros("warm-up", WARM_UP_PIECES));
      Load.beside(client, warmUp, 0, 1, () -> warmUp.awaitComplete(Nodes.LIMIT));
      Torrent torrent = add(client, new Zeros("broadcast", PIECES));
      Load.Work download = () -> tellDownload(torrent);
      Load.beside(
          client, torrent, listeners, 0, () -> Load.beside(client, torrent, 0, 1, download));
    }
  }

  private static Torrent add(Client client, Zeros zeros) {
    AddOptions options = AddOptions.builder().storage(Zeros.storage(false)).build();
    return client.add(zeros.metainfo(), options);
  }

  private static void tellDownload(Torrent torrent) throws InterruptedException, TimeoutException {
    while (torrent.stats().downloaded() == 0) {
      Thread.sleep(1);
    }
    double cpu = Gauge.cpuSeconds();
    long begin = System.nanoTime();
    long rest = torrent.stats().totalLength() - torrent.stats().downloaded();
    torrent.awaitComplete(Nodes.LIMIT);
    double seconds = (System.nanoTime() - begin) / 1e9;
    Gauge.tell("speed", "MB/s", rest / seconds / 1e6);
    Gauge.tell("CPU of the transfer", "s", Gauge.cpuSeconds() - cpu);
  }
}
