package org.webtorrent4j.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  private static final List<String> COMPARED =
      List.of(
          "contest\tcontender\tfigure\tunit\tmedian\tmin\tmax\tn",
          "tcp\twebtorrent4j\tspeed\tMB/s\t500.0\t400.0\t600.0\t5",
          "tcp\twebtorrent4j\tcpu\ts/GiB\t4.0\t3.9\t4.1\t5",
          "tcp\tR & D <x>\tspeed\tMB/s\t300.0\t290.0\t310.0\t5");
  private static final List<String> CURVES =
      List.of(
          "curve\tx\tfigure\tunit\tvalue\tn",
          "torrents\t1\tclose()\tms\t20.5\t3",
          "torrents-udp\t100\tclose()\tms\t30.5\t1",
          "broadcast\t100\tspeed\tMB/s\t300.5\t3",
          "pieces\t100\tloop\tµs\t7\t3");

  @Test
  void everyFigureOfAComparisonHasAPicture() throws IOException {
    Map<String, String> pictures = Plot.draw(Tsv.of("compare.tsv", COMPARED));

    assertEquals(Set.of("compare-speed.svg", "compare-cpu.svg"), pictures.keySet());
    Picture.of(pictures.getOrDefault("compare-cpu.svg", "")).text("4 s/GiB");
    Picture.of(pictures.getOrDefault("compare-speed.svg", "")).text("R & D <x>");
  }

  @Test
  void everyLoadAndUnitHasAPicture() throws IOException {
    Map<String, String> pictures = Plot.draw(Tsv.of("scale.tsv", CURVES));

    assertEquals(
        Set.of("scale-torrents-ms.svg", "scale-broadcast-mb-per-s.svg", "scale-pieces-us.svg"),
        pictures.keySet());
    Picture torrents = Picture.of(pictures.getOrDefault("scale-torrents-ms.svg", ""));
    torrents.text("close()");
    torrents.text("close() (udp)");
  }

  @Test
  void picturesAreTheSameInEveryLanguage() throws IOException {
    Locale before = Locale.getDefault();
    Map<String, String> pictures = Plot.draw(Tsv.of("scale.tsv", CURVES));
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertEquals(pictures, Plot.draw(Tsv.of("scale.tsv", CURVES)));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void picturesRunNothingAndFetchNothing() throws IOException {
    for (String picture : Plot.draw(Tsv.of("compare.tsv", COMPARED)).values()) {
      assertFalse(picture.matches("(?s).*(<script|<style|@font|href|url\\(|<image).*"));
    }
  }

  @Test
  void otherTablesAreRefused() throws IOException {
    Tsv other = Tsv.of("other.tsv", List.of("a\tb", "1\t2"));

    IOException e = assertThrows(IOException.class, () -> Plot.draw(other));

    assertEquals("other.tsv has other columns: [a, b]", e.getMessage());
  }

  @Test
  void badValueIsNamedWithItsLine() throws IOException {
    Tsv table = Tsv.of("scale.tsv", List.of(CURVES.get(0), CURVES.get(1), "peers\t1\ta\tms\t?\t3"));

    IOException e = assertThrows(IOException.class, () -> Plot.draw(table));

    assertEquals("scale.tsv, line 3: value is no number: ?", e.getMessage());
  }

  @Test
  void picturesAreWrittenToAFolder(@TempDir Path folder) throws IOException {
    Path table = Files.write(folder.resolve("scale.tsv"), CURVES);

    Plot.main(new String[] {folder.resolve("pictures").toString(), table.toString()});

    Picture.of(Files.readString(folder.resolve("pictures/scale-pieces-us.svg"))).text("µs");
  }

  @Test
  void fileNamesAreWords() {
    assertEquals("cpu-s-per-gib", Plot.fileName("CPU s/GiB"));
    assertEquals("percent", Plot.fileName("%"));
    assertEquals("us", Plot.fileName("µs"));
  }
}
