package org.webtorrent4j.benchmarks.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;

/**
 * One end of a measured transfer, in a process of its own, with the default options but for
 * trackers and the address.
 *
 * <pre>
 * seed FILE TORRENT        writes the torrent file, prints READY port, serves until its input closes
 * leech TORRENT DIR PORT   downloads from the loopback address and prints RESULT seconds
 * </pre>
 *
 * Both end with {@code USE cpu-seconds peak-rss-MiB}.
 */
public final class TransferNode {
  private TransferNode() {}

  /** Runs one end. */
  public static void main(String[] args)
      throws IOException, InterruptedException, TimeoutException {
    ClientOptions options =
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .build();
    try (Client client = Client.create(options)) {
      if (args[0].equals("seed")) {
        seed(client, Path.of(args[1]), Path.of(args[2]));
      } else {
        leech(client, Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]));
      }
    }
    System.out.printf("USE %.2f %d%n", Usage.ownCpuSeconds(), Usage.peakRssMiB("self"));
  }

  private static void seed(Client client, Path file, Path torrentFile) throws IOException {
    Torrent torrent = client.seed(file, SeedOptions.builder().pieceLength(1 << 20).build());
    torrent.metainfo().orElseThrow().write(torrentFile);
    double before = Usage.ownCpuSeconds(); // hashing is not a part of the transfer
    System.out.println("READY " + client.port() + " " + before);
    while (System.in.read() >= 0) {
      // until the benchmark closes it
    }
  }

  private static void leech(Client client, Path torrentFile, Path directory, int port)
      throws InterruptedException, TimeoutException {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    long begin = System.nanoTime();
    Torrent torrent =
        client.add(
            torrentFile, AddOptions.builder().directory(directory).peers(List.of(peer)).build());
    torrent.awaitComplete(Duration.ofMinutes(10));
    System.out.printf("RESULT %.3f%n", (System.nanoTime() - begin) / 1e9);
  }
}
