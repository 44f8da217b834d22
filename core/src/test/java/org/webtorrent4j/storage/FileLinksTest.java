package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that a torrent says leads out of its folder; the links that are there are the user's, who
 * may keep the data of one torrent on two disks.
 */
class FileLinksTest {
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
  void folderThatIsALinkIsFollowed(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent"));
    Files.createSymbolicLink(downloads.resolve("torrent/a"), outside);

    writeAll();

    assertArrayEquals(torrent.content, begin(outside.resolve("b/file")));
  }

  @ParameterizedTest
  @EnumSource
  void fileThatIsALinkIsFollowed(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent/a/b"));
    Files.createSymbolicLink(downloads.resolve("torrent/a/b/file"), outside.resolve("victim"));

    writeAll();

    assertArrayEquals(torrent.content, begin(outside.resolve("victim")));
  }

  @ParameterizedTest
  @EnumSource
  void deletingTakesNoFileThatALinkLeadsTo(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent/a/b"));
    Path link = downloads.resolve("torrent/a/b/file");
    Files.createSymbolicLink(link, outside.resolve("victim"));

    FileStorage.at(downloads).open(torrent.info).delete();

    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.exists(outside.resolve("victim")));
  }

  @ParameterizedTest
  @EnumSource
  void linkWithinTheTorrentIsFollowed(Place place) throws IOException {
    prepare(place);
    Files.createDirectories(downloads.resolve("torrent/real"));
    Files.createSymbolicLink(downloads.resolve("torrent/a"), downloads.resolve("torrent/real"));

    writeAll();

    assertTrue(Files.exists(downloads.resolve("torrent/real/b/file")));
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

  private void writeAll() throws IOException {
    try (TorrentStorage storage = FileStorage.at(downloads).open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(torrent.content));
    }
  }

  private byte[] begin(Path file) throws IOException {
    return Arrays.copyOf(Files.readAllBytes(file), torrent.content.length);
  }

  private void assertRefused() throws IOException {
    try (TorrentStorage storage = FileStorage.at(downloads).open(torrent.info)) {
      ByteBuffer bytes = ByteBuffer.wrap(torrent.content);
      assertThrows(IOException.class, () -> TorrentStorageContract.read(storage, 0, 100));
      assertThrows(IOException.class, () -> storage.write(0, bytes));
    }
  }
}
