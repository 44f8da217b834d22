package org.webtorrent4j.benchmarks.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  private static final String HEADER = "curve\tx\tfigure\tunit\tvalue\tn";
  private static final Gauge.Figure CLOSE = new Gauge.Figure("close()", "ms");

  @Test
  void measuredCurveTakesThePlaceOfItsOldOne(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("scale.tsv");
    Files.write(
        file,
        List.of(HEADER, "peers\t10\tclose()\tms\t7.000\t1", "pieces\t10\tadding\tms\t3.000\t1"));
    Table table = new Table();
    table.add("peers", 10, CLOSE, List.of(5.0, 1.0, 2.0));
    table.add("broadcast", 1, CLOSE, List.of(4.0));

    table.write(file);

    assertEquals(
        List.of(
            HEADER,
            "peers\t10\tclose()\tms\t2.000\t3",
            "pieces\t10\tadding\tms\t3.000\t1",
            "broadcast\t1\tclose()\tms\t4.000\t1"),
        Files.readAllLines(file));
  }

  @Test
  void otherFilesAreNotOverwritten(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "other\n");

    IOException e = assertThrows(IOException.class, () -> new Table().write(file));

    assertEquals(file + " is no table of curves", e.getMessage());
    assertEquals("other\n", Files.readString(file));
  }
}
