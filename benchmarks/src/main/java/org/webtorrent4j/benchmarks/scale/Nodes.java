package org.webtorrent4j.benchmarks.scale;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.Torrent;

/** What the measured programs have in common. */
final class Nodes {
  /** What takes longer has failed. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private static final int SPARE = 10;

  private Nodes() {}

  /** A client on the loopback address, without trackers, with room for so many peers. */
  static Client client(int peers) {
    ClientOptions.Builder options =
        ClientOptions.builder().bindAddresses(InetAddress.getLoopbackAddress()).trackers(List.of());
    if (peers > 0) {
      options.maxConnections(peers + SPARE).maxConnectionsPerTorrent(peers + SPARE);
    }
    return Client.create(options.build());
  }

  /** Waits until a torrent has this number of peers. */
  static void awaitPeers(Torrent torrent, int count) throws InterruptedException {
    while (torrent.stats().peers() != count) {
      Thread.sleep(5);
    }
  }
}
