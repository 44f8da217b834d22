package org.webtorrent4j.metainfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetainfoTest {
  private static final String INFO =
      "4:infod6:lengthi1e4:name1:a12:piece lengthi16384e6:pieces20:hhhhhhhhhhhhhhhhhhhhe";

  @ParameterizedTest
  @CsvSource({
    "'8:announce8:http://a', '[[http://a]]'",
    "'8:announce10:\t http://a', '[[http://a]]'",
    "'8:announce8:http://a13:announce-listll5:udp:b5:udp:cel5:udp:dee',"
        + "'[[udp:b, udp:c], [udp:d]]'",
    "'8:announce8:http://a13:announce-listle', '[[http://a]]'",
    "'8:announce8:http://a13:announce-listllel0:ee', '[[http://a]]'",
    "'8:announce8:http://a13:announce-listi1e', '[[http://a]]'",
    "'13:announce-listl5:udp:b5:udp:ce', '[[udp:b], [udp:c]]'",
    "'13:announce-listli1el5:udp:bi2ee5:udp:ce', '[[udp:b], [udp:c]]'",
    "'13:announce-listll5:udp:b6: udp:bel5:udp:bee', '[[udp:b]]'",
    "'8:announcei1e', '[]'",
    "'', '[]'"
  })
  void trackersComeInTiers(String keys, String tiers) throws Exception {
    assertEquals(tiers, parse(keys + INFO).trackers().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'8:url-list8:http://a', '[http://a]'",
    "'8:url-list0:', '[]'",
    "'8:url-listl8:http://a0:i1e8:http://b8:http://ae', '[http://a, http://b]'",
    "'8:url-list10:http://a b', '[http://a%20b]'",
    "'8:url-listi1e', '[]'",
    "'', '[]'"
  })
  void webSeedsAreOneOrMany(String keys, String urls) throws Exception {
    assertEquals(urls, parse(INFO + keys).webSeeds().toString());
  }

  @Test
  void textsAreRead() throws Exception {
    Metainfo metainfo =
        parse("7:comment1:x13:comment.utf-81:y10:created by1:z13:creation datei1234567e" + INFO);

    assertEquals(Optional.of("y"), metainfo.comment());
    assertEquals(Optional.of("z"), metainfo.createdBy());
    assertEquals(Optional.of(Instant.ofEpochSecond(1234567)), metainfo.creationDate());
  }

  @ParameterizedTest
  @CsvSource({"i-1e", "i9223372036854775807e", "1:x"})
  void nonsensicalDatesAreLeftOut(String date) throws Exception {
    assertEquals(Optional.empty(), parse("13:creation date" + date + INFO).creationDate());
  }

  @Test
  void onlyTheInfoDictionaryMakesATorrentPrivate() throws Exception {
    assertEquals(false, parse(INFO + "7:privatei1e").info().isPrivate());
  }

  @Test
  void trailingBytesAreTolerated() throws Exception {
    assertEquals("a", Metainfo.parse(bytes("d" + INFO + "e\r\n\0")).info().name());
  }

  @Test
  void theInfoDictionaryIsWrittenAsItWasRead() throws Exception {
    byte[] unsorted =
        HexFormat.of()
            .parseHex(
                "64343a696e666f64343a6e616d65313a61363a6c656e67746869316531323a7069656365206c656e"
                    + "67746869313633383465363a70696563657332303a11f6ad8ec52a2984abaafd7c3b51650378"
                    + "5c20726565");

    Metainfo metainfo = Metainfo.parse(unsorted);

    assertEquals("3ea58d0a00c3410a00a6ee19417194ac6f29d736", metainfo.info().infoHash().toString());
    assertEquals(new String(unsorted, ISO_8859_1), new String(metainfo.toBytes(), ISO_8859_1));
  }

  @Test
  void unknownKeyInTheInfoDictionaryCountsForTheHash() throws Exception {
    byte[] file = bytes("d" + INFO + "e");

    assertEquals(Metainfo.parse(file).info(), Info.parse(Metainfo.parse(file).info().bytes()));
    String withKey = INFO.substring(0, INFO.length() - 1) + "2:\u00ff\u00fei7ee";
    assertTrue(!parse(withKey).info().equals(Metainfo.parse(file).info()));
  }

  @Test
  void v2FileOfTheSpecIsRead() throws Exception {
    byte[] file =
        HexFormat.of()
            .parseHex(
                "64343a696e666f64393a66696c65207472656564313a6164303a64363a6c656e6774686931653131"
                    + "3a70696563657320726f6f7433323a2d711642b726b04401627ca9fbac32f5c8530fb1903cc4"
                    + "db02258717921a488165656531323a6d6574612076657273696f6e693265343a6e616d65313a"
                    + "6131323a7069656365206c656e677468693136333834656531323a7069656365206c61796572"
                    + "73646565");

    Metainfo metainfo = Metainfo.parse(file);

    assertEquals(
        "db556b8765e6ca103fcb128372b5d8a5c81209915c24e61a30c6abf8472a05b7",
        metainfo.info().infoHash().toString());
    assertEquals(new String(file, ISO_8859_1), new String(metainfo.toBytes(), ISO_8859_1));
  }

  @Test
  void wrongPieceLayersAreRefused() throws Exception {
    String good =
        new String(Corpus.resource("generated/gen-v2-200000-pl32768.torrent"), ISO_8859_1);
    Metainfo.parse(bytes(good));
    int layers = good.indexOf("12:piece layers") + 16;
    String key = good.substring(layers, layers + 35);

    String head = good.substring(0, layers);
    String tail = good.substring(layers + key.length());

    assertRefused(head + "32:" + "x".repeat(32) + tail, "belongs to no file");
    assertRefused(good.substring(0, good.length() - 3) + "?ee", "does not hash");
    assertRefused(head + key + "0:ee", "wrong size");
    assertRefused(head + key + "223:" + "x".repeat(223) + "ee", "wrong size");
    assertRefused(good.substring(0, layers - 1) + "lee", "not a dictionary");
    assertRefused(good.substring(0, layers) + key + "i1eee", "wrong size");
    String layer = good.substring(layers, good.length() - 2);
    assertRefused(good.substring(0, layers) + layer + layer + "ee", "belongs to no file");
    Metainfo.parse(bytes(good.substring(0, layers) + "ee"));
  }

  @Test
  void hybridMagnetHasBothHashes() throws Exception {
    Metainfo metainfo = Metainfo.parse(Corpus.resource("generated/gen-hybrid-dir-tailpad.torrent"));

    assertEquals(
        "magnet:?xt=urn:btih:7de92e7ec9fd697e0adf145554e6bcad128f7785&xt=urn:btmh:1220"
            + "8e7a26bd69317daf7ab1381ddccf9609539ad28510b49b4917591523abbe2593&dn=hyb",
        metainfo.magnet().toString());
  }

  @Test
  void magnetHasTrackersAndWebSeeds() throws Exception {
    Metainfo metainfo =
        Metainfo.of(
            parse(INFO).info(),
            List.of(List.of("udp://b:1", "udp://c:1"), List.of("wss://d")),
            List.of("http://w"));

    assertEquals(List.of("udp://b:1", "udp://c:1", "wss://d"), metainfo.magnet().trackers());
    assertEquals(List.of("http://w"), metainfo.magnet().webSeeds());
  }

  @Test
  void filesAreWrittenAndRead() throws Exception {
    try (FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = fileSystem.getPath("x.torrent");
      Metainfo metainfo = parse("8:announce8:http://a" + INFO);

      metainfo.write(file);

      assertEquals(metainfo.trackers(), Metainfo.read(file).trackers());
      assertEquals(metainfo.info(), Metainfo.read(file).info());
    }
  }

  @Test
  void faultsNameTheFile() throws Exception {
    try (FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix())) {
      Path bad = Files.write(fileSystem.getPath("bad.torrent"), bytes("i1e"));
      Path huge = Files.write(fileSystem.getPath("huge.torrent"), new byte[Info.MAX_BYTES + 1]);

      assertEquals(
          "bad.torrent: not a torrent file: not a dictionary at offset 0",
          assertThrows(MetainfoException.class, () -> Metainfo.read(bad)).getMessage());
      assertEquals(
          "huge.torrent: larger than 67108864 bytes",
          assertThrows(MetainfoException.class, () -> Metainfo.read(huge)).getMessage());
      assertThrows(
          NoSuchFileException.class, () -> Metainfo.read(fileSystem.getPath("none.torrent")));
    }
  }

  private static Metainfo parse(String keys) throws MetainfoException {
    return Metainfo.parse(bytes("d" + keys + "e"));
  }

  private static void assertRefused(String file, String fault) {
    String message =
        String.valueOf(
            assertThrows(MetainfoException.class, () -> Metainfo.parse(bytes(file))).getMessage());
    assertTrue(message.contains(fault), message);
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }
}
