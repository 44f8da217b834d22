package org.webtorrent4j.tracker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceRequest;

class HttpTrackerUrlTest {
  private static final String HASH = "%08%AD%A5%A7%A6%18%3A%AE%1E%09%D81%DFgH%D5f%09Z%10";

  private static HttpTrackerUrl url(String text) {
    return HttpTrackerUrl.of(Url.parse(text));
  }

  @Test
  void announceCarriesEverythingBehindTheGivenQuery() {
    AnnounceRequest request = HttpTrackerFixture.request(AnnounceEvent.STARTED);

    assertEquals(
        "http://t/announce?key2=a%20b&info_hash="
            + HASH
            + "&peer_id=-XX0001-abcdefghijkl&port=6881&uploaded=200&downloaded=100&left=65537"
            + "&event=started&numwant=50&key=DEADBEEF&compact=1&no_peer_id=1&supportcrypto=1",
        url("http://t/announce?key2=a%20b").announce(request, Optional.empty()).toString());
  }

  @Test
  void stoppedWantsNoPeersAndTheTrackerIdIsEchoed() {
    AnnounceRequest request = HttpTrackerFixture.request(AnnounceEvent.STOPPED);

    String text = url("http://t/x").announce(request, Optional.of("x/\u00e9")).toString();

    assertTrue(text.startsWith("http://t/x?info_hash="), text);
    assertTrue(text.contains("&event=stopped&numwant=0&"), text);
    assertTrue(text.endsWith("&trackerid=x%2F%E9"), text);
  }

  @Test
  void regularAnnounceHasNoEvent() {
    AnnounceRequest request = HttpTrackerFixture.request(AnnounceEvent.NONE);

    String text = url("http://t").announce(request, Optional.empty()).toString();

    assertTrue(text.startsWith("http://t/?info_hash="), text);
    assertTrue(!text.contains("event="), text);
  }

  @Test
  void reservedBytesAreEncoded() {
    byte[] id = "-WW0300-AbC+/=~_".getBytes(StandardCharsets.ISO_8859_1);

    assertEquals("-WW0300-AbC%2B%2F%3D~_", HttpTrackerUrl.encode(id));
  }

  @Test
  void longHashIsTruncated() {
    AnnounceRequest request =
        new AnnounceRequest(
            InfoHash.of(new byte[32]), HttpTrackerFixture.ID, 0, 0, 0, 1, AnnounceEvent.NONE, 0, 1);

    String text = url("http://t/").announce(request, Optional.empty()).toString();

    assertTrue(text.contains("info_hash=" + "%00".repeat(20) + "&"), text);
    assertTrue(text.contains("&port=1&"), text);
    assertTrue(text.contains("&key=00000001&"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "/announce?key2=a%20b, /scrape?key2=a%20b&info_hash=",
    "/x/announce.php?k=1, /x/scrape.php?k=1&info_hash=",
    "/announce?x=2%0644, /scrape?x=2%0644&info_hash=",
    "/announce, /scrape?info_hash="
  })
  void scrapeStandsWhereAnnounceDid(String announce, String scrape) {
    Url found = url("http://t" + announce).scrape(List.of(HttpTrackerFixture.HASH)).orElseThrow();

    assertEquals("http://t" + scrape + HASH, found.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "/x%064announce", "", "/announce/x"})
  void otherPathsHaveNoScrape(String path) {
    assertTrue(url("http://t" + path).scrape(List.of(HttpTrackerFixture.HASH)).isEmpty());
  }

  @Test
  void severalTorrentsAreScrapedAtOnce() {
    InfoHash other = InfoHash.of(new byte[20]);

    Url found =
        url("http://t/announce").scrape(List.of(HttpTrackerFixture.HASH, other)).orElseThrow();

    assertEquals("/scrape?info_hash=" + HASH + "&info_hash=" + "%00".repeat(20), found.target());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/announce",
        "HTTPS://example.com",
        "http://10.0.0.1:1337/x",
        "http://[2001:ff00::1]:42/x",
        "http://exn--ample.com/",
        "http://t/?info_hash1=&1port=",
        "http://user:pass@t/announce",
        "http://tr_acker/announce",
        "http://xn--bcher-kva.example/"
      })
  void goodUrlsAreTaken(String text) {
    url(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://t/",
        "example.com/announce",
        "http:///path",
        "http://:80/path",
        "http://test.com:42abc/",
        "http://t:0/",
        "http://t:65536/",
        "http://t/?info_hash=1",
        "http://t/?a=b&&port",
        "http://t/?event=x",
        "http://t/?left=0&k=1",
        "http://t/?key=1",
        "http://t/?peer_id=",
        "http://t/?uploaded=1",
        "http://t/?downloaded=1",
        "http://t/?corrupt=1"
      })
  void badUrlsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> url(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "gopher://t/", "http://a b/", "http:///x", "udp://t:1/"})
  void redirectsToNowhereAreRefused(String location) {
    assertThrows(
        ProtocolException.class, () -> HttpFetch.resolve(Url.parse("http://t/"), location));
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:p@e.com/a, http://e.com:80/b, true",
    "http://u:p@e.com/a, https://e.com/b, true",
    "https://u:p@e.com/a, http://e.com/b, false",
    "http://u:p@e.com:81/a, https://e.com/b, false",
    "http://u:p@e.com/a, https://e.com:444/b, false",
    "http://u:p@e.com/a, https://f.com/b, false"
  })
  void userIsKnownToHisServerAndToItsSaferSelf(String first, String other, boolean isKnown) {
    assertEquals(isKnown, HttpFetch.mayKnowUser(Url.parse(first), Url.parse(other)));
  }
}
