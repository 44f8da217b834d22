package org.webtorrent4j.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafePathsTest {
  private static final SafePaths POSIX = new SafePaths(false);
  private static final SafePaths WINDOWS = new SafePaths(true);

  @ParameterizedTest
  @CsvSource({
    "'/a/', a",
    "a...b, a...b",
    "'..', _",
    "'/..', _",
    "'.', _",
    "'', _",
    "'//\\', _",
    "'\\c', c",
    "'\u0008', _",
    "'a\u007f\u0080\u009fb', a___b",
    "'/test1/test2/test3', test1test2test3",
    "'test2/../test3/.././../../test4', test2..test3.......test4",
    "'dev:', dev:",
    "'abc...', abc...",
    "'   ', '   '",
    "'foo\u200bb\u200far', foobar",
    "'foo\u200cb\u200dar', 'foo\u200cb\u200dar'",
    "'foo\u202ab\u202ear', foobar",
    "'foo\u2060b\u2064ar', foobar",
    "'foo\u2066b\u2069\u061c\ufeffar', foobar"
  })
  void elementsAreSafe(String raw, String expected) {
    assertEquals(expected, POSIX.element(raw.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "filename, c2a1, ¡",
    "filename, e29fb9, ⟹",
    "filename, f09f9288, 💈",
    "filename, c2, _",
    "filename, e2, _",
    "filename, e29f, _",
    "filename, f09f92, _",
    "filename, f89f9f9f9f666f6f626172, _foobar",
    "filename, c0ae, _",
    "filename, e080ae, _",
    "filename, f08080ae, _",
    "filename, eda080, _",
    "filename, f4908080, _",
    "filename, 80, _",
    "filename, efbfbd, \ufffd",
    "'', 82657374, _est"
  })
  void badUtf8BecomesOneUnderscoreForEachSequence(String begin, String hex, String end) {
    byte[] rest = HexFormat.of().parseHex(hex);
    byte[] raw = (begin + "x".repeat(rest.length)).getBytes(UTF_8);
    System.arraycopy(rest, 0, raw, begin.length(), rest.length);

    assertEquals(begin + end, POSIX.element(raw));
  }

  @Test
  void longNamesAreCutButKeepTheirExtension() {
    assertEquals("a".repeat(255), POSIX.element("a".repeat(260).getBytes(UTF_8)));
    assertEquals(
        "a".repeat(250) + ".test", POSIX.element(("a".repeat(260) + ".test").getBytes(UTF_8)));
    assertEquals(
        "a".repeat(245) + ".123456789",
        POSIX.element(("a".repeat(260) + ".123456789").getBytes(UTF_8)));
    assertEquals("a".repeat(255), POSIX.element(("a".repeat(260) + ".1234567890").getBytes(UTF_8)));
    assertEquals("a".repeat(254), POSIX.element(("a".repeat(254) + "é").getBytes(UTF_8)));
    assertEquals("é".repeat(127), POSIX.element("é".repeat(128).getBytes(UTF_8)));
  }

  @Test
  void namesOfOldProgramsAreReadByTheirEncoding() {
    byte[] cyrillic = {(byte) 0xcf, (byte) 0xf0};

    assertEquals("Пр", POSIX.withEncoding("windows-1251").element(cyrillic));
    assertEquals("__", POSIX.withEncoding("no such charset").element(cyrillic));
    assertEquals("é", POSIX.withEncoding("windows-1251").element("é".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "'a?b<c>d\"e|f*g:h', a_b_c_d_e_f_g_h",
    "'abc...', abc",
    "'abc.', abc",
    "'abc   ', abc",
    "'a. . .', a",
    "'   ', _",
    "'...', _",
    "con, _con",
    "Con.txt, _Con.txt",
    "'nul .tar.gz', '_nul .tar.gz'",
    "COM1, _COM1",
    "lpt9.x, _lpt9.x",
    "com¹, _com¹",
    "clock$, _clock$",
    "console, console",
    "com10, com10"
  })
  void windowsHasRulesOfItsOwn(String raw, String expected) {
    assertEquals(expected, WINDOWS.element(raw.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "/", "\\\\", "/../", "\u200b"})
  void namesWithoutAnythingUsableAreEmpty(String raw) {
    assertTrue(POSIX.name(raw.getBytes(UTF_8)).isEmpty());
  }

  @Property(tries = 500)
  void noBytesMakeAnUnsafeElement(@ForAll byte[] raw, @ForAll boolean isWindows) {
    String element = new SafePaths(isWindows).element(raw);

    assertFalse(element.isEmpty() || element.equals(".") || element.equals(".."));
    assertTrue(element.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0));
    assertTrue(element.getBytes(UTF_8).length <= 256);
    assertEquals(element, new SafePaths(isWindows).element(element.getBytes(UTF_8)));
  }
}
