package org.webtorrent4j.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SvgTest {
  @Test
  void marksOfTheLanguageAreEscaped() {
    assertEquals("a &lt;b&gt; &amp;amp; &quot;c&quot;", Svg.escape("a <b> &amp; \"c\""));

    BarChart chart =
        new BarChart("<speed>", "MB/s", List.of(new BarChart.Bar("a & b", "<us>", 2, 1, 3)));

    assertTrue(chart.draw().contains("&lt;us&gt;"));
    assertTrue(chart.draw().contains("a &amp; b"));
    assertTrue(!chart.draw().contains("<us>"));
  }

  @Test
  void valuesHaveAboutThreeDigits() {
    assertEquals("0", Svg.value(0));
    assertEquals("10,000", Svg.value(10_000));
    assertEquals("574", Svg.value(573.6));
    assertEquals("57.4", Svg.value(57.36));
    assertEquals("0.5", Svg.value(0.5));
    assertEquals("2.31", Svg.value(2.312));
    assertEquals("1.0e-03", Svg.value(0.001));
  }

  @Test
  void fileNamesAreWords() {
    assertEquals("cpu-s-per-gib", Plot.fileName("CPU s/GiB"));
    assertEquals("percent", Plot.fileName("%"));
    assertEquals("us", Plot.fileName("µs"));
  }

  @Test
  void chartSaysItsValuesInWordsToo() {
    LineChart chart = new LineChart("Cost", "peers", "ms");
    chart.add("close()", 10, 2.5);
    chart.add("close()", 100, 20);

    assertTrue(chart.draw().contains(">close(): 2.5 at 10, 20 at 100.</desc>"));
  }
}
