package org.webtorrent4j.metainfo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.file.FileNames;

class MetainfoBuilderTest {
  @TempDir Path temp;

  /** The formula of the generated torrents. */
  private static byte[] content(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * i + i / 251 + seed);
    }
    return bytes;
  }

  private static Path folder(Path root) throws IOException {
    Path folder = root.resolve("multi");
    Files.createDirectories(folder.resolve("dir"));
    Files.write(folder.resolve("a.txt"), content(1, 1));
    Files.write(folder.resolve("dir/b.bin"), content(40_000, 2));
    Files.write(folder.resolve("empty"), new byte[0]);
    Files.write(folder.resolve("z.bin"), content(70_000, 4));
    return folder;
  }

  @Test
  void singleFileGivesTheKnownHash() throws IOException {
    Path file = Files.write(temp.resolve("a.bin"), content(65_537, 0));

    Info info = MetainfoBuilder.of(file).pieceLength(32_768).build().info();

    assertEquals("87928721529980ee272f177be0526ff40d51121f", info.infoHash().toString());
    assertTrue(info.isSingleFile());
  }

  @Test
  void folderGivesTheKnownHashOnAnyFileSystem() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      for (Path root : List.of(temp, memory.getPath("/work"))) {
        Info info = MetainfoBuilder.of(folder(root)).pieceLength(32_768).build().info();

        assertEquals("f85cf605a7a0524d8679de3d017ce03a632f4552", info.infoHash().toString());
        assertEquals(4, info.files().size());
      }
    }
  }

  @Test
  void manyThreadsGiveTheSameAsOne() throws IOException {
    Path file = Files.write(temp.resolve("a.bin"), content(5_000_000, 3));

    Metainfo one = MetainfoBuilder.of(file).build(1, (hashed, total) -> {});
    Metainfo four = MetainfoBuilder.of(file).build(4, (hashed, total) -> {});

    assertArrayEquals(one.toBytes(), four.toBytes());
  }

  @Test
  void everythingThatIsSaidIsWritten() throws IOException {
    Path file = Files.write(temp.resolve("a.bin"), content(10, 0));
    Metainfo made =
        MetainfoBuilder.of(file)
            .trackers(
                List.of(List.of("http://a/announce", "http://b/announce"), List.of("udp://c:1/ä")))
            .webSeeds(List.of("http://x/a.bin"))
            .comment("for people")
            .isPrivate(true)
            .build();

    Metainfo read = Metainfo.parse(made.toBytes());

    assertEquals(made.trackers(), read.trackers());
    assertEquals(List.of("http://x/a.bin"), read.webSeeds());
    assertEquals(Optional.of("for people"), read.comment());
    assertTrue(read.info().isPrivate());
  }

  @Test
  void whatCannotBeDescribedIsNamed() throws IOException {
    Path empty = Files.write(temp.resolve("empty.bin"), new byte[0]);
    Path folder = Files.createDirectories(temp.resolve("folder"));

    assertMessage("empty.bin is empty", empty);
    assertMessage("folder holds no bytes", folder);
    assertMessage("does not exist", temp.resolve("nothing"));
  }

  @Test
  void linksAreFollowedAndThoseThatLeadNowhereAreNamed() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.write(outside.resolve("b"), content(10, 0));
    Path folder = Files.createDirectories(temp.resolve("folder"));
    Files.write(folder.resolve("a"), content(10, 0));
    Files.createSymbolicLink(folder.resolve("far"), outside);
    Files.createSymbolicLink(folder.resolve("near"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("gone"));
    Files.createSymbolicLink(folder.resolve("self"), Path.of("."));
    Files.createSymbolicLink(folder.resolve("itself"), Path.of("itself"));

    MetainfoBuilder builder = MetainfoBuilder.of(folder);
    Info info = builder.build().info();

    assertEquals(
        List.of("folder/a", "folder/far/b", "folder/near"),
        info.files().stream().map(FileEntry::pathText).toList());
    assertEquals(
        List.of("itself", "nowhere", "self"),
        builder.warnings().stream()
            .map(warning -> warning.replaceFirst(".*/(\\w+) is a symbolic link.*", "$1"))
            .sorted()
            .toList());
    assertEquals(folder.resolve("far/b"), builder.sources().get(1).path());
  }

  @Test
  void excludedFileIsNoPartOfTheTorrent() throws IOException {
    Path folder = folder(temp);

    Info info = MetainfoBuilder.of(folder).exclude(folder.resolve("z.bin")).build().info();

    assertEquals(3, info.files().size());
  }

  @Test
  void executableFilesAreMarked() throws IOException {
    assumeTrue(Files.getFileStore(temp).supportsFileAttributeView("posix"));
    Path folder = folder(temp);
    Files.setPosixFilePermissions(
        folder.resolve("a.txt"), PosixFilePermissions.fromString("rwxr-xr-x"));

    List<FileEntry> files = MetainfoBuilder.of(folder).build().info().files();

    assertTrue(files.get(0).isExecutable());
    assertFalse(files.get(1).isExecutable());
  }

  @Test
  void namesAreTheBytesOnDisk() throws IOException {
    assumeTrue(Path.of("/").getFileSystem().getSeparator().equals("/"));
    byte[] latin1 = {'f', (byte) 0xfc, '.', 't'};
    Path folder = Files.createDirectories(temp.resolve("folder"));
    Path file;
    try {
      file = Files.write(FileNames.child(folder, latin1), content(10, 0));
    } catch (IOException e) { // of macOS, where names are text
      file = folder;
    }
    assumeFalse(file.equals(folder));

    Info info = MetainfoBuilder.of(folder).build().info();

    assertEquals("folder/f_.t", info.files().get(0).pathText());
    assertArrayEquals(latin1, info.originalPath(0).orElseThrow().get(1));
  }

  @Test
  void lengthsNearAWrongPieceLengthAreNamed() {
    MetainfoException thrown =
        assertThrows(MetainfoException.class, () -> MetainfoBuilder.checkPieceLength(100_000));

    assertTrue(
        String.valueOf(thrown.getMessage()).contains("65536 or 131072"), thrown.getMessage());
  }

  private static void assertMessage(String part, Path path) {
    IOException thrown = assertThrows(IOException.class, () -> MetainfoBuilder.of(path).build());
    assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
  }

  @Test
  void interruptEndsTheHashing() throws IOException {
    Path file = Files.write(temp.resolve("a.bin"), content(1_000_000, 0));

    Thread.currentThread().interrupt();

    assertThrows(IOException.class, () -> MetainfoBuilder.of(file).build());
    assertTrue(Thread.interrupted());
  }

  @Test
  void interruptLeavesNoThreadBehind() throws IOException {
    Path file = Files.write(temp.resolve("a.bin"), content(20_000_000, 0));
    Set<Thread> hashing = ConcurrentHashMap.newKeySet();
    Thread builder = Thread.currentThread();

    assertThrows(
        IOException.class,
        () ->
            MetainfoBuilder.of(file)
                .pieceLength(16_384)
                .build(
                    2,
                    (hashed, total) -> {
                      hashing.add(Thread.currentThread());
                      builder.interrupt();
                    }));

    assertTrue(Thread.interrupted());
    assertTrue(hashing.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void fileThatChangesWhileItIsHashedIsNamed() throws IOException {
    Path file = Files.write(temp.resolve("a.bin"), content(100_000, 0));

    IOException rewritten =
        assertThrows(IOException.class, () -> buildWhile(file, () -> write(file, 100_000)));
    IOException grown =
        assertThrows(IOException.class, () -> buildWhile(file, () -> write(file, 200_000)));
    IOException gone =
        assertThrows(IOException.class, () -> buildWhile(file, () -> Files.deleteIfExists(file)));

    assertEquals(file + " has changed while it was hashed", rewritten.getMessage());
    assertEquals(file + " has changed while it was hashed", grown.getMessage());
    assertTrue(String.valueOf(gone.getMessage()).contains(file.toString()));
  }

  @Test
  void whatNoTorrentMayHaveIsFoundBeforeHashing() throws IOException {
    Path file = Files.write(temp.resolve("a.bin"), content(1, 0));

    for (int length : new int[] {-1, 1, 16_385, 128 << 20, 1 << 30}) {
      assertThrows(
          MetainfoException.class,
          () ->
              MetainfoBuilder.of(file)
                  .pieceLength(length)
                  .build(
                      1,
                      (hashed, total) -> {
                        throw new AssertionError("hashed");
                      }));
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  private static void write(Path file, int length) throws IOException {
    Files.write(file, content(length, 1));
    Files.setLastModifiedTime(file, FileTime.fromMillis(length));
  }

  private static void buildWhile(Path file, Change change) throws IOException {
    MetainfoBuilder.of(file)
        .build(
            1,
            (hashed, total) -> {
              try {
                change.make();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Test
  void pieceLengthGrowsWithTheContent() {
    assertEquals(16 << 10, MetainfoBuilder.pieceLengthFor(1));
    assertEquals(16 << 10, MetainfoBuilder.pieceLengthFor((32 << 20) - 1));
    assertEquals(1 << 20, MetainfoBuilder.pieceLengthFor(1L << 30));
    assertEquals(16 << 20, MetainfoBuilder.pieceLengthFor(1L << 40));
  }

  @Test
  void whatIsNoUrlIsRefusedBeforeAnythingIsRead() {
    MetainfoBuilder builder = MetainfoBuilder.of(temp.resolve("nothing"));

    for (String url : List.of("", "nonsense", "htp://t/", "http://t:99999/", "udp://t")) {
      builder.trackers(List.of(List.of("http://a/announce", url))).webSeeds(List.of());
      String message = assertThrows(MetainfoException.class, builder::build).getMessage();
      assertTrue(String.valueOf(message).startsWith("tracker '" + url + "': "), message);
    }
    builder.trackers(List.of()).webSeeds(List.of("udp://t:1"));
    String message = assertThrows(MetainfoException.class, builder::build).getMessage();
    assertTrue(String.valueOf(message).startsWith("web seed 'udp://t:1': "), message);
  }

  @Test
  void descriptionThatNobodyWouldReadIsNotMade(@TempDir Path folder) throws IOException {
    Path sparse = folder.resolve("large.bin");
    try (var channel =
        java.nio.channels.FileChannel.open(
            sparse,
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.WRITE,
            java.nio.file.StandardOpenOption.SPARSE)) {
      channel.write(java.nio.ByteBuffer.allocate(1), 60L << 30);
    }

    MetainfoException refused =
        assertThrows(
            MetainfoException.class,
            () -> MetainfoBuilder.of(sparse).pieceLength(16 << 10).build());

    assertTrue(String.valueOf(refused.getMessage()).contains("32768"), refused::getMessage);
  }
}
