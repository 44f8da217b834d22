package org.webtorrent4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedUrlsTest {
  private static final List<String> TYPED = List.of(" http://t/a.php?k=1|2 ", "udp://tr_acker:1");
  private static final List<String> TAKEN = List.of("http://t/a.php?k=1|2", "udp://tr_acker:1");

  @Test
  void everyDoorTakesTrackersAsTheyAreWritten() {
    assertEquals(TAKEN, AddOptions.builder().trackers(TYPED).build().trackers());
    assertEquals(TAKEN, ClientOptions.builder().trackers(TYPED).build().trackers());
    assertEquals(
        Optional.of(List.of(TAKEN)),
        SeedOptions.builder().tiers(List.of(TYPED)).build().trackers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "htp://t/", "http://", "http://t:99999/", "udp://t"})
  void everyDoorRefusesWhatIsNoTrackerByName(String url) {
    List<String> urls = List.of("http://good/announce", url);

    assertNames(url, () -> AddOptions.builder().trackers(urls));
    assertNames(url, () -> ClientOptions.builder().trackers(urls));
    assertNames(url, () -> SeedOptions.builder().trackers(urls));
    assertNames(url, () -> SeedOptions.builder().tiers(List.of(urls)));
    assertNames(url, () -> NamedUrls.tracker(url));
  }

  @Test
  void webSeedsAreCheckedToo() {
    assertEquals(
        List.of("http://x/a b"),
        SeedOptions.builder().webSeeds(List.of(" http://x/a b")).build().webSeeds());
    assertNames("udp://t:1", () -> SeedOptions.builder().webSeeds(List.of("udp://t:1")));
  }

  @Test
  void publicTrackersAreTrackers() {
    assertEquals(ClientOptions.PUBLIC_TRACKERS, NamedUrls.trackers(ClientOptions.PUBLIC_TRACKERS));
  }

  @Test
  void passwordIsNotRepeated() {
    String message =
        assertThrows(TorrentException.class, () -> NamedUrls.tracker("http://u:secret@a b/"))
            .getMessage();

    assertFalse(String.valueOf(message).contains("secret"), message);
  }

  private static void assertNames(String url, Runnable door) {
    String message = assertThrows(TorrentException.class, door::run).getMessage();

    assertTrue(String.valueOf(message).contains("'" + url + "': "), message);
  }
}
