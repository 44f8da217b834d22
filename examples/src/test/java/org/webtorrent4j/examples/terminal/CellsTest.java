package org.webtorrent4j.examples.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
  @ParameterizedTest
  @CsvSource({
    "film.mp4, 8",
    "日本語, 6",
    "한국어, 6",
    "e\u0301, 1",
    "ｆｕｌｌ, 8",
    "\ud83d\ude00, 2",
    "\u2764\ufe0f, 2", // a heart, coloured by what follows
    "\ud83d\udc69\u200d\ud83d\udcbb, 4", // terminals that do not join them need four
    "…, 1"
  })
  void eastAsianTextAndEmojiAreTwiceAsWide(String text, int cells) {
    assertEquals(cells, Cells.width(text));
  }

  @Test
  void longNamesAreCutInTheMiddle() {
    assertEquals("abc…ghij", Cells.shorten("abcdefghij", 8));
    assertEquals("abc", Cells.shorten("abc", 3));
    assertEquals("", Cells.shorten("abc", 0));
    assertEquals("…", Cells.shorten("abc", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "日本語の長い名前の映画がここにあります.mkv",
        "\ud83d\ude00\ud83d\ude01\ud83d\ude02\ud83d\ude03\ud83d\ude04.mkv",
        "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301",
        "\ud83d\udc69\u200d\ud83d\udcbb\ud83d\udc69\u200d\ud83d\udcbb\ud83d\udc69\u200d\ud83d\udcbb"
      })
  void whatIsCutIsNeverWiderAndHasNoHalfCharacters(String text) {
    for (int cells = 0; cells < 20; cells++) {
      String cut = Cells.shorten(text, cells);

      assertTrue(Cells.width(cut) <= cells, cut);
      assertTrue(cut.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff), cut);
      assertTrue(!cut.contains("…\u0301") && !cut.contains("…\u200d"), cut);
      assertTrue(!cut.contains("\u200d…"), cut);
    }
  }
}
