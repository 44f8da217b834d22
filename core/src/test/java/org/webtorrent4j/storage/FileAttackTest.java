package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing outside of the folder is read, written or deleted, whoever has put links where. */
class FileAttackTest {
  @TempDir Path temporary;
  private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
  private final StoredTorrent torrent =
      StoredTorrent.of(64, StoredTorrent.File.of("a/b/file", 100));
  private Path downloads = Path.of("");
  private Path outside = downloads;

  enum Place {
    SYSTEM,
    MEMORY
  }

  @AfterEach
  void closeMemory() throws IOException {
    memory.close();
  }

  @ParameterizedTest
  @EnumSource
  void folderThatIsALinkToOutsideIsRefused(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent"));
    Files.createSymbolicLink(downloads.resolve("torrent/a"), outside);

    assertRefused();
    assertOutsideIsUntouched();
  }

  @ParameterizedTest
  @EnumSource
  void torrentFolderThatIsALinkToOutsideIsRefused(Place place) throws IOException {
    prepare(place);
    Files.createSymbolicLink(downloads.resolve("torrent"), outside);

    assertRefused();
    assertOutsideIsUntouched();
  }

  @ParameterizedTest
  @EnumSource
  void linkIntoAnotherTorrentIsRefused(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent"));
    Files.createDirectories(downloads.resolve("other/b"));
    Files.createSymbolicLink(downloads.resolve("torrent/a"), downloads.resolve("other"));

    assertRefused();
  }

  @ParameterizedTest
  @EnumSource
  void linkWithinTheTorrentIsFollowed(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent/real"));
    Files.createSymbolicLink(downloads.resolve("torrent/a"), downloads.resolve("torrent/real"));

    try (TorrentStorage storage = FileStorage.at(downloads).open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(torrent.content));
    }

    assertTrue(Files.exists(downloads.resolve("torrent/real/b/file")));
  }

  @ParameterizedTest
  @EnumSource
  void fileThatIsALinkIsRefused(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent/a/b"));
    Files.createSymbolicLink(downloads.resolve("torrent/a/b/file"), outside.resolve("victim"));

    assertRefused();
    assertOutsideIsUntouched();
  }

  @ParameterizedTest
  @EnumSource
  void danglingLinkIsNotWrittenThrough(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent/a/b"));
    Files.createSymbolicLink(downloads.resolve("torrent/a/b/file"), outside.resolve("new"));

    assertRefused();
    assertFalse(Files.exists(outside.resolve("new")));
  }

  @ParameterizedTest
  @EnumSource
  void folderInPlaceOfAFileIsRefused(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent/a/b/file"));

    assertRefused();
  }

  @ParameterizedTest
  @EnumSource
  void downloadFolderItselfMayBeALink(Place place) throws IOException {
    prepare(place);
    Path link = Files.createSymbolicLink(downloads.resolveSibling("link"), downloads);

    try (TorrentStorage storage = FileStorage.at(link).open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(torrent.content));
    }

    assertEquals(100, Files.size(downloads.resolve("torrent/a/b/file")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/a", "../a", "a/.."})
  void badNamesAreRefused(String name) {
    FileTree tree = new FileTree(temporary);

    assertThrows(IOException.class, () -> tree.resolve(List.of("torrent", name)));
    assertThrows(IOException.class, () -> tree.resolve(List.of(name)));
  }

  private void prepare(Place place) throws IOException {
    Path root = place == Place.SYSTEM ? temporary : memory.getPath("/root");
    downloads = Files.createDirectories(root.resolve("downloads"));
    outside = Files.createDirectories(root.resolve("outside"));
    Files.createDirectories(outside.resolve("b"));
    Files.write(outside.resolve("victim"), new byte[200]);
    Files.write(outside.resolve("b/file"), new byte[200]);
  }

  private void assertRefused() throws IOException {
    try (TorrentStorage storage = FileStorage.at(downloads).open(torrent.info)) {
      ByteBuffer bytes = ByteBuffer.wrap(torrent.content);
      IOException read =
          assertThrows(IOException.class, () -> TorrentStorageContract.read(storage, 0, 100));
      assertFalse(read instanceof EOFException, read.toString());
      assertThrows(IOException.class, () -> storage.write(0, bytes));
      try {
        storage.delete();
      } catch (IOException e) {
        assertTrue(e.toString().contains("link"), e.toString());
      }
    }
  }

  private void assertOutsideIsUntouched() throws IOException {
    assertEquals(200, Files.size(outside.resolve("victim")));
    assertEquals(200, Files.size(outside.resolve("b/file")));
    try (Stream<Path> all = Files.walk(outside)) {
      assertEquals(4, all.count());
    }
  }
}
