package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoBuilder;

/** Whose the files are, and whether they are what was counted. */
class FileSettleTest {
  private static final BitSet NONE = new BitSet();
  private static final BitSet ALL = BitSet.valueOf(new long[] {-1});

  @TempDir Path folder;
  private final FileClaims claims = new FileClaims();
  private final StoredTorrent torrent =
      StoredTorrent.of(
          64,
          StoredTorrent.File.of("a", 100),
          StoredTorrent.File.of("b", 100),
          StoredTorrent.File.of("empty", 0),
          StoredTorrent.File.link("link", "a"));

  // ---- before anything is written

  @Test
  void somethingElseInAFilesPlaceIsKept() throws IOException {
    Path mine = write("a", "my only copy");
    try (FileTorrent files = open()) {
      IOException refused =
          assertThrows(IOException.class, () -> files.settle(plan(ALL, NONE, false), claims));

      assertEquals(mine + " exists and is something else", refused.getMessage());
      assertThrows(IOException.class, () -> files.write(0, ByteBuffer.allocate(1)));
      assertEquals(List.of(mine), files.delete(NONE));
    }
    assertEquals("my only copy", Files.readString(mine));
  }

  @Test
  void somethingElseIsWrittenOverWhenTheUserSaysSo() throws IOException {
    Path old = write("a", "old");
    write("empty", "old");
    try (FileTorrent files = open()) {
      files.settle(plan(ALL, NONE, true), claims);
      files.write(0, ByteBuffer.wrap(torrent.content));
    }

    assertArrayEquals(torrent.contentOf(0), Files.readAllBytes(old));
    assertEquals(0, Files.size(at("empty")));
  }

  @Test
  void somethingElseThatIsNotWantedIsNoReasonToFailUntilItWouldBeWrittenTo() throws IOException {
    Path mine = write("b", "mine");
    try (FileTorrent files = open()) {
      files.settle(plan(BitSet.valueOf(new long[] {1}), NONE, false), claims);
      files.write(0, ByteBuffer.wrap(torrent.content, 0, 100));

      assertThrows(IOException.class, () -> files.write(100, ByteBuffer.allocate(1)));
    }
    assertEquals("mine", Files.readString(mine));
  }

  @Test
  void bytesInPlaceOfAnEmptyFileAreKept() throws IOException {
    write("empty", "mine");
    try (FileTorrent files = open()) {
      assertThrows(IOException.class, () -> files.settle(plan(ALL, NONE, false), claims));
    }
    assertEquals("mine", Files.readString(at("empty")));
  }

  @Test
  void roomThatWasTakenIsUsed() throws IOException {
    Files.createDirectories(at("a").getParent());
    Files.write(at("a"), new byte[200_000]);
    try (FileTorrent files = open()) {
      files.settle(plan(ALL, NONE, false), claims);
      files.write(0, ByteBuffer.wrap(torrent.content));

      assertEquals(List.of(), files.settle(plan(ALL, ALL, false), claims));
    }
    assertArrayEquals(torrent.contentOf(0), Files.readAllBytes(at("a")));
  }

  @Test
  void twoTorrentsOfOnePathAreNotWrittenTogether() throws IOException {
    try (FileTorrent first = open();
        FileTorrent second = open()) {
      first.settle(plan(ALL, NONE, false), claims);

      assertThrows(IOException.class, () -> second.settle(plan(ALL, NONE, true), claims));
    }
  }

  @Test
  void onlyLookingChangesNothing() throws IOException {
    try (FileTorrent files = open()) {
      FilePlan look = new FilePlan("t", false, false, ALL, NONE, NONE);
      files.settle(look, claims);
    }
    assertFalse(Files.exists(at("empty")));
  }

  // ---- when all is there

  @Test
  void longerFileIsCut() throws IOException {
    store();
    Files.writeString(at("a"), "TAIL", StandardOpenOption.APPEND);
    try (FileTorrent files = open()) {
      assertEquals(List.of(), files.settle(plan(ALL, ALL, false), claims));
    }
    assertArrayEquals(torrent.contentOf(0), Files.readAllBytes(at("a")));
  }

