package org.webtorrent4j.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void axisHasPowersOfTen() {
    Axis axis = Axis.of(DoubleStream.of(300, 3, 2000));

    assertEquals(List.of(1.0, 10.0, 100.0, 1000.0, 10_000.0), axis.ticks());
    assertEquals(0.25, axis.position(10), 1e-9);
    assertEquals(1, axis.position(10_000), 1e-9);
  }

  @Test
  void shortAxisHasMarksWithin() {
    assertEquals(List.of(10.0, 20.0, 50.0, 100.0), Axis.of(DoubleStream.of(10, 70)).ticks());
  }

  @Test
  void powersOfTenAreTheirOwnEnds() {
    assertEquals(new Axis(0, 3), Axis.of(DoubleStream.of(1, 1000)));
    assertEquals(new Axis(-2, -1), Axis.of(DoubleStream.of(0.01, 0.1)));
    assertEquals(new Axis(1, 2), Axis.of(DoubleStream.of(10)));
  }

  @Test
  void zeroLiesAtTheBeginning() {
    Axis axis = Axis.of(DoubleStream.of(0, 0.25, 12));

    assertEquals(new Axis(-1, 2), axis);
    assertEquals(0, axis.position(0));
    assertEquals(new Axis(0, 1), Axis.of(DoubleStream.of(0)));
  }
}
