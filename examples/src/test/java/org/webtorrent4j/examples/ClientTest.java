package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.FilePriority;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.TorrentFile;
import org.webtorrent4j.TorrentState;

/** The public API with real clients over loopback. */
@Timeout(60)
class ClientTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path temp;

  private Client client(String directory) throws IOException {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .directory(Files.createDirectories(temp.resolve(directory)))
            .build());
  }

  private Path content(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path file = temp.resolve("source").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static AddOptions from(Client seed) {
    return AddOptions.builder().peers(List.of(address(seed))).build();
  }

  private static InetSocketAddress address(Client client) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), client.port());
  }

  @Test
  void streamIsReadWhileItDownloads() throws Exception {
    Path file = content("film.bin", 9_000_000);
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      String magnet = seed.seed(file).magnet() + "&x.pe=127.0.0.1:" + seed.port();

      try (InputStream in = leech.add(magnet).openStream()) {
        assertArrayEquals(Files.readAllBytes(file), in.readAllBytes());
      }
    }
  }

  @Test
  void onlyWhatIsReadOfASkippedTorrentIsDownloaded() throws Exception {
    Path file = content("film.bin", 64 << 20);
    byte[] expected = Files.readAllBytes(file);
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      seed.uploadLimit(20_000_000);
      Torrent source = seed.seed(file, SeedOptions.builder().pieceLength(65536).build());
      Torrent torrent =
          leech.add(
              source.magnet(),
              AddOptions.builder().skipAll(true).peers(List.of(address(seed))).build());
      torrent.awaitMetadata(LIMIT);

      try (SeekableByteChannel channel = torrent.files().get(0).openChannel()) {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        channel.position(50_000_000);
        while (buffer.hasRemaining()) {
          assertTrue(channel.read(buffer) > 0);
        }
        assertArrayEquals(Arrays.copyOfRange(expected, 50_000_000, 50_001_000), buffer.array());
        channel.position(expected.length);
        assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
      }
      assertTrue(torrent.stats().downloaded() < 20 << 20, torrent.stats().toString());
    }
  }

  @Test
  void closingTheClientWakesReadersAndLeavesNoThread() throws Exception {
    Client client = client("leech");
    Torrent torrent = client.add(Files.readAllBytes(torrentFile(content("film.bin", 1_000_000))));
    InputStream in = torrent.files().get(0).openStream();
    CountDownLatch reading = new CountDownLatch(1);
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(
            () -> {
              reading.countDown();
              try {
                return in.read();
              } catch (IOException e) {
                throw new CancellationException(e.getMessage());
              }
            });
    assertTrue(reading.await(10, TimeUnit.SECONDS));

    assertTimeoutPreemptively(Duration.ofSeconds(6), client::close);

    ExecutionException ended =
        assertThrows(ExecutionException.class, () -> read.get(5, TimeUnit.SECONDS));
    assertTrue(ended.getCause() instanceof CancellationException || ended.getCause() != null);
    assertThrows(TorrentException.class, () -> torrent.awaitComplete(LIMIT));
    for (Thread thread : threadsOf("wt-")) {
      thread.join(2000); // it may be in its last steps still
      assertFalse(thread.isAlive(), thread.getName());
    }
    client.close();
  }

  private static List<Thread> threadsOf(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }

  private Path torrentFile(Path content) throws IOException {
    Path file = temp.resolve("content.torrent");
    try (Client client = client("describe")) {
      client.seed(content).metainfo().orElseThrow().write(file);
    }
    return file;
  }

  @Test
  void sameTorrentIsAddedOnce() throws Exception {
    Path file = content("film.bin", 100_000);
    try (Client client = client("seed")) {
      Torrent torrent = client.seed(file);

      assertSame(torrent, client.seed(file));
      assertSame(torrent, client.add(torrent.magnet()));
      assertSame(torrent, client.add(torrent.infoHash().toString()));
      assertEquals(List.of(torrent), client.torrents());
    }
  }

  @Test
  void removedTorrentLeavesItsFilesOrTakesThemAlong() throws Exception {
    Path file = content("film.bin", 300_000);
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      String magnet = seed.seed(file).magnet();
      Path copy = temp.resolve("leech/film.bin");
      Torrent torrent = leech.add(magnet, from(seed));
      torrent.awaitComplete(LIMIT);

      torrent.remove().get(10, TimeUnit.SECONDS);
      assertTrue(Files.exists(copy));
      assertEquals(TorrentState.REMOVED, torrent.state());
      assertEquals(300_000, torrent.stats().verifiedLength());

      Torrent again = leech.add(magnet, from(seed));
      again.awaitComplete(LIMIT);
      assertEquals(0, again.stats().downloaded()); // it was all there
      again.removeWithData().get(10, TimeUnit.SECONDS);
      assertFalse(Files.exists(copy));
    }
  }

  @Test
  void pausedTorrentGoesOnWhereItWas() throws Exception {
    Path file = content("film.bin", 6_000_000);
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      Torrent source = seed.seed(file);
      seed.uploadLimit(3_000_000);
      Torrent torrent = leech.add(source.magnet(), from(seed));
      CountDownLatch some = new CountDownLatch(3);
      torrent.addListener(
          event -> {
            if (event instanceof TorrentEvent.PieceVerified) {
              some.countDown();
            }
          });
      assertTrue(some.await(20, TimeUnit.SECONDS));

      torrent.pause();
      assertEquals(0, torrent.peers().size());
      assertEquals(TorrentState.PAUSED, torrent.state());
      seed.uploadLimit(0);
      torrent.resume();

      torrent.awaitComplete(LIMIT);
      assertEquals(-1, Files.mismatch(file, temp.resolve("leech/film.bin")));
    }
  }

  @Test
  void onlyWantedFilesAreDownloaded() throws Exception {
    content("folder/a.bin", 500_000);
    content("folder/b.bin", 500_001);
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      Torrent source =
          seed.seed(
              temp.resolve("source/folder"), SeedOptions.builder().pieceLength(16384).build());
      Torrent torrent =
          leech.add(
              source.magnet(),
              AddOptions.builder().skipAll(true).peers(List.of(address(seed))).build());
      torrent.awaitMetadata(LIMIT);

      torrent.files().get(1).priority(FilePriority.NORMAL);
      torrent.awaitComplete(LIMIT);
      while (torrent.files().get(1).verifiedLength() < 500_001) {
        torrent.awaitComplete(LIMIT);
      }

      assertTrue(torrent.files().get(0).verifiedLength() < 20_000);
      assertTrue(torrent.stats().downloaded() < 550_000);
    }
  }

  @Test
  void magnetLinkSelectsFilesUntilTheUserDoes() throws Exception {
    content("folder/a.bin", 300_000);
    content("folder/b.bin", 300_001);
    content("folder/c.bin", 300_002);
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      Torrent source =
          seed.seed(
              temp.resolve("source/folder"), SeedOptions.builder().pieceLength(16384).build());
      Torrent torrent = leech.add(source.magnet() + "&so=1,7-9", from(seed));
      torrent.awaitMetadata(LIMIT);

      torrent.awaitComplete(LIMIT);
      assertEquals(
          List.of(FilePriority.SKIP, FilePriority.NORMAL, FilePriority.SKIP),
          torrent.files().stream().map(TorrentFile::priority).toList());
      assertEquals(300_001, torrent.files().get(1).verifiedLength());
      assertTrue(torrent.files().get(2).verifiedLength() < 20_000);
      assertEquals(300_001, torrent.stats().wantedLength());

      torrent.files().get(2).priority(FilePriority.HIGH);
      while (torrent.files().get(2).verifiedLength() < 300_002) {
        torrent.awaitComplete(LIMIT);
      }
      assertTrue(torrent.files().get(0).verifiedLength() < 20_000);
    }
  }

  @Test
  void selectionOfOtherFilesThanThereAreIsIgnored() throws Exception {
    Path file = content("film.bin", 300_000);
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      Torrent torrent = leech.add(seed.seed(file).magnet() + "&so=1-3", from(seed));

      torrent.awaitComplete(LIMIT);

      assertEquals(FilePriority.NORMAL, torrent.files().get(0).priority());
      assertEquals(-1, Files.mismatch(file, temp.resolve("leech/film.bin")));
    }
  }

  @Test
  void badInputIsNamed() throws Exception {
    try (Client client = client("leech")) {
      assertMessage("no-such.torrent", () -> client.add("no-such.torrent"));
      assertMessage("xt", () -> client.add("magnet:?dn=x"));
      assertMessage("not a torrent", () -> client.add(new byte[] {1, 2, 3}));
      assertMessage("does not exist", () -> client.seed(temp.resolve("nothing")));
      assertMessage("is empty", () -> client.seed(content("empty", 0)));
      assertMessage("port", () -> ClientOptions.builder().port(70_000));
      int port = client.port();
      assertMessage(
          Integer.toString(port),
          () ->
              Client.create(
                  ClientOptions.builder()
                      .bindAddresses(InetAddress.getLoopbackAddress())
                      .port(port)
                      .build()));
    }
  }

  @Test
  void waitingEndsInTime() throws Exception {
    try (Client client = client("leech")) {
      Torrent torrent = client.add("0123456789012345678901234567890123456789");

      assertThrows(TimeoutException.class, () -> torrent.awaitMetadata(Duration.ofMillis(50)));
      assertEquals(TorrentState.FETCHING_METADATA, torrent.state());
    }
  }

  @Test
  void cancelledSeedingStops() throws Exception {
    Path file = content("film.bin", 30_000_000);
    try (Client client = client("seed")) {
      CompletableFuture<Torrent> seeding = client.seedAsync(file, SeedOptions.defaults());

      seeding.cancel(true);

      assertTrue(seeding.isCancelled());
    }
  }

  private interface Action {
    Object run() throws Exception;
  }

  private static void assertMessage(String part, Action action) {
    TorrentException thrown = assertThrows(TorrentException.class, action::run);
    assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
  }
}
