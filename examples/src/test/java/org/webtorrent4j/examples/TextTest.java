package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webtorrent4j.TorrentState;
import org.webtorrent4j.TorrentStats;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "12345678, 12.3 MB",
    "999949, 999.9 kB",
    "999950, 1.0 MB",
    "9223372036854775807, 9.2 EB"
  })
  void bytesAreShort(long count, String text) {
    assertEquals(text, Text.bytes(count));
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "7, 0:07", "754, 12:34", "10800, 3:00:00", "360000, 4 d 4 h"})
  void durationsAreShort(long seconds, String text) {
    assertEquals(text, Text.duration(Duration.ofSeconds(seconds)));
  }

  @Test
  void longNamesAreCutInTheMiddle() {
    assertEquals("abc…ghij", Text.shorten("abcdefghij", 8));
    assertEquals("abc", Text.shorten("abc", 3));
  }

  @Test
  void downloadShowsPercentSpeedPeersAndTime() {
    String text =
        ProgressText.of("film.mp4", stats(TorrentState.DOWNLOADING, 999_999, 1_000_000, 1));

    assertEquals("film.mp4  99.9%  of 1.0 MB, 1 B/s  3 peers  ETA 0:01", text);
  }

  @Test
  void downloadWithoutSpeedShowsNoTime() {
    String text = ProgressText.of("film.mp4", stats(TorrentState.DOWNLOADING, 0, 1_000_000, 0));

    assertEquals("film.mp4  0.0%  of 1.0 MB, 0 B/s  3 peers", text);
  }

  @Test
  void seedShowsWhatItSent() {
    String text = ProgressText.of("film.mp4", stats(TorrentState.SEEDING, 5, 5, 0));

    assertEquals("film.mp4  seeding, sent 2.0 kB, 0 B/s  3 peers", text);
  }

  @Test
  void magnetWithoutPeersDividesByNothing() {
    assertTrue(
        ProgressText.of("x", stats(TorrentState.CHECKING, 0, 0, 0)).startsWith("x  checking 0.0%"));
  }

  @Test
  void jsonEscapesWhatItMust() {
    String json =
        JsonLine.event("a\"b\\c\nd\u0001")
            .put("n", 5)
            .putStrings("s", List.of("x", "é"))
            .toString();

    assertEquals("{\"event\":\"a\\\"b\\\\c\\nd\\u0001\",\"n\":5,\"s\":[\"x\",\"é\"]}", json);
  }

  @Test
  void terminalLineIsWrittenOver() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    try (ProgressLine line =
        new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), true)) {
      line.show("one");
      line.say("kept");
    }

    assertEquals(
        "\rone\u001b[K\r\u001b[Kkept\n",
        bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
  }

  private static TorrentStats stats(TorrentState state, long verified, long wanted, long rate) {
    return new TorrentStats(
        state, wanted, wanted, verified, 0, 0, 0, verified, 2000, 0, 0, rate, 0, 3, 1, 9);
  }
}