  @Test
  void longerFileIsOnlyToldOfWhenNothingMayChange() throws IOException {
    store();
    Files.writeString(at("a"), "TAIL", StandardOpenOption.APPEND);
    try (FileTorrent files = open()) {
      List<FileFault> faults = files.settle(new FilePlan("t", false, false, ALL, ALL, ALL), claims);

      assertEquals(1, faults.size());
      assertTrue(faults.get(0).isHarmless());
      assertEquals("is longer than the torrent says: 104 for 100", faults.get(0).reason());
    }
    assertEquals(104, Files.size(at("a")));
  }

  @Test
  void longerFileThatIsAnotherTorrentsTooIsNotCut() throws IOException {
    store();
    Files.writeString(at("a"), "TAIL", StandardOpenOption.APPEND);
    Object other = new Object();
    claims.claim(other, "other", List.of(new FileClaims.Wish(at("a"), false)));
    try (FileTorrent files = open()) {
      assertEquals(1, files.settle(plan(ALL, ALL, false), claims).size());
    }
    assertEquals(104, Files.size(at("a")));
  }

  @Test
  void whatHasNoBytesIsMade() throws IOException {
    store();
    Files.delete(at("empty"));
    Files.delete(at("link"));
    try (FileTorrent files = open()) {
      files.settle(plan(ALL, ALL, false), claims);
    }
    assertTrue(Files.exists(at("empty")));
    assertTrue(Files.isSymbolicLink(at("link")));
  }

