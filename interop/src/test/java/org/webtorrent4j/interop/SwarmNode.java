package org.webtorrent4j.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import org.webtorrent4j.Client;
import org.webtorrent4j.PeerStats;
import org.webtorrent4j.Torrent;

/**
 * A client in a JVM of its own: downloads, tells over which transports, and serves until it is
 * ended.
 */
final class SwarmNode {
  private SwarmNode() {}

  /** Downloads the torrent of the first argument into the folder that is the second. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    try (Client client = new Swarm(directory).webRtcClient(directory)) {
      Torrent torrent = client.add(Path.of(args[0]));
      TreeSet<String> transports = new TreeSet<>();
      while (!torrent.completion().isDone()) {
        torrent.peers().stream().map(PeerStats::transport).forEach(transports::add);
        Thread.sleep(Duration.ofMillis(20).toMillis());
      }
      System.out.println("COMPLETE " + String.join(" ", transports));
      while (System.in.read() >= 0) {
        // until the test ends
      }
    }
  }
}
