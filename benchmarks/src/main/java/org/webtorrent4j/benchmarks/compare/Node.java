package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.webrtc.WebRtcOptions;
import org.webtorrent4j.webrtc.WebRtcTransport;

/**
 * One end over WebRTC, in a process of its own, with the default options but for STUN.
 *
 * <pre>
 * seed FILE TORRENT TRACKER   writes the torrent file, says READY magnet, serves until its input ends
 * leech TORRENT DIRECTORY     says RESULT seconds, since the first peer; then CPU seconds
 * wire MAGNET DIRECTORY N     adds and removes N times, says RESULT seconds until the first peer, for each
 * </pre>
 */
final class Node {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Node() {}

  public static void main(String[] args) throws Exception {
    ClientOptions options =
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .transports(
                List.of(new WebRtcTransport(WebRtcOptions.builder().iceServers(List.of()).build())))
            .build();
    try (Client client = Client.create(options)) {
      switch (args[0]) {
        case "seed" -> seed(client, Path.of(args[1]), Path.of(args[2]), args[3]);
        case "leech" -> leech(client, Path.of(args[1]), Path.of(args[2]));
        case "wire" -> wire(client, args[1], Path.of(args[2]), Integer.parseInt(args[3]));
        default -> throw new IllegalArgumentException(args[0]);
      }
      while (System.in.read() >= 0) {
        // until the benchmark has seen enough
      }
    }
  }

  private static void seed(Client client, Path file, Path torrentFile, String tracker)
      throws IOException {
    SeedOptions options =
        SeedOptions.builder().trackers(List.of(tracker)).pieceLength(1 << 20).build();
    Torrent torrent = client.seed(file, options);
    torrent.metainfo().orElseThrow().write(torrentFile);
    System.out.println("READY " + torrent.magnet());
  }

  private static void leech(Client client, Path torrentFile, Path directory)
      throws InterruptedException, TimeoutException, ExecutionException {
    Torrent torrent = client.add(torrentFile, AddOptions.builder().directory(directory).build());
    long connected = firstPeer(torrent).get();
    torrent.awaitComplete(LIMIT);
    System.out.printf("RESULT %.3f%n", (System.nanoTime() - connected) / 1e9);
  }

  private static void wire(Client client, String magnet, Path directory, int count)
      throws InterruptedException, TimeoutException, ExecutionException {
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      Torrent torrent = client.add(magnet, AddOptions.builder().directory(directory).build());
      long connected = firstPeer(torrent).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      System.out.printf("RESULT %.3f%n", (connected - begin) / 1e9);
      torrent.removeWithData().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      Thread.sleep(500); // the other end notices, and offers are gathered anew
    }
  }

  private static CompletableFuture<Long> firstPeer(Torrent torrent) {
    CompletableFuture<Long> connected = new CompletableFuture<>();
    torrent.addListener(
        event -> {
          if (event instanceof TorrentEvent.PeerConnected) {
            connected.complete(System.nanoTime());
          }
        });
    if (!torrent.peers().isEmpty()) {
      connected.complete(System.nanoTime());
    }
    return connected;
  }
}
