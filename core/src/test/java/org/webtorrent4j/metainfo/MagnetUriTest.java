package org.webtorrent4j.metainfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagnetUriTest {
  private static final String H = "08ada5a7a6183aae1e09d831df6748d566095a10";
  private static final String BASE32 = "BCW2LJ5GDA5K4HQJ3AY56Z2I2VTASWQQ";
  private static final String V2 =
      "128dbee2be02e5a48ce5a8579d94f9a5bab4f5202138cfa489ff9167af38ed09";

  private static MagnetUri parse(String parameters) throws MetainfoException {
    return MagnetUri.parse("magnet:?xt=urn:btih:" + H + parameters);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "magnet:?xt=urn:btih:" + H,
        "magnet:?xt=urn:btih:08ADA5A7A6183AAE1E09D831DF6748D566095A10",
        "magnet:?xt=urn:btih:" + BASE32,
        "magnet:?xt=urn:btih:bcw2lj5gda5k4hqj3ay56z2i2vtaswqq",
        "MAGNET:?xt=URN:BTIH:" + H,
        "stream-magnet:?xt=urn:btih:" + H,
        "magnet:?xt=urn%3Abtih%3A" + H,
        "magnet:?xt=urn:btih:08ada5a7a6183aae1e09d831df6748d566095a1%30",
        "magnet:?foo=bar&XT=urn:btih:" + H,
        "magnet:?xt=urn:ed2k:a0a9&xt=urn:btih:" + H,
        "magnet:?xt=urn:btmh:1114" + H + "&xt=urn:btih:" + H,
        "magnet:?xt=urn:btih:" + H + "&amp;dn=foo",
        H,
        BASE32,
        "  " + H + "\n",
      })
  void hashIsFoundInAnyForm(String text) throws MetainfoException {
    assertEquals(Optional.of(InfoHash.ofHex(H)), MagnetUri.parse(text).infoHash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "magnet:?",
        "magnet:?dn=foo&dht=127.0.0.1:43",
        "magnet:?xt=urn:sha1:abc",
        "magnet:?xt=urn:btih:08ada5a7a6183aae1e09d831df6748d566095a1",
        "magnet:?xt=urn:btih:" + H + "00",
        "magnet:?xt=urn:btih:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "magnet:?xt=urn:btih:abababab",
        "magnet:?xt=urn:btmh:1114" + H,
        "magnet:?xt=urn:btmh:1221" + V2,
        "magnet:?xt=urn%%3A",
        "http://example.com/",
      })
  void linkWithoutUsableHashIsRefused(String text) {
    MetainfoException refused = assertThrows(MetainfoException.class, () -> MagnetUri.parse(text));

    assertTrue(!String.valueOf(refused.getMessage()).isBlank());
  }

  @Test
  void hybridHasBothHashes() throws MetainfoException {
    MagnetUri numbered = MagnetUri.parse("magnet:?xt.1=urn:btih:" + H + "&xt.2=urn:btmh:1220" + V2);
    MagnetUri v2Only = MagnetUri.parse("magnet:?xt=urn:btmh:1220" + V2);

    assertEquals(Optional.of(InfoHash.ofHex(H)), numbered.infoHash());
    assertEquals(Optional.of(InfoHash.ofHex(V2)), numbered.infoHashV2());
    assertEquals(Optional.empty(), v2Only.infoHash());
    assertEquals(V2.substring(0, 40), v2Only.swarmHash().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "Leaves+of+Grass+by+Walt+Whitman.epub, Leaves of Grass by Walt Whitman.epub",
    "a%2Bb%20c%26d, a+b c&d",
    "%E4%B8%AD%E6%96%87, 中文",
    "Ubuntu+11.04+%28Final%29, Ubuntu 11.04 (Final)",
  })
  void nameIsDecoded(String raw, String name) throws MetainfoException {
    assertEquals(Optional.of(name), parse("&dn=" + raw).displayName());
  }

  @ParameterizedTest
  @CsvSource({
    "&tr=udp%3A%2F%2Ft.example%3A80&tr=wss%3A%2F%2Ft.example, udp://t.example:80 wss://t.example",
    "&tr.1=http%3A%2F%2Fa%2Fannounce&tr.2=http%3A%2F%2Fb%2Fx, http://a/announce http://b/x",
    "&tr=http://a.example/announce?x=1, http://a.example/announce?x=1",
    "&tr=http://1&tr=http://2&tr=http://3&tr=http://3, http://1 http://2 http://3",
    "&tr.a=udp://1&tr.1=http://2, http://2",
    "&tr=http://a+b, http://a+b",
    "&tr=ftp://1&tr=magnet:x&tr=httpabc&tr=HTTP://2, HTTP://2",
    "&tr=&tr=udp%3A%2F%2Ft%xx, ''",
    "&tr=udp:x&tr=http:y, ''",
  })
  void usableTrackersAreKept(String parameters, String trackers) throws MetainfoException {
    assertEquals(trackers, String.join(" ", parse(parameters).trackers()));
  }

  @Test
  void sourcesAndPeersAreKept() throws MetainfoException {
    MagnetUri magnet =
        parse(
            "&ws=https%3A%2F%2Fwebtorrent.io%2Ftorrents%2F&as=http%3A%2F%2Fx%2Ff"
                + "&xs=https%3A%2F%2Fx%2Fa.torrent&xl=123&x.pe=123.213.32.10:47450"
                + "&x.pe=[2001:db8::2]:55013&x.pe=host.example:6881&x.pe=bad&x.pe=a:0&x.pe=b:99999"
                + "&x.pe=<invalid>:100");

    assertEquals(List.of("https://webtorrent.io/torrents/", "http://x/f"), magnet.webSeeds());
    assertEquals(List.of("https://x/a.torrent"), magnet.exactSources());
    assertEquals(OptionalLong.of(123), magnet.exactLength());
    assertEquals(
        List.of(
            InetSocketAddress.createUnresolved("123.213.32.10", 47450),
            InetSocketAddress.createUnresolved("2001:db8::2", 55013),
            InetSocketAddress.createUnresolved("host.example", 6881)),
        magnet.peers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,2,4,6-8 | 0 2 4 6 7 8",
        "0%2C2%2C4%2C6-8 | 0 2 4 6 7 8",
        "a,3-1,5,-2,7- | 5",
        "0,2-4,3-5 | 0 2 3 4 5",
        "0-4000000000 | ''",
        "99-1,3 | 3",
        "100000000,10 | 10",
        ",,1 | 1",
      })
  void selectionIsReadWithinLimits(String raw, String indices) throws MetainfoException {
    String found =
        String.join(
            " ", parse("&so=" + raw).selectedFiles().stream().map(String::valueOf).toList());

    assertEquals(indices, found);
  }

  @Test
  void selectionThatRepeatsItselfCostsLittle() throws MetainfoException {
    // If each of the ranges were spelled out, this would take five billion steps.
    String repeated = "&so=" + "0-100000,".repeat(50_000);

    assertEquals(100_001, parse(repeated).selectedFiles().size());
  }

  @Test
  void hugeLinksAreRefused() {
    assertThrows(MetainfoException.class, () -> parse("&dn=" + "x".repeat(1 << 20)));
  }

  @Test
  void whatIsWrittenCanBeReadAgain() throws MetainfoException {
    MagnetUri magnet =
        new MagnetUri(
            Optional.of(InfoHash.ofHex(H)),
            Optional.of(InfoHash.ofHex(V2)),
            Optional.of("a+b c&d ü"),
            List.of("wss://tracker.example", "udp://t:1"),
            List.of("http://x/a b"),
            List.of("https://x/t.torrent"),
            List.of(InetSocketAddress.createUnresolved("::1", 5)),
            new TreeSet<>(List.of(0, 2, 4, 6, 7, 8)),
            OptionalLong.of(7));

    String text = magnet.toString();

    assertTrue(
        text.startsWith("magnet:?xt=urn:btih:" + H + "&xt=urn:btmh:1220" + V2 + "&dn=a%2Bb"));
    assertTrue(text.contains("&x.pe=[::1]:5&so=0,2,4,6-8"), text);
    assertEquals(magnet, MagnetUri.parse(text));
  }

  @Property(tries = 2000)
  void strangeTextIsRefusedInOrder(@ForAll String text) {
    for (String candidate : new String[] {text, "magnet:?" + text, "magnet:?xt=urn:btih:" + text}) {
      try {
        MagnetUri.parse(candidate);
      } catch (MetainfoException expected) {
        assertTrue(expected.getMessage() != null);
      }
    }
  }
}
