package org.webtorrent4j.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SvgTest {
  @Test
  void marksOfTheLanguageAreEscaped() {
    assertEquals("a &lt;b&gt; &amp;amp; &quot;c&quot;", Svg.escape("a <b> &amp; \"c\""));
  }

  @Test
  void valuesHaveAboutThreeDigits() {
    assertEquals("0", Svg.value(0));
    assertEquals("10,000", Svg.value(10_000));
    assertEquals("574", Svg.value(573.6));
    assertEquals("57.4", Svg.value(57.36));
    assertEquals("0.5", Svg.value(0.5));
    assertEquals("2.31", Svg.value(2.312));
    assertEquals("0.001", Svg.value(0.001));
  }

  @Test
  void placesHaveOneDigitAfterThePoint() {
    assertEquals("12", Svg.number(12.04));
    assertEquals("12.1", Svg.number(12.05001));
  }
}
