package org.webtorrent4j.benchmarks.compare.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContestTest {
  private static Result result(String contender, Figure figure, double... values) {
    return new Result(
        "tcp",
        contender,
        Arrays.stream(values).mapToObj(value -> Sample.of(figure, value)).toList());
  }

  private static Map<String, Double> ratios(Figure figure, double ours, double theirs) {
    return new Contest("tcp: a transfer", figure, List.of())
        .ratios(List.of(result("webtorrent4j", figure, ours), result("theirs", figure, theirs)));
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertEquals(3, result("a", Figure.SPEED, 9, 1, 3).median(Figure.SPEED));
    assertEquals(4, result("a", Figure.SPEED, 9, 1, 3, 5).median(Figure.SPEED));
  }

  @Test
  void ratioSaysHowManyTimesBetter() {
    assertEquals(Map.of("theirs", 2.0), ratios(Figure.SPEED, 400, 200));
    assertEquals(Map.of("theirs", 2.0), ratios(Figure.TIME, 100, 200));
  }

  @Test
  void rowsHaveTheColumnsOfTheHeader() {
    assertEquals(
        List.of("tcp\ta\tspeed\tMB/s\t2.0000\t1.0000\t3.0000\t2"),
        result("a", Figure.SPEED, 3, 1).rows().toList());
    assertEquals("contest\tcontender\tfigure\tunit\tmedian\tmin\tmax\tn", Result.HEADER);
  }
}