  @Test
  void fileThatIsGoneShorterOrReplacedIsFound() throws IOException {
    store();
    try (FileTorrent files = open()) {
      files.write(0, ByteBuffer.wrap(torrent.content));
      Files.delete(at("a"));
      Files.move(
          Files.write(at("new"), new byte[100]),
          at("b"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);

      List<FileFault> faults = files.settle(plan(ALL, ALL, false), claims);

      assertEquals(
          List.of("is gone", "was replaced while it was written"),
          faults.stream().map(FileFault::reason).toList());
    }
  }

  // ---- while it is seeded

  @Test
  void fileThatChangedAfterHashingIsFound() throws IOException {
    Path file = Files.write(folder.resolve("film.bin"), torrent.content);
    MetainfoBuilder builder = MetainfoBuilder.of(file);
    Metainfo metainfo = builder.build();
    FileStorage storage = FileStorage.ofSources(folder, builder.sources());
    try (FileTorrent files = (FileTorrent) storage.open(metainfo.info())) {
      files.checkUnchanged(0, 200);
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));

      FileFault fault = assertThrows(FileFault.class, () -> files.checkUnchanged(0, 200));
      assertEquals("film.bin has changed since it was hashed", fault.getMessage());
      assertThrows(FileFault.class, () -> TorrentStorageContract.read(files, 0, 1));

      files.beginCheck(0, 200);
      files.presentBytes(0, 200);
      files.checkUnchanged(0, 200);
    }
  }

  @Test
  void seedsReadWhatWasHashedWhateverTheNamesAre() throws IOException {
    assumeTrue(
        Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
            .newEncoder()
            .canEncode('é'),
        "a JVM in this locale cannot name such files");
    Path source = Files.createDirectories(folder.resolve("d"));
    List<String> names =
        List.of(
            "README", "readme", "a\\b", "x\u202egnp.exe", "a\nb", "n".repeat(255), "é", "e\u0301");
    for (String name : names) {
      Files.writeString(source.resolve(name), name);
    }
    MetainfoBuilder builder = MetainfoBuilder.of(source);
    Metainfo metainfo = builder.build();

    try (TorrentStorage files =
        FileStorage.ofSources(folder, builder.sources()).open(metainfo.info())) {
      byte[] read = TorrentStorageContract.read(files, 0, (int) metainfo.info().totalLength());

      for (int i = 0; i < names.size(); i++) {
        var entry = metainfo.info().files().get(i);
        String name = builder.sources().get(i).path().getFileName().toString();
        assertEquals(
            name,
            new String(
                read,
                (int) entry.offset(),
                (int) entry.length(),
                java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    try (TorrentStorage found = FileStorage.at(folder).open(metainfo.info())) {
      assertEquals(
          metainfo.info().totalLength(), found.presentBytes(0, metainfo.info().totalLength()));
    }
  }

  @Test
  void filesInAnArchiveCanBeSeeded() throws IOException {
    Path zip = folder.resolve("a.zip");
    try (FileSystem archive = FileSystems.newFileSystem(zip, java.util.Map.of("create", "true"))) {
      Files.write(archive.getPath("/film.bin"), torrent.content);
    }
    try (FileSystem archive = FileSystems.newFileSystem(zip)) {
      Path file = archive.getPath("/film.bin");
      MetainfoBuilder builder = MetainfoBuilder.of(file);
      Metainfo metainfo = builder.build();
      try (TorrentStorage files =
          FileStorage.ofSources(archive.getPath("/"), builder.sources()).open(metainfo.info())) {
        assertArrayEquals(torrent.content, TorrentStorageContract.read(files, 0, 200));
      }
    }
  }

  @Test
  void contentIsFoundUnderAnyNameAndInAFolderOfItsName() throws IOException {
    StoredTorrent single = StoredTorrent.single("film.bin", 100, 64);
    Path other = Files.write(folder.resolve("other.bin"), single.content);
    Path inner = Files.createDirectories(folder.resolve("torrent/torrent"));
    Files.write(inner.resolve("a"), torrent.contentOf(0));

    assertEquals(100, present(FileStorage.ofContent(other), single));
    assertEquals(100, present(FileStorage.ofContent(folder.resolve("torrent")), torrent));
    assertEquals(100, present(FileStorage.ofContent(inner), torrent));
    assertEquals(100, present(FileStorage.ofContent(folder.resolve("torrent/.")), torrent));
  }

  // ---- when it is deleted

  @Test
  void onlyOurFilesAreDeleted() throws IOException {
    store();
    Object other = new Object();
    claims.claim(other, "other", List.of(new FileClaims.Wish(at("a"), false)));
    FileTorrent files = open();
    files.settle(plan(ALL, ALL, false), claims);

    assertEquals(List.of(at("a")), files.delete(ALL));

    assertTrue(Files.exists(at("a")));
    assertFalse(Files.exists(at("b")));
    assertFalse(Files.exists(at("link"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void fileOfAFolderOfTheSameNameIsNamed() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path downloads = Files.createDirectories(memory.getPath("/d"));
      Files.writeString(downloads.resolve("torrent"), "a file");
      try (TorrentStorage files = FileStorage.at(downloads).open(torrent.info)) {
        IOException refused =
            assertThrows(IOException.class, () -> files.write(0, ByteBuffer.allocate(1)));
        assertTrue(String.valueOf(refused.getMessage()).contains("is not a folder"));
      }
    }
  }

  private static long present(FileStorage storage, StoredTorrent of) throws IOException {
    try (TorrentStorage files = storage.open(of.info)) {
      return files.presentBytes(0, 100);
    }
  }

  private static FilePlan plan(BitSet wanted, BitSet whole, boolean isOverwriting) {
    return new FilePlan("t", true, isOverwriting, wanted, whole, whole);
  }

  private FileTorrent open() throws IOException {
    return (FileTorrent) FileStorage.at(folder).open(torrent.info);
  }

  private void store() throws IOException {
    try (TorrentStorage files = open()) {
      files.createEmptyFiles();
      files.write(0, ByteBuffer.wrap(torrent.content));
    }
  }

  private Path write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(StoredTorrent.NAME));
    return Files.writeString(at(name), text);
  }

  private Path at(String name) {
    return folder.resolve(StoredTorrent.NAME).resolve(name);
  }
}
