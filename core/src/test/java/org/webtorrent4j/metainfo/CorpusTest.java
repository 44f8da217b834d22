package org.webtorrent4j.metainfo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Torrent files of other programs are read, or refused, as a table says. */
class CorpusTest {
  /**
   * A name of four NULs, which libtorrent refuses, is usable once it is made safe; files of one
   * path are numbered in a time that does not grow with the square of their number.
   */
  private static final Set<String> ACCEPTED_HERE =
      Set.of("test_torrents/bad_name.torrent", "test_torrents/duplicate_files2.torrent");

  @TestFactory
  List<DynamicTest> bundledTorrentsAreAsExpected() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, String> row : Corpus.rows(Corpus.resource("EXPECT.tsv"))) {
      String name = cell(row, "#file");
      tests.add(dynamicTest(name, () -> check(row, Corpus.resource(name))));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> publicSamplesAreAsExpected() throws IOException {
    Path folder = externalOrSkip("bep");
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, String> row : Corpus.rows(Files.readAllBytes(folder.resolve("EXPECT.tsv")))) {
      Path file = folder.resolve(cell(row, "#file"));
      if (Files.exists(file)) {
        tests.add(dynamicTest(cell(row, "#file"), () -> check(row, Files.readAllBytes(file))));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> libtorrentsTorrentsAreAsExpected() throws IOException {
    Path folder = externalOrSkip("libtorrent");
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, String> row : Corpus.rows(Files.readAllBytes(folder.resolve("EXPECT.tsv")))) {
      Path file = folder.resolve(cell(row, "file"));
      if (file.toString().endsWith(".torrent")) {
        tests.add(dynamicTest(cell(row, "file"), () -> checkLibtorrent(row, file)));
      }
    }
    return tests;
  }

  private static void check(Map<String, String> row, byte[] bytes) throws IOException {
    if (cell(row, "verdict").equals("reject")) {
      assertThrows(MetainfoException.class, () -> Metainfo.parse(bytes));
      return;
    }
    Metainfo metainfo = Metainfo.parse(bytes);

    Info info = metainfo.info();
    List<FileEntry> files = info.files().stream().filter(file -> !file.isPadding()).toList();
    boolean isV1 = !cell(row, "v1").equals("-");
    assertEquals(isV1, info.isV1());
    assertEquals(cell(row, isV1 ? "v1" : "v2"), info.infoHash().toString());
    assertEquals(cell(row, "v2"), info.infoHashV2().map(InfoHash::toString).orElse("-"));
    assertEquals(cell(row, "name"), "'" + info.name() + "'");
    assertEquals(cell(row, "files"), "" + files.size());
    assertEquals(cell(row, "files_incl_pad"), "" + info.files().size());
    assertEquals(
        Long.parseLong(cell(row, "total")), files.stream().mapToLong(FileEntry::length).sum());
    assertEquals(Long.parseLong(cell(row, "total_incl_pad")), info.totalLength());
    assertEquals(cell(row, "piece_length"), "" + info.pieceLength());
    assertEquals(cell(row, "pieces"), "" + info.pieceCount());
    assertEquals(cell(row, "private").equals("1"), info.isPrivate());
    checkRoundTrip(metainfo);
  }

  private static void checkLibtorrent(Map<String, String> row, Path file) throws IOException {
    boolean isAccepted = cell(row, "expect").equals("ok");
    if (!isAccepted && !ACCEPTED_HERE.contains(cell(row, "file"))) {
      assertThrows(MetainfoException.class, () -> Metainfo.read(file));
      return;
    }
    Metainfo metainfo = Metainfo.read(file);

    Info info = metainfo.info();
    String facts = cell(row, "computed_facts");
    Optional<String> v2 = fact(facts, "sha256_info");
    assertEquals(fact(facts, "sha1_info").or(() -> v2).orElseThrow(), info.infoHash().toString());
    assertEquals(v2, info.infoHashV2().map(InfoHash::toString));
    checkPinned(cell(row, "pinned_by_test"), info.files());
    checkRoundTrip(metainfo);
  }

  /** File names and link targets that libtorrent's own tests look at. */
  private static void checkPinned(String pinned, List<FileEntry> files) {
    Matcher name = Pattern.compile("file(\\d)=([^;\\s]+)").matcher(pinned);
    while (name.find()) {
      FileEntry file = files.get(Integer.parseInt(name.group(1)));
      // padding is never stored, so libtorrent does not even put it into the torrent's folder
      List<String> path =
          file.isPadding() ? file.path().subList(1, file.path().size()) : file.path();
      assertEquals(name.group(2), String.join("/", path));
    }
    Matcher renamed = Pattern.compile("file(\\d)[^;]* renamed to ([^;\\s]+)").matcher(pinned);
    while (renamed.find()) {
      FileEntry file = files.get(Integer.parseInt(renamed.group(1)));
      assertEquals(renamed.group(2), file.pathText());
    }
    Matcher link = Pattern.compile("symlink\\[(\\d)\\]=([^;\\s]+)").matcher(pinned);
    while (link.find()) {
      FileEntry file = files.get(Integer.parseInt(link.group(1)));
      assertEquals(link.group(2), String.join("/", file.symlinkTarget().orElseThrow()));
    }
  }

  private static void checkRoundTrip(Metainfo metainfo) throws MetainfoException {
    byte[] written = metainfo.toBytes();
    Metainfo again = Metainfo.parse(written);
    assertEquals(metainfo.info(), again.info());
    assertEquals(metainfo.trackers(), again.trackers());
    assertEquals(metainfo.webSeeds(), again.webSeeds());
    assertArrayEquals(written, again.toBytes());
    MagnetUri magnet = MagnetUri.parse(metainfo.magnet().toString());
    assertEquals(metainfo.magnet(), magnet);
    assertEquals(metainfo.info().infoHash().truncated(), magnet.swarmHash());
  }

  private static Optional<String> fact(String facts, String name) {
    Matcher fact = Pattern.compile(name + "=([0-9a-f]+)").matcher(facts);
    return fact.find() ? Optional.of(fact.group(1)) : Optional.empty();
  }

  private static Path externalOrSkip(String folder) {
    Optional<Path> found = Corpus.external(folder);
    Assumptions.assumeTrue(found.isPresent(), "no corpus beside the repository");
    return found.orElseThrow();
  }

  private static String cell(Map<String, String> row, String name) {
    return Objects.requireNonNull(row.get(name), name);
  }
}
