package org.webtorrent4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.InfoHash;

/** The examples of BEP 6 and some made with another implementation. */
class AllowedFastTest {
  private static final InfoHash AA = InfoHash.ofHex("aa".repeat(20));
  private static final InfoHash HASH = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");

  @Test
  void setsAreThoseOfTheSpecification() {
    InetAddress address = address("500404c8"); // 80.4.4.200

    assertArrayEquals(
        new int[] {1059, 431, 808, 1217, 287, 376, 1188}, AllowedFast.pieces(address, AA, 1313, 7));
    assertArrayEquals(
        new int[] {1059, 431, 808, 1217, 287, 376, 1188, 353, 508, 1246},
        AllowedFast.pieces(address, AA, 1313, 10));
  }

  @Test
  void setsAreThoseOfOthers() {
    assertArrayEquals(
        new int[] {343, 103, 31, 448, 554, 427, 787, 907, 845, 47},
        AllowedFast.pieces(address("7bd5200a"), HASH, 987, 10));
  }

  @Test
  void tinyTorrentIsAllowedWhole() {
    InetAddress address = address("7bd5200a");

    assertArrayEquals(new int[] {4, 1, 3, 0, 2}, AllowedFast.pieces(address, HASH, 5, 10));
    assertArrayEquals(new int[] {0}, AllowedFast.pieces(address, HASH, 1, 10));
    assertEquals(0, AllowedFast.pieces(address, HASH, 5, 0).length);
  }

  @Test
  void hostsOfOneNetworkGetTheSameSet() {
    int[] one = AllowedFast.pieces(address("20010db8000100020000000000000001"), HASH, 987, 10);
    int[] same = AllowedFast.pieces(address("20010db80001000200ff000000000002"), HASH, 987, 10);
    int[] other = AllowedFast.pieces(address("20010db8000100030000000000000001"), HASH, 987, 10);

    assertArrayEquals(one, same);
    assertFalse(Arrays.equals(one, other));
  }

  private static InetAddress address(String hex) {
    try {
      return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
