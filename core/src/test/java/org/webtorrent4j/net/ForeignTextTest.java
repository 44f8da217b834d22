package org.webtorrent4j.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00,
        0x07,
        0x0a,
        0x0d,
        0x1b,
        0x7f, // ASCII
        0x80,
        0x85,
        0x9b,
        0x9f, // C1
        0xad,
        0x61c,
        0x200b,
        0x200e,
        0x202a,
        0x202e,
        0x2066,
        0x2069,
        0xfeff, // format, direction
        0x2028,
        0x2029, // lines
        0xfff9,
        0xe0001,
        0xe0041,
        0xe007f,
        0xe0fff, // annotations, tags
        0xd800,
        0xdfff,
        0xfffe,
        0xffff,
        0x10ffff // no characters
      })
  void whatIsNotHarmlessIsReplaced(int codePoint) {
    String text = "a" + Character.toString(codePoint) + "b";

    assertEquals("a?b", ForeignText.shown(text));
    assertEquals("a b", ForeignText.clean(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "füß.txt",
        "日本語.mkv",
        "e\u0301",
        "\u0645\u06cc\u200c\u062e.txt", // a Persian word
        "\u0d28\u0d4d\u200d", // ends in a joiner
        "\ud83d\udc69\u200d\ud83d\udcbb.png", // an emoji of two
        "\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
        "\ud83d\udc77\ud83c\udffd\u200d\u2640\ufe0f",
        "\ue000" // of a font of its own
      })
  void wordsAndEmojiStay(String text) {
    String harmless = text.endsWith("\u200d") ? text.substring(0, text.length() - 1) + "?" : text;

    assertEquals(harmless, ForeignText.shown(text));
  }

  @Test
  void joinersInsideOfLatinWordsHide() {
    assertEquals("pay?pal", ForeignText.shown("pay\u200dpal"));
    assertEquals("?x", ForeignText.shown("\u200cx"));
  }

  @Test
  void halfOfAPairIsNoCharacter() {
    assertEquals("x?y?", ForeignText.shown("x\udc00y\ud800"));
  }

  @Test
  void logTextIsCutBetweenCharacters() {
    String cut = ForeignText.clean("x".repeat(499) + "\ud83d\ude00");

    assertEquals("x".repeat(499), cut);
  }

  @Test
  void logTextIsOneLineWithoutRunsOfBlanks() {
    assertEquals("a b", ForeignText.clean("\r\n a \u001b\n\t b "));
  }
}
