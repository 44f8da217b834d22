package org.webtorrent4j.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TsvTest {
  @Test
  void cellsAreFoundByTheNamesOfTheirColumns() throws IOException {
    Tsv table = Tsv.of("t.tsv", List.of("curve\tx", "peers\t10", "peers\t100"));

    assertEquals("peers", table.rows().get(1).text("curve"));
    assertEquals(100, table.rows().get(1).number("x"));
  }

  @Test
  void lineOfTooFewOrTooManyCellsIsNamed() {
    assertFails("t.tsv, line 3: 1 cells in 2 columns", "curve\tx", "peers\t10", "peers");
    assertFails("t.tsv, line 2: 3 cells in 2 columns", "curve\tx", "peers\t10\t", "peers\t1");
    assertFails("t.tsv, line 2: 1 cells in 2 columns", "curve\tx", "");
  }

  @Test
  void lineOfWhatIsNoMeasureIsNamed() throws IOException {
    List<String> lines = List.of("curve\tx", "peers\tmany", "peers\tNaN", "peers\t-1");
    List<Tsv.Row> rows = Tsv.of("t.tsv", lines).rows();

    assertEquals("t.tsv, line 2: x is no number: many", failure(rows.get(0)));
    assertEquals("t.tsv, line 3: x cannot be NaN", failure(rows.get(1)));
    assertEquals("t.tsv, line 4: x cannot be -1", failure(rows.get(2)));
  }

  @Test
  void emptyFileIsNoTable() {
    assertFails("t.tsv is empty");
  }

  private static void assertFails(String message, String... lines) {
    IOException e = assertThrows(IOException.class, () -> Tsv.of("t.tsv", List.of(lines)));

    assertEquals(message, e.getMessage());
  }

  private static String failure(Tsv.Row row) {
    return String.valueOf(assertThrows(IOException.class, () -> row.number("x")).getMessage());
  }
}
