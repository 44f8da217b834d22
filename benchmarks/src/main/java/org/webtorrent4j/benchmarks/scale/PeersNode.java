package org.webtorrent4j.benchmarks.scale;

import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;

/**
 * Seeds a torrent to peers that want nothing and tells what they cost.
 *
 * <pre>COUNT SECONDS   how long to look at it when idle</pre>
 */
public final class PeersNode {
  private static final int PIECES = 4096;

  private PeersNode() {}

  /** Measures. */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    int seconds = Integer.parseInt(args[1]);
    Zeros zeros = new Zeros("peers", PIECES);
    AddOptions options = AddOptions.builder().storage(Zeros.storage(true)).build();
    try (Client client = Nodes.client(count)) {
      Torrent torrent = client.add(zeros.metainfo(), options);
      torrent.awaitComplete(Nodes.LIMIT);
      Load.beside(client, torrent, 1, 0, () -> Nodes.awaitPeers(torrent, 1)); // what is made once
      Nodes.awaitPeers(torrent, 0);
      long heapBefore = Gauge.heap();
      Load.beside(
          client, torrent, count, 0, () -> tell(client, torrent, count, heapBefore, seconds));
    }
  }

  private static void tell(Client client, Torrent torrent, int count, long heapBefore, int seconds)
      throws InterruptedException {
    Nodes.awaitPeers(torrent, count);
    Gauge.tell("heap per peer", "KiB", (Gauge.heap() - heapBefore) / 1024.0 / count);
    Gauge.tellIdle("CPU idle", seconds);
    Gauge.tellLatency("stats()", seconds, torrent::stats);
    long begin = System.nanoTime();
    client.close();
    Gauge.tell("close()", "ms", (System.nanoTime() - begin) / 1e6);
  }
}
