package org.webtorrent4j.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.benchmarks.plot.Picture.number;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BarChartTest {
  private final BarChart chart = new BarChart("speed", "MB/s");

  @Test
  void barsOfAContestShareAScale() {
    chart.add("tcp", new BarChart.Bar("webtorrent4j", 400, 300, 500));
    chart.add("tcp", new BarChart.Bar("libtorrent", 200, 200, 200));
    chart.add("rc4", new BarChart.Bar("webtorrent4j", 50, 50, 50));

    Picture picture = Picture.of(chart.draw());

    List<Element> bars = picture.all("rect").subList(1, 4); // the first is the background
    double full = number(bars.get(2), "width");
    assertEquals(full * 400 / 500, number(bars.get(0), "width"), 0.1);
    assertEquals(full * 200 / 500, number(bars.get(1), "width"), 0.1);
  }

  @Test
  void whiskerGoesFromTheLeastToTheGreatest() {
    chart.add("tcp", new BarChart.Bar("webtorrent4j", 400, 300, 500));
    chart.add("tcp", new BarChart.Bar("libtorrent", 200, 200, 200));

    Picture picture = Picture.of(chart.draw());

    Element bar = picture.all("rect").get(1);
    double unit = number(bar, "width") / 400;
    Element whisker = picture.all("line").get(0);
    assertEquals(3, picture.all("line").size(), "nothing was measured twice of libtorrent");
    assertEquals(number(bar, "x") + 300 * unit, number(whisker, "x1"), 0.2);
    assertEquals(number(bar, "x") + 500 * unit, number(whisker, "x2"), 0.2);
  }

  @Test
  void ownBarsStandOut() {
    chart.add("tcp", new BarChart.Bar("webtorrent4j, warm JVMs", 2, 2, 2));
    chart.add("tcp", new BarChart.Bar("webtorrent for Node", 1, 1, 1));

    List<Element> bars = Picture.of(chart.draw()).all("rect").subList(1, 3);

    assertNotEquals(bars.get(0).getAttribute("fill"), bars.get(1).getAttribute("fill"));
  }

  @Test
  void longNamesHaveRoom() {
    String name = "a program with quite a long name, with an option";
    chart.add("tcp", new BarChart.Bar(name, 1, 1, 1));

    double end = number(Picture.of(chart.draw()).text(name), "x");

    assertTrue(end > 7 * name.length(), "ends at " + end);
  }

  @Test
  void nothingIsABarToo() {
    chart.add("stream", new BarChart.Bar("webtorrent4j", 0, 0, 0));

    assertEquals("1", Picture.of(chart.draw()).all("rect").get(1).getAttribute("width"));
  }

  @Test
  void wordsSayTheValues() {
    chart.add("<tcp>", new BarChart.Bar("a & b", 2.25, 1, 3));
    chart.add("<tcp>", new BarChart.Bar("c", 1, 1, 3));

    assertEquals(
        "<tcp>: a & b 2.25; c 1.", Picture.of(chart.draw()).all("desc").get(0).getTextContent());
  }
}
