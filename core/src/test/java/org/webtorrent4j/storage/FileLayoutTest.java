package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.metainfo.FileEntry;

/** Which files there are after what, and what is made of those that were there before. */
class FileLayoutTest {
  @TempDir Path folder;
  private final StoredTorrent torrent = StoredTorrent.ofEveryKind();

  @Test
  void openTorrentLeavesNoTrace() throws IOException {
    try (TorrentStorage storage = FileStorage.at(folder.resolve("new")).open(torrent.info)) {
      assertThrows(EOFException.class, () -> TorrentStorageContract.read(storage, 0, 1));
      storage.presentBytes(0, 1);
    }

    assertFalse(Files.exists(folder.resolve("new")));
  }

  @Test
  void filesHoldTheirBytesAndPaddingIsNotStored() throws IOException {
    seed(torrent);

    for (FileEntry file : torrent.info.files()) {
      if (!file.isPadding()) {
        assertArrayEquals(torrent.contentOf(file.index()), Files.readAllBytes(path(file)));
      }
    }
    assertEquals(7, fileCount());
  }

  @Test
  void writeCreatesOnlyTheFilesThatItTouches() throws IOException {
    try (TorrentStorage storage = FileStorage.at(folder).open(torrent.info)) {
      storage.write(1, ByteBuffer.allocate(2));
    }

    assertEquals(1, fileCount());
  }

  @Test
  void singleFileHasNoFolder() throws IOException {
    StoredTorrent single = StoredTorrent.single("file.bin", 1000, 64);
    seed(single);

    assertArrayEquals(single.content, Files.readAllBytes(folder.resolve("file.bin")));
  }

  @Test
  void executableFileIsExecutable() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    seed(torrent);

    Set<PosixFilePermission> run = Files.getPosixFilePermissions(inTorrent("run"));
    Set<PosixFilePermission> last = Files.getPosixFilePermissions(inTorrent("last"));
    assertTrue(run.contains(PosixFilePermission.OWNER_EXECUTE));
    assertFalse(last.contains(PosixFilePermission.OWNER_EXECUTE));
  }

  @Test
  void longerFileKeepsItsFurtherBytes() throws IOException {
    seed(torrent);
    Path last = inTorrent("last");
    Files.write(last, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

    try (TorrentStorage storage = FileStorage.at(folder).open(torrent.info)) {
      int length = torrent.content.length;
      assertEquals(length, storage.presentBytes(0, length));
      storage.write(0, ByteBuffer.wrap(torrent.content));
    }

    assertEquals(333 + 3, Files.size(last));
  }

  @Test
  void shortFileIsNamedWithTheOffset() throws IOException {
    seed(torrent);
    Path large = inTorrent("folder/deep/large");
    Files.write(large, new byte[100]);

    try (TorrentStorage storage = FileStorage.at(folder).open(torrent.info)) {
      EOFException e =
          assertThrows(
              EOFException.class, () -> TorrentStorageContract.read(storage, 1024 + 90, 20));
      assertEquals("nothing at 100 of torrent/folder/deep/large", e.getMessage());
      assertEquals(1024 + 100, storage.presentBytes(0, torrent.content.length));
      assertEquals(0, storage.presentBytes(1024 + 100, 1));
    }
  }

  @Test
  void missingFileIsNamed() throws IOException {
    seed(torrent);
    Files.delete(inTorrent("one"));

    try (TorrentStorage storage = FileStorage.at(folder).open(torrent.info)) {
      EOFException e =
          assertThrows(EOFException.class, () -> TorrentStorageContract.read(storage, 0, 5));
      assertEquals("nothing at 0 of torrent/one", e.getMessage());
      assertEquals(0, storage.presentBytes(0, 5));
    }
  }

  @Test
  void readOnlyFilesCanBeSeeded() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    seed(torrent);
    try (Stream<Path> all = Files.walk(folder.resolve(StoredTorrent.NAME))) {
      for (Path path : all.toList()) {
        boolean isFolder = Files.isDirectory(path);
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(isFolder ? "r-xr-xr-x" : "r--r--r--"));
      }
    }

    try (TorrentStorage storage = FileStorage.at(folder).open(torrent.info)) {
      byte[] found = TorrentStorageContract.read(storage, 0, torrent.content.length);
      assertArrayEquals(torrent.content, found);
    } finally {
      try (Stream<Path> all = Files.walk(folder.resolve(StoredTorrent.NAME))) {
        for (Path path : all.filter(Files::isDirectory).toList()) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
  }

  @Test
  void linksPointIntoTheTorrent() throws IOException {
    StoredTorrent linked =
        StoredTorrent.of(
            64,
            StoredTorrent.File.of("folder/file", 100),
            StoredTorrent.File.link("other/link", "folder/file"));
    seed(linked);

    Path link = inTorrent("other/link");
    assertEquals(Path.of("../folder/file"), Files.readSymbolicLink(link));
    assertArrayEquals(linked.content, Files.readAllBytes(link));
  }

  @Test
  void deleteLeavesWhatIsNotOurs() throws IOException {
    seed(torrent);
    Path foreign = Files.writeString(inTorrent("folder/foreign"), "mine");

    FileStorage.at(folder).open(torrent.info).delete();

    assertEquals(1, fileCount());
    assertTrue(Files.exists(foreign));
    assertFalse(Files.exists(inTorrent("folder/deep")));
  }

  @Test
  void deleteLeavesTheDownloadFolder() throws IOException {
    seed(torrent);

    FileStorage.at(folder).open(torrent.info).delete();

    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void deleteTakesLinksAndNotWhatTheyPointTo() throws IOException {
    StoredTorrent linked =
        StoredTorrent.of(
            64, StoredTorrent.File.of("file", 100), StoredTorrent.File.link("link", "file"));
    seed(linked);
    Path foreign = Files.writeString(folder.resolve("foreign"), "mine");
    Files.delete(inTorrent("link"));
    Files.createSymbolicLink(inTorrent("link"), foreign);

    FileStorage.at(folder).open(linked.info).delete();

    assertTrue(Files.exists(foreign));
    assertFalse(Files.exists(folder.resolve(StoredTorrent.NAME), LinkOption.NOFOLLOW_LINKS));
  }

  private void seed(StoredTorrent stored) throws IOException {
    try (TorrentStorage storage = FileStorage.at(folder).open(stored.info)) {
      storage.createEmptyFiles();
      storage.write(0, ByteBuffer.wrap(stored.content));
    }
  }

  private Path path(FileEntry file) {
    return folder.resolve(file.pathText());
  }

  private Path inTorrent(String path) {
    return folder.resolve(StoredTorrent.NAME).resolve(path);
  }

  private long fileCount() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
