package org.webtorrent4j.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void linearAxisBeginsAtZeroAndEndsAtARoundNumber() {
    Axis axis = Axis.linear(437);

    assertEquals(List.of(0.0, 100.0, 200.0, 300.0, 400.0, 500.0), axis.ticks());
    assertEquals(0, axis.position(0));
    assertEquals(0.5, axis.position(250), 1e-9);
    assertEquals(1, axis.position(500), 1e-9);
  }

  @Test
  void greatestValueMayBeAtTheEnd() {
    assertEquals(5, Axis.linear(5).to(), 1e-9);
    assertEquals(6, Axis.linear(5).ticks().size());
    assertEquals(1, Axis.linear(0).to(), 1e-9);
  }

  @Test
  void logarithmicAxisHasPowersOfTen() {
    Axis axis = Axis.log(3, 2000);

    assertEquals(List.of(1.0, 10.0, 100.0, 1000.0, 10_000.0), axis.ticks());
    assertEquals(0.25, axis.position(10), 1e-9);
    assertEquals(1, axis.position(10_000), 1e-9);
  }

  @Test
  void oneValueStillHasALength() {
    assertEquals(List.of(10.0, 100.0), Axis.log(10, 10).ticks());
  }

  @Test
  void logarithmIsForValuesFarApartOnly() {
    assertFalse(Axis.fitting(10, 100).isLog());
    assertFalse(Axis.fitting(0, 10_000).isLog());
    assertTrue(Axis.fitting(1, 1000).isLog());
  }
}
