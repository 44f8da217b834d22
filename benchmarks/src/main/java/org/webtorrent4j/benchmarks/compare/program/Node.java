package org.webtorrent4j.benchmarks.compare.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
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
import org.webtorrent4j.transport.Encryption;
import org.webtorrent4j.webrtc.WebRtcOptions;
import org.webtorrent4j.webrtc.WebRtcTransport;

/**
 * One end, in a process of its own, with the default options but for trackers, STUN and the
 * address.
 *
 * <pre>
 * seed TRANSPORT FILE TORRENT TRACKER       writes the torrent file, says READY port magnet
 * leech TRANSPORT TORRENT DIRECTORY PORT    says RESULT seconds since the first peer
 * join TRANSPORT TORRENT DIRECTORY          says READY port, reads a line of ports, is a leech of them
 * warm TRANSPORT TORRENT DIRECTORY PORT     a leech that says nothing and deletes all, then joins
 * wire TRANSPORT MAGNET DIRECTORY N         N times: RESULT seconds from adding to the first peer
 * stream TRANSPORT MAGNET DIRECTORY N       N times: RESULT seconds to the first byte, SEEK mean seconds of some
 *                                           seeks, WASTED part of the content that came twice
 * </pre>
 *
 * TRANSPORT is tcp, rc4 or webrtc; TRACKER and PORT may be empty. Serves until its input ends, and
 * answers it as {@link Standby} does.
 */
public final class Node {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration SEEK_PAUSE = Duration.ofMillis(20);
  private static final int SEEKS = 8;

  private final Client client;

  private Node(Client client) {
    this.client = client;
  }

  /** Runs one end. */
  public static void main(String[] args) throws Exception {
    BufferedReader input = Standby.input();
    try (Client client = Client.create(options(args[1]))) {
      Node node = new Node(client);
      switch (args[0]) {
        case "seed" -> node.seed(Path.of(args[2]), Path.of(args[3]), args[4]);
        case "leech" -> node.leech(Path.of(args[2]), Path.of(args[3]), args[4]);
        case "warm" -> node.warm(Path.of(args[2]), Path.of(args[3]), args[4], input);
        case "join" -> node.join(Path.of(args[2]), Path.of(args[3]), input);
        case "wire" -> node.wire(args[2], Path.of(args[3]), Integer.parseInt(args[4]));
        case "stream" -> node.stream(args[2], Path.of(args[3]), Integer.parseInt(args[4]));
        default -> throw new IllegalArgumentException(args[0]);
      }
      Standby.serve(input);
    }
  }

  private static ClientOptions options(String transport) {
    ClientOptions.Builder options =
        ClientOptions.builder().bindAddresses(InetAddress.getLoopbackAddress()).trackers(List.of());
    if (transport.equals("webrtc")) {
      options.transports(
          List.of(new WebRtcTransport(WebRtcOptions.builder().iceServers(List.of()).build())));
    } else if (transport.equals("rc4")) {
      options.encryption(Encryption.REQUIRED);
    }
    return options.build();
  }

  private void seed(Path file, Path torrentFile, String tracker) throws IOException {
    SeedOptions options =
        SeedOptions.builder()
            .trackers(tracker.isEmpty() ? List.of() : List.of(tracker))
            .pieceLength(1 << 20)
            .build();
    Torrent torrent = client.seed(file, options);
    torrent.metainfo().orElseThrow().write(torrentFile);
    System.out.println("READY " + client.port() + " " + torrent.magnet());
  }

  private void join(Path torrentFile, Path directory, BufferedReader input)
      throws IOException, InterruptedException, TimeoutException, ExecutionException {
    System.out.println("READY " + client.port());
    leech(torrentFile, directory, Objects.requireNonNull(input.readLine()));
  }

  private void warm(Path torrentFile, Path directory, String port, BufferedReader input)
      throws IOException, InterruptedException, TimeoutException, ExecutionException {
    Torrent torrent = add(torrentFile, directory, port);
    torrent.awaitComplete(LIMIT);
    remove(torrent);
    join(torrentFile, directory, input);
  }

  private void leech(Path torrentFile, Path directory, String ports)
      throws InterruptedException, TimeoutException, ExecutionException {
    long begin = System.nanoTime();
    Torrent torrent = add(torrentFile, directory, ports);
    // A dialled peer is there at once; how long an introduction takes is another contest.
    long connected = ports.isEmpty() ? firstPeer(torrent).get() : begin;
    torrent.awaitComplete(LIMIT);
    System.out.printf("RESULT %.3f%n", (System.nanoTime() - connected) / 1e9);
  }

  private Torrent add(Path torrentFile, Path directory, String ports) {
    List<InetSocketAddress> peers =
        Arrays.stream(ports.split(" ", -1))
            .filter(port -> !port.isEmpty())
            .map(Integer::parseInt)
            .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .toList();
    AddOptions options = AddOptions.builder().directory(directory).peers(peers).build();
    return client.add(torrentFile, options);
  }

  private void wire(String magnet, Path directory, int count)
      throws InterruptedException, TimeoutException, ExecutionException {
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      Torrent torrent = client.add(magnet, AddOptions.builder().directory(directory).build());
      long connected = firstPeer(torrent).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      System.out.printf("RESULT %.3f%n", (connected - begin) / 1e9);
      remove(torrent);
    }
  }

  private void stream(String magnet, Path directory, int count)
      throws IOException, InterruptedException, TimeoutException, ExecutionException {
    for (int i = 0; i < count; i++) {
      long begin = System.nanoTime();
      Torrent torrent = client.add(magnet, AddOptions.builder().directory(directory).build());
      torrent.awaitMetadata(LIMIT);
      try (SeekableByteChannel channel = torrent.files().get(0).openChannel()) {
        channel.read(ByteBuffer.allocate(1));
        System.out.printf("RESULT %.4f%n", (System.nanoTime() - begin) / 1e9);
        System.out.printf("SEEK %.4f%n", seek(channel) / 1e9);
      }
      torrent.awaitComplete(LIMIT);
      System.out.printf(
          "WASTED %.6f%n", (double) torrent.stats().wasted() / torrent.stats().totalLength());
      remove(torrent);
    }
  }

  /** Jumps about while much is missing yet; the mean time until the byte there, in nanoseconds. */
  private static double seek(SeekableByteChannel channel) throws IOException, InterruptedException {
    Random random = new Random(1);
    long nanos = 0;
    for (int i = 0; i < SEEKS; i++) {
      Thread.sleep(SEEK_PAUSE.toMillis());
      long begin = System.nanoTime();
      channel
          .position((long) (random.nextDouble() * (channel.size() - 1)))
          .read(ByteBuffer.allocate(1));
      nanos += System.nanoTime() - begin;
    }
    return (double) nanos / SEEKS;
  }

  private static void remove(Torrent torrent)
      throws InterruptedException, TimeoutException, ExecutionException {
    torrent.removeWithData().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Thread.sleep(PAUSE.toMillis()); // the other end notices, and offers are made anew
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
