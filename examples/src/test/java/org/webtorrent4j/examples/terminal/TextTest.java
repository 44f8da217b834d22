package org.webtorrent4j.examples.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void jsonEscapesWhatItMust() {
    String json =
        JsonLine.event("a\"b\\c\nd\u0001")
            .put("n", 5)
            .putStrings("s", List.of("x", "é"))
            .toString();

    assertEquals("{\"event\":\"a\\\"b\\\\c\\nd\\u0001\",\"n\":5,\"s\":[\"x\",\"é\"]}", json);
  }

  @Test
  void jsonHoldsNothingThatSteersATerminal() {
    String json = new JsonLine().put("a", "\u009b\u2028\u202e\u007f\ud83d\ude00").toString();

    assertEquals("{\"a\":\"\\u009b\\u2028\\u202e\\u007f\\ud83d\\ude00\"}", json);
  }
}
