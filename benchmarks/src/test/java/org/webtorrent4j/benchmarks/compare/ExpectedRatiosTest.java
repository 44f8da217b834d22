package org.webtorrent4j.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedRatiosTest {
  @TempDir Path temp;

  private final ExpectedRatios expected = new ExpectedRatios();

  @BeforeEach
  void record() {
    expected.put("tcp", Map.of("libtorrent", 1.8, "aria2", 2.0));
  }

  @Test
  void noiseIsNoRegression() {
    assertEquals(List.of(), expected.regressions("tcp", Map.of("libtorrent", 0.9, "aria2", 1.01)));
  }

  @Test
  void lessThanHalfIsARegressionThatNamesContestAndContender() {
    assertEquals(
        List.of("tcp: 0.89 times libtorrent, less than half of 1.80"),
        expected.regressions("tcp", Map.of("libtorrent", 0.89, "aria2", 5.0)));
  }

  @Test
  void ratioThatIsNotANumberIsARegression() {
    assertEquals(1, expected.regressions("tcp", Map.of("libtorrent", Double.NaN)).size());
  }

  @Test
  void programThatIsNotInstalledIsNoRegression() {
    assertEquals(List.of(), expected.regressions("tcp", Map.of()));
  }

  @Test
  void whatWasNotRecordedIsNoRegression() {
    assertEquals(List.of(), expected.regressions("hash", Map.of("mktorrent", 0.01)));
    assertEquals(List.of(), expected.regressions("tcp", Map.of("another", 0.01)));
  }

  @Test
  void whoHasNotTakenPartIsNamed() {
    assertEquals(
        List.of("tcp: aria2 has not taken part"),
        expected.absent(word -> true, Map.of("tcp", Set.of("libtorrent"))));
    assertEquals(2, expected.absent(word -> true, Map.of()).size());
    assertEquals(List.of(), expected.absent(word -> false, Map.of()));
  }

  @Test
  void fileIsReadAsItWasWritten() throws IOException {
    Path file = temp.resolve("ratios.tsv");

    expected.write(file);

    assertEquals(
        List.of("tcp: 0.89 times libtorrent, less than half of 1.80"),
        ExpectedRatios.read(file).regressions("tcp", Map.of("libtorrent", 0.89)));
  }

  @Test
  void fileOfAnotherFormIsRefused() throws IOException {
    Path file = temp.resolve("ratios.tsv");

    Files.writeString(file, "tcp\tlibtorrent\t1.8\n");
    assertThrows(IOException.class, () -> ExpectedRatios.read(file));

    Files.writeString(file, "contest\tcontender\tratio\ntcp libtorrent 1.8\n");
    assertThrows(IOException.class, () -> ExpectedRatios.read(file));
  }
}
