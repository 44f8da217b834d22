package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Metainfo;

class CreateCommandTest extends CommandTest {
  @Test
  void torrentGoesToStandardOutput() throws Exception {
    Path content = file("a/film.bin", 50_000);

    int code = Main.run("create", "-o", "-", content.toString());

    assertEquals(0, code, this::errors);
    assertEquals("film.bin", Metainfo.parse(outputBytes()).info().name());
    assertFalse(Files.exists(Path.of("-")));
  }

  @Test
  void contentIsNotReplacedByItsTorrent() throws Exception {
    Path content = file("film.bin", 50_000);
    byte[] before = Files.readAllBytes(content);

    int code = Main.run("create", "-f", "-o", content.toString(), content.toString());

    assertEquals(2, code);
    assertArrayEquals(before, Files.readAllBytes(content));
  }

  @Test
  void torrentInsideOfItsFolderIsNoPartOfIt() throws Exception {
    file("a/film.bin", 50_000);
    Path content = folder.resolve("a");
    String torrent = content.resolve("own.torrent").toString();

    assertEquals(0, Main.run("create", "-o", torrent, content.toString()), this::errors);
    assertEquals(0, Main.run("create", "-f", "-o", torrent, content.toString()), this::errors);

    Metainfo metainfo = Metainfo.read(Path.of(torrent));
    assertEquals(
        List.of("film.bin"), metainfo.info().files().stream().map(FileEntry::name).toList());
    try (Stream<Path> files = Files.list(content)) {
      assertEquals(2, files.count()); // nothing was left behind
    }
  }

  @Test
  void placeOfTheTorrentIsLookedAtFirst() throws Exception {
    Path content = file("film.bin", 50_000);

    int code = Main.run("create", "-o", folder + "/missing/x.torrent", content.toString());

    assertEquals(1, code);
    assertTrue(errors().contains("there is no folder " + folder.resolve("missing")), this::errors);
  }

  @Test
  void failureLeavesNoFileBehind() throws Exception {
    Path empty = file("a/empty", 0);

    int code = Main.run("create", "-o", folder + "/x.torrent", empty.toString());

    assertEquals(1, code);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("a")), files.toList());
    }
  }
}
