package org.webtorrent4j.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerUrlTest {
  @ParameterizedTest
  @CsvSource({
    "'  http://t/announce.php?authkey=1|2 ', http://t/announce.php?authkey=1%7C2",
    "udp://tr_acker.invalid:9/announce, udp://tr_acker.invalid:9/announce",
    "wss://träcker.invalid, wss://xn--trcker-cua.invalid",
    "HTTP://user:pass@T/, HTTP://user:pass@T/"
  })
  void urlIsTakenAsTheWorldWritesIt(String text, String shown) throws TrackerException {
    assertEquals(shown, TrackerUrl.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "http://", "htp://t/", "file:///x", "http://t:99999/x", "udp://t"})
  void whatCannotBeATrackersIsRefusedByName(String text) {
    TrackerException refusal = assertThrows(TrackerException.class, () -> TrackerUrl.parse(text));

    assertTrue(refusal.getMessage().startsWith("tracker '" + text + "': "), refusal.getMessage());
  }

  @Test
  void urlsThatMeanTheSameTrackerAreEqual() throws TrackerException {
    assertEquals(TrackerUrl.parse("http://t/x"), TrackerUrl.parse("HTTP://T.:80/x"));
    assertEquals(
        TrackerUrl.parse("http://t/x").hashCode(), TrackerUrl.parse("http://T:80/x").hashCode());
    assertNotEquals(TrackerUrl.parse("http://t/x"), TrackerUrl.parse("http://t/X"));
  }
}
