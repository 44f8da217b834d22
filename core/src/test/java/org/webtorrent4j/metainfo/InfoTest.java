package org.webtorrent4j.metainfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfoTest {
  private static final String HASH = "h".repeat(20);
  private static final String ROOT = "r".repeat(32);
  private static final String ONE_HASH = "6:pieces20:" + HASH;

  @ParameterizedTest
  @CsvSource({
    "6:lengthi1e4:name1:a12:piece lengthi16384e, e6e723a23c728aa215d646474354d4d322e02b81",
    "4:name1:a6:lengthi1e12:piece lengthi16384e, 3ea58d0a00c3410a00a6ee19417194ac6f29d736",
    "6:lengthi01e4:name1:a12:piece lengthi16384e, 43ad3c4ba0072947e511302974737d0f00ddac1d"
  })
  void infoHashIsThatOfTheBytesAsTheyStand(String keys, String hash) throws Exception {
    Info info =
        info(
            "d"
                + keys
                + "6:pieces20:\u0011\u00f6\u00ad\u008e\u00c5*)\u0084\u00ab\u00aa\u00fd|;Qe\u0003x\\ re");

    assertEquals(hash, info.infoHash().toString());
    assertEquals(Optional.empty(), info.infoHashV2());
    assertTrue(info.matches(0, info.pieceHash(0)));
    assertFalse(info.matches(0, new byte[20]));
    assertThrows(IndexOutOfBoundsException.class, () -> info.pieceHash(1));
  }

  @Test
  void v2TorrentHasNoV1Pieces() throws Exception {
    Info info = v2("1:ad0:d6:lengthi1e11:pieces root32:" + ROOT + "ee");

    assertFalse(info.isV1());
    assertTrue(info.infoHash().isV2());
    assertEquals(Optional.of(info.infoHash()), info.infoHashV2());
    assertThrows(IllegalStateException.class, () -> info.pieceHash(0));
  }

  @Test
  void v2FilesEachBeginAPiece() throws Exception {
    String leaf = "d0:d6:lengthi16385e11:pieces root32:" + ROOT + "ee";
    Info info = v2("1:bd1:c" + leaf + "1:dd0:d6:lengthi0eeee1:c" + leaf);

    assertEquals(4, info.pieceCount());
    assertEquals(32770, info.totalLength());
    assertEquals(List.of("a/b/c", "a/b/d", "a/c"), paths(info));
    assertFalse(info.isSingleFile());
  }

  @Test
  void soleV2FileNamedLikeTheTorrentIsASingleFile() throws Exception {
    String leaf = "d0:d6:lengthi5e11:pieces root32:" + ROOT + "ee";

    assertTrue(v2("1:a" + leaf).isSingleFile());
    assertEquals(List.of("a"), paths(v2("1:a" + leaf)));
    assertEquals(List.of("a/b"), paths(v2("1:b" + leaf)));
  }

  @Test
  void paddingOfBitCometFillsAPiece() throws Exception {
    Info info = multi(file(5, "x") + file(16_379, "_____padding_file_0_if you see this"));

    assertEquals(List.of(false, true), info.files().stream().map(FileEntry::isPadding).toList());
  }

  @Test
  void namesThatWereNotSafeAreKeptAsTheyAre() throws Exception {
    Info info = multi(file(1, "README") + file(1, "readme") + file(1, "b\\c"));

    assertEquals(List.of("t/README", "t/readme.1", "t/bc"), paths(info));
    assertTrue(info.originalPath(0).isEmpty());
    assertEquals(List.of("t", "readme"), original(info, 1));
    assertEquals(List.of("t", "b\\c"), original(info, 2));
  }

  private static List<String> original(Info info, int file) {
    return info.originalPath(file).orElseThrow().stream()
        .map(name -> new String(name, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void filesFollowEachOther() throws Exception {
    Info info =
        multi(
            file(5, "x")
                + "d4:attr2:xh6:lengthi0e4:pathl1:dee"
                + "d4:attr1:p6:lengthi3ee"
                + file(2, "_____padding_file_0_x")
                + file(1, "y"));

    assertEquals(List.of("t/x", "t/d", "t/.pad/3", "t/_____padding_file_0_x", "t/y"), paths(info));
    assertEquals(
        List.of(0L, 5L, 5L, 8L, 10L), info.files().stream().map(FileEntry::offset).toList());
    assertEquals(
        List.of(false, false, true, false, false),
        info.files().stream().map(FileEntry::isPadding).toList());
    assertTrue(info.files().get(1).isExecutable() && info.files().get(1).isHidden());
    assertEquals(11, info.totalLength());
  }

  @Test
  void utf8NamesArePreferred() throws Exception {
    Info info =
        info(
            "d5:filesld6:lengthi1e4:pathl1:xe10:path.utf-8l1:yeee4:name1:t10:name.utf-81:u"
                + "12:piece lengthi1e"
                + ONE_HASH
                + "e");

    assertEquals(List.of("u/y"), paths(info));
  }

  @Test
  void nameWithoutAnythingUsableBecomesTheInfoHash() throws Exception {
    Info info = info("d6:lengthi1e4:name2:..12:piece lengthi16384e" + ONE_HASH + "e");

    assertEquals(info.infoHash().toString(), info.name());
    assertEquals(List.of(info.name()), info.files().get(0).path());
  }

  @Test
  void linksStayInsideTheTorrent() throws Exception {
    Info info =
        multi(
            file(1, "f")
                + link("a", "1:f")
                + link("b", "4:nope")
                + link("c", "2:..1:f")
                + link("d", "1:e")
                + link("e", "1:d")
                + link("g", "1:a")
                + "d4:attr1:l4:pathl1:s1:xe12:symlink pathl1:yee"
                + "d6:lengthi0e4:pathl1:s1:yee"
                + link("h", "1:i1:y")
                + link("i", "1:s"));

    List<String> targets =
        info.files().stream()
            .map(file -> file.symlinkTarget().map(path -> String.join("/", path)).orElse("-"))
            .toList();
    assertEquals(
        List.of("-", "t/f", "-", "-", "-", "-", "t/a", "t/s/y", "-", "t/i/y", "t/s"), targets);
  }

  @Test
  void hybridsHaveBothHashes() throws Exception {
    Info info = hybrid(file(1, "x") + pad(16383) + file(2, "y"), leaf("x", 1) + leaf("y", 2));

    assertTrue(info.isV1());
    assertEquals(20, info.infoHash().length());
    assertEquals(32, info.infoHashV2().orElseThrow().length());
    assertEquals(2, info.pieceCount());
  }

  @Test
  void hybridsWhoseHalvesDifferAreRefused() {
    String tree = leaf("x", 1) + leaf("y", 2);

    assertRefused("begin a piece", () -> hybrid(file(16385, "x") + file(2, "y"), tree));
    assertRefused("differ", () -> hybrid(file(1, "x") + pad(16383) + file(3, "y"), tree));
    assertRefused("differ", () -> hybrid(file(1, "x") + pad(16383) + file(2, "z"), tree));
    assertRefused("differ", () -> hybrid(file(1, "x") + pad(16384), tree));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no name | 6:lengthi1e12:piece lengthi1e",
        "no name | 6:lengthi1e4:namei1e12:piece lengthi1e",
        "a piece length of 0 | 6:lengthi1e4:name1:a",
        "a piece length of 0 | 6:lengthi1e4:name1:a12:piece length1:1",
        "a piece length of -1 | 6:lengthi1e4:name1:a12:piece lengthi-1e",
        "a piece length of 536854529 | 6:lengthi1e4:name1:a12:piece lengthi536854529e",
        "a file of -1 bytes | 6:lengthi-1e4:name1:a12:piece lengthi1e",
        "a file of 281474976710657 bytes | 6:lengthi281474976710657e4:name1:a12:piece lengthi1e",
        "no content | 6:lengthi0e4:name1:a12:piece lengthi1e",
        "2097153 pieces | 6:lengthi2097153e4:name1:a12:piece lengthi1e",
        "20 bytes of piece hashes for 2 pieces | 6:lengthi2e4:name1:a12:piece lengthi1e",
        "both length and files | 5:filesle6:lengthi1e4:name1:a12:piece lengthi1e",
        "no length and no files | 4:name1:a12:piece lengthi1e",
        "no files | 5:filesle4:name1:a12:piece lengthi1e",
        "files is not a list | 5:filesi1e4:name1:a12:piece lengthi1e",
        "a file is not a dictionary | 5:filesli1ee4:name1:a12:piece lengthi1e",
        "without a path | 5:filesld6:lengthi1eee4:name1:a12:piece lengthi1e",
        "an empty path | 5:filesld6:lengthi1e4:pathleee4:name1:a12:piece lengthi1e",
        "not a string | 5:filesld6:lengthi1e4:pathli1eeee4:name1:a12:piece lengthi1e",
        "without a length | 5:filesld4:pathl1:aeee4:name1:a12:piece lengthi1e",
        "meta version 3 | 12:meta versioni3e4:name1:a12:piece lengthi1e",
        "no file tree | 12:meta versioni2e4:name1:a12:piece lengthi16384e",
        "a piece length of 16385 | 12:meta versioni2e4:name1:a12:piece lengthi16385e",
        "a piece length of 8192 | 12:meta versioni2e4:name1:a12:piece lengthi8192e",
        "an SSL torrent | 6:lengthi1e4:name1:a12:piece lengthi1e8:ssl-cert1:x",
      })
  void faultsAreNamed(String fault, String keys) {
    // The hashes go where the keys stay sorted, which v2 demands.
    String text =
        keys.contains("8:ssl-cert")
            ? keys.replace("8:ssl-cert", ONE_HASH + "8:ssl-cert")
            : keys + (keys.contains("12:meta") ? "" : ONE_HASH);

    assertRefused(fault, () -> info("d" + text + "e"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty name | 0:d6:lengthi1ee",
        "a folder too | 1:ad0:d6:lengthi0ee1:bdee",
        "not a dictionary | 1:ai1e",
        "not a dictionary | 1:ad0:i1ee",
        "without its root | 1:ad0:d6:lengthi1eee",
        "a root that is no hash | 1:ad0:d6:lengthi1e11:pieces root31:{31}ee",
        "a padding file | 1:ad0:d4:attr1:p6:lengthi0eee",
        "no files | ",
        "no files | 1:ade",
        "no content | 1:ad0:d6:lengthi0eee",
        "unsorted | 1:bd0:d6:lengthi0eee1:ad0:d6:lengthi0eee",
        "duplicate | 1:ad0:d6:lengthi0eee1:ad0:d6:lengthi0eee"
      })
  void faultsOfV2TreesAreNamed(String fault, String tree) {
    String given = tree == null ? "" : tree.replace("{31}", "r".repeat(31));

    assertRefused(fault, () -> v2(given));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "le", "i1e", "d", "d1:ae"})
  void whatIsNoDictionaryIsRefused(String bytes) {
    assertRefused("info dictionary", () -> info(bytes));
  }

  @Test
  void bytesBehindTheDictionaryAreRefused() {
    assertRefused(
        "bytes after",
        () -> info("d6:lengthi1e4:name1:a12:piece lengthi16384e" + ONE_HASH + "e\n"));
  }

  @Test
  void pathsAreNotDeep() throws Exception {
    multi(file(1, "x".repeat(50).split("")));

    assertRefused("more than 100 elements", () -> multi(file(1, "x".repeat(200).split(""))));
  }

  @Test
  void bytesAreKept() throws Exception {
    byte[] bytes = bytes("d6:lengthi1e4:name1:a12:piece lengthi16384e" + ONE_HASH + "6:source1:xe");
    Info info = Info.parse(bytes);

    assertArrayEquals(bytes, info.bytes());
    assertEquals(bytes.length, info.buffer().remaining());
    assertTrue(info.buffer().isReadOnly());
    bytes[0] = 0;
    assertEquals('d', info.bytes()[0]);
  }

  private static String file(long length, String... path) {
    StringBuilder elements = new StringBuilder();
    for (String element : path) {
      elements.append(element.length()).append(':').append(element);
    }
    return "d6:lengthi" + length + "e4:pathl" + elements + "ee";
  }

  private static String pad(long length) {
    return "d4:attr1:p6:lengthi" + length + "e4:pathl4:.pad1:1ee";
  }

  private static String link(String name, String target) {
    return "d4:attr1:l4:pathl1:" + name + "e12:symlink pathl" + target + "ee";
  }

  private static String leaf(String name, long length) {
    return "1:" + name + "d0:d6:lengthi" + length + "e11:pieces root32:" + ROOT + "ee";
  }

  private static Info multi(String files) throws MetainfoException {
    return info("d5:filesl" + files + "e4:name1:t12:piece lengthi16384e" + ONE_HASH + "e");
  }

  private static Info v2(String tree) throws MetainfoException {
    return info("d9:file treed" + tree + "e12:meta versioni2e4:name1:a12:piece lengthi16384ee");
  }

  private static Info hybrid(String files, String tree) throws MetainfoException {
    return info(
        "d9:file treed"
            + tree
            + "e5:filesl"
            + files
            + "e12:meta versioni2e4:name1:t12:piece lengthi16384e6:pieces40:"
            + HASH
            + HASH
            + "e");
  }

  private static List<String> paths(Info info) {
    return info.files().stream().map(FileEntry::pathText).toList();
  }

  private static Info info(String latin1) throws MetainfoException {
    return Info.parse(bytes(latin1));
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  private static void assertRefused(String fault, Executable parse) {
    String message = String.valueOf(assertThrows(MetainfoException.class, parse).getMessage());
    assertTrue(message.contains(fault), message);
  }
}
