package org.webtorrent4j.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.benchmarks.plot.Picture.number;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LineChartTest {
  private final LineChart chart = new LineChart("peers", "ms");

  @Test
  void pointsLieWhereTheirMarksAre() {
    chart.add("close()", 10, 1);
    chart.add("close()", 1000, 500);

    Picture picture = Picture.of(chart.draw());

    List<Element> dots = picture.all("circle").subList(0, 2); // the third explains
    assertEquals(across(picture, "10"), number(dots.get(0), "cx"), 0.1);
    assertEquals(across(picture, "1,000"), number(dots.get(1), "cx"), 0.1);
    double decade = (number(dots.get(0), "cy") - number(dots.get(1), "cy")) / Math.log10(500);
    assertEquals(300 / 3.0, decade, 0.1);
  }

  @Test
  void whatGrowsInProportionIsAsSteepAsTheGuide() {
    chart.add("close()", 20, 3);
    chart.add("close()", 2000, 300);

    List<Element> lines = Picture.of(chart.draw()).all("polyline");

    assertEquals(steepness(lines.get(0)), steepness(lines.get(2)), 0.01);
  }

  @Test
  void zeroLiesAtTheBottomAndIsSaidToDoSo() {
    chart.add("CPU", 10, 0);
    chart.add("CPU", 100, 2);

    Picture picture = Picture.of(chart.draw());

    assertEquals(364, number(picture.all("circle").get(0), "cy"), 0.1);
    picture.text("ms; 0 is at the bottom");
    assertThrows(AssertionError.class, () -> picture.text("ms"));
  }

  @Test
  void axesAndLinesHaveNames() {
    chart.add("close() & more", 10, 1);

    Picture picture = Picture.of(chart.draw());

    picture.text("ms by number of peers");
    picture.text("ms");
    picture.text("number of peers");
    picture.text("close() & more");
  }

  @Test
  void wordsSayTheValues() {
    chart.add("close()", 10, 2.5);
    chart.add("close()", 100, 20);

    assertTrue(chart.draw().contains(">close(): 2.5 at 10, 20 at 100.</desc>"));
  }

  private static double across(Picture picture, String mark) {
    return picture.all("text").stream()
        .filter(text -> text.getTextContent().equals(mark))
        .filter(text -> text.getAttribute("text-anchor").equals("middle"))
        .mapToDouble(text -> number(text, "x"))
        .findFirst()
        .orElseThrow();
  }

  private static double steepness(Element line) {
    String[] parts = line.getAttribute("points").split("[ ,]");
    double[] at = List.of(parts).stream().mapToDouble(Double::parseDouble).toArray();
    return (at[1] - at[3]) / (at[2] - at[0]);
  }
}
