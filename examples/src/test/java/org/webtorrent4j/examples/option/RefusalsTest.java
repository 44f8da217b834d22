package org.webtorrent4j.examples.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What cannot be is refused by a sentence that holds it. */
class RefusalsTest {
  @ParameterizedTest
  @ValueSource(strings = {"70000", "-1", "x", "", "65536", "1.5", "99999999999"})
  void portsAreFromZeroTo65535(String text) {
    assertRefused(new PortConverter(), text, "from 0 to 65535");
  }

  @Test
  void portsThatExistAreTaken() {
    assertEquals(0, new PortConverter().convert("0"));
    assertEquals(65535, new PortConverter().convert("65535"));
  }

  @ParameterizedTest
  @CsvSource({
    "3, take 16Ki (16384)",
    "1, take 16Ki",
    "16k, take 16Ki",
    "16385, take 16Ki (16384) or 32Ki (32768)",
    "100000, take 64Ki (65536) or 128Ki (131072)",
    "40Mi, take 32Mi (33554432) or 64Mi (67108864)",
    "128Mi, take 64Mi (67108864)",
    "1Gi, take 64Mi"
  })
  void pieceLengthsThatFitAreNamed(String text, String hint) {
    assertRefused(new PieceLengthConverter(), text, hint);
  }

  @Test
  void powersOfTwoArePieceLengths() {
    assertEquals(16384, new PieceLengthConverter().convert("16Ki"));
    assertEquals(64 << 20, new PieceLengthConverter().convert("64Mi"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "http://", "htp://t.example/announce", "http://t.example:99999/", ""})
  void trackersAreUrlsOfTrackers(String text) {
    assertRefused(new TrackerConverter(), text, "tracker");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "udp://t.example:1/", ""})
  void webSeedsAreUrlsOfServers(String text) {
    assertRefused(new WebSeedConverter(), text, "web seed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "http://x/",
        "x/y",
        "x:1",
        "x?y",
        "x#y",
        "u@x",
        "[::1]:80",
        "bücher.example"
      })
  void hostsAreNamesOrAddresses(String text) {
    assertRefused(new HostConverter(), text, "");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost",
    "tr_1.example, tr_1.example",
    "10.0.0.1, 10.0.0.1",
    "::1, [::1]",
    "[::1], [::1]",
    "xn--bcher-kva.example, xn--bcher-kva.example"
  })
  void hostsStandInUrls(String text, String host) {
    assertEquals(host, new HostConverter().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.org", "https://example.org/page", "ftp://example.org", "*"})
  void originsAreOfPages(String text) {
    assertRefused(new OriginConverter(), text, "origin");
  }

  @ParameterizedTest
  @CsvSource({
    "https://Example.org/, https://example.org",
    "https://example.org:443, https://example.org",
    "http://example.org:8080, http://example.org:8080"
  })
  void originsAreAsBrowsersTellThem(String text, String origin) {
    assertEquals(origin, new OriginConverter().convert(text));
  }

  @Test
  void emptyPathsAreAMistake() {
    assertRefused(new PathConverter(), "", "no path");
    assertRefused(new PathConverter(), "a\0b", "no path");
  }

  @Test
  void addressesAreOnesToListenAt() {
    assertRefused(new AddressConverter(), "", "no address");
    assertRefused(new AddressConverter(), "a b", "no address");
  }

  private static void assertRefused(ITypeConverter<?> converter, String text, String hint) {
    TypeConversionException refusal =
        assertThrows(TypeConversionException.class, () -> converter.convert(text));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("'" + text + "'"), message);
    assertTrue(message.contains(hint), message);
  }
}
