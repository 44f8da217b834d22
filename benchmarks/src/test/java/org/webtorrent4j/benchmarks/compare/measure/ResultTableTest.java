package org.webtorrent4j.benchmarks.compare.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  private static final String TCP = "tcp\tlibtorrent\tspeed\tMB/s\t%1$s\t%1$s\t%1$s\t1";
  private static final String HASH = "hash\tlibtorrent\tspeed\tMB/s\t%1$s\t%1$s\t%1$s\t1";

  @TempDir Path temp;

  private Path file;

  @BeforeEach
  void writeTwoContests() throws IOException {
    file = temp.resolve("table.tsv");
    put("tcp", 1);
    put("hash", 2);
  }

  private void put(String contest, double speed) throws IOException {
    Sample sample = Sample.of(Figure.SPEED, speed);
    ResultTable.replace(file, List.of(new Result(contest, "libtorrent", List.of(sample))));
  }

  @Test
  void contestComesAfterThoseThatAreThere() throws IOException {
    assertEquals(
        List.of(Result.HEADER, TCP.formatted("1.0000"), HASH.formatted("2.0000")),
        Files.readAllLines(file));
  }

  @Test
  void contestTakesThePlaceOfItself() throws IOException {
    put("tcp", 3);

    assertEquals(
        List.of(Result.HEADER, TCP.formatted("3.0000"), HASH.formatted("2.0000")),
        Files.readAllLines(file));
  }

  @Test
  void fileOfAnotherFormIsNotTouched() throws IOException {
    Files.writeString(file, "something else\n");

    assertThrows(IOException.class, () -> put("tcp", 1));

    assertEquals(List.of("something else"), Files.readAllLines(file));
  }
}
