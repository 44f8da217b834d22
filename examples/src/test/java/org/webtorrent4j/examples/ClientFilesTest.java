package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.TorrentState;

/** Whose the files are, with real clients over loopback. */
@Timeout(60)
class ClientFilesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path temp;

  @Test
  void fileOfAnotherIsKeptAndWrittenOverWhenTheUserSaysSo() throws Exception {
    Path file = content("source/film.bin", 300_000);
    Path mine = content("leech/film.bin", 200_000);
    byte[] before = Files.readAllBytes(mine);
    try (Client seed = client();
        Client leech = client()) {
      String magnet = seed.seed(file).magnet();
      Torrent refused = leech.add(magnet, into(mine, seed).build());
      String failure = failureOf(refused);

      assertTrue(failure.contains(mine + " exists and is something else"), failure);
      assertEquals(List.of(mine), refused.removeWithData().get(10, TimeUnit.SECONDS));
      assertArrayEquals(before, Files.readAllBytes(mine));

      Torrent allowed = leech.add(magnet, into(mine, seed).overwrite(true).build());
      allowed.awaitComplete(LIMIT);
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(mine));
    }
  }

  @Test
  void pathOfAnotherTorrentOfTheClientIsRefused() throws Exception {
    Path first = content("first/film.bin", 300_000);
    Path second = content("second/film.bin", 200_000);
    try (Client seed = client();
        Client leech = client()) {
      String one = seed.seed(first).magnet();
      String other = seed.seed(second).magnet();
      Path copy = temp.resolve("leech/film.bin");
      leech.add(one, into(copy, seed).build()).awaitComplete(LIMIT);
      Torrent refused = leech.add(other, into(copy, seed).overwrite(true).build());
      String failure = failureOf(refused);

      assertTrue(failure.contains("is a file of the torrent 'film.bin'"), failure);
      assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(copy));
    }
  }

  @Test
  void seedOfWhatIsThereChangesNothingAndSaysWhatIsLonger() throws Exception {
    Path file = content("source/film.bin", 300_000);
    try (Client client = client()) {
      Torrent hashed = client.seed(file);
      byte[] torrentFile = hashed.metainfo().orElseThrow().toBytes();
      hashed.remove().get(10, TimeUnit.SECONDS);
      Files.writeString(file, "TAIL", StandardOpenOption.APPEND);
      CompletableFuture<TorrentEvent.FileFailed> told = new CompletableFuture<>();
      client.addListener(
          event -> {
            if (event instanceof TorrentEvent.FileFailed failed) {
              told.complete(failed);
            }
          });

      Torrent torrent =
          client.add(
              torrentFile,
              AddOptions.builder().directory(temp.resolve("source")).readOnly(true).build());
      torrent.awaitComplete(LIMIT);

      assertEquals(
          "is longer than the torrent says: 300004 for 300000",
          told.get(10, TimeUnit.SECONDS).reason());
      assertEquals(300_004, Files.size(file));
    }
  }

  @Test
  void fileThatChangesUnderASeedIsNamedAndNotSent() throws Exception {
    Path file = content("source/film.bin", 3_000_000);
    try (Client seed = client();
        Client leech = client()) {
      CompletableFuture<TorrentEvent.FileFailed> told = new CompletableFuture<>();
      seed.addListener(
          event -> {
            if (event instanceof TorrentEvent.FileFailed failed) {
              told.complete(failed);
            }
          });
      Torrent torrent = seed.seed(file, SeedOptions.builder().verifyReads(true).build());
      torrent.awaitComplete(LIMIT);
      byte[] bytes = Files.readAllBytes(file);
      bytes[1_000_000]++;
      Files.write(file, bytes);
      Torrent copy =
          leech.add(torrent.magnet(), into(temp.resolve("leech/film.bin"), seed).build());

      assertEquals("has changed since it was hashed", told.get(30, TimeUnit.SECONDS).reason());
      while (copy.stats().verifiedPieces() < torrent.stats().pieceCount() - 1) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertEquals(TorrentState.SEEDING, torrent.state());
      assertFalse(copy.completion().isDone());
    }
  }

  private static String failureOf(Torrent torrent) throws InterruptedException {
    while (torrent.failure().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return String.valueOf(torrent.failure().get().getMessage());
  }

  private static AddOptions.Builder into(Path file, Client seed) {
    return AddOptions.builder()
        .directory(file.resolveSibling(""))
        .peers(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), seed.port())));
  }

  private static Client client() {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .build());
  }

  private Path content(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }
}
