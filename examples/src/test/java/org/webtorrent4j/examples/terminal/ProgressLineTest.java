package org.webtorrent4j.examples.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webtorrent4j.TorrentState;
import org.webtorrent4j.TorrentStats;

class ProgressLineTest {
  private static final String NAME = "a long name of a film that nobody has ever seen.mkv";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void downloadShowsPercentSpeedPeersAndTime() {
    ProgressText text =
        ProgressText.of("film.mp4", stats(TorrentState.DOWNLOADING, 999_999, 1_000_000, 1));

    assertEquals("film.mp4  99.9%  of 1.0 MB, 1 B/s  3 peers  ETA 0:01", text.fit(79));
  }

  @Test
  void downloadWithoutSpeedShowsNoTime() {
    ProgressText text =
        ProgressText.of("film.mp4", stats(TorrentState.DOWNLOADING, 0, 1_000_000, 0));

    assertEquals("film.mp4  0.0%  of 1.0 MB, 0 B/s  3 peers", text.fit(79));
  }

  @Test
  void seedShowsWhatItSent() {
    ProgressText text = ProgressText.of("film.mp4", stats(TorrentState.SEEDING, 5, 5, 0));

    assertEquals("film.mp4  seeding  sent 2.0 kB, 0 B/s  3 peers", text.fit(79));
  }

  @Test
  void magnetWithoutPeersDividesByNothing() {
    ProgressText text = ProgressText.of("x", stats(TorrentState.CHECKING, 0, 0, 0));

    assertTrue(text.fit(79).startsWith("x  checking 0.0%"));
  }

  @ParameterizedTest
  @CsvSource({
    "30, 'a long name…er seen.mkv  99.9%'",
    "40, 'a long name…ver seen.mkv  99.9%  3 peers'",
    "200, '" + NAME + "  99.9%  of 1.0 MB, 1 B/s  3 peers  ETA 0:01'"
  })
  void fieldsGoBeforeTheNameIsCutAndWhatIsLeftIsTheNames(int cells, String line) {
    ProgressText text =
        ProgressText.of(NAME, stats(TorrentState.DOWNLOADING, 999_999, 1_000_000, 1));

    assertTrue(Cells.width(text.fit(cells)) <= cells);
    assertEquals(line, text.fit(cells));
  }

  @Test
  void lineIsNeverWiderThanItsRoom() {
    for (TorrentState state : TorrentState.values()) {
      for (String name : List.of(NAME, "", "日本語の長い名前の映画がここにあります", "\ud83d\ude00".repeat(30))) {
        ProgressText text = ProgressText.of(name, stats(state, 1, 1_000_000_000_000L, 1));
        for (int cells = 1; cells < 130; cells++) {
          assertTrue(Cells.width(text.fit(cells)) <= cells, text.fit(cells));
        }
      }
    }
  }

  @Test
  void namesOfStrangersSteerNothing() {
    try (ProgressLine line = new ProgressLine(out, true, () -> 80)) {
      line.show(new ProgressText("a\u001b]0;t\u0007\u202ecod.exe", List.of("failed")));
      line.say("x\u009b31m\r\n");
    }

    assertEquals(framed("a?]0;t??cod.exe  failed") + "\r\u001b[Jx?31m??\n", printed());
  }

  @Test
  void terminalLineIsWrittenOver() {
    try (ProgressLine line = new ProgressLine(out, true, () -> 80)) {
      line.show(new ProgressText("one", List.of("two")));
      line.say("kept");
    }

    assertEquals(framed("one  two") + "\r\u001b[Jkept\n", printed());
  }

  @ParameterizedTest
  @CsvSource({"24 80, 80", "24 40, 40", "0 0, 0", "'', 0", "stty: no tty, 0", "24 2, 10"})
  void widthIsWhatTheTerminalSays(String size, int columns) {
    assertEquals(columns, TerminalWidth.parse(size));
  }

  /** With wrapping off, and the cursor back at the beginning. */
  private static String framed(String text) {
    return "\u001b[J\u001b[?7l\r" + text + "\u001b[K\r\u001b[?7h";
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static TorrentStats stats(TorrentState state, long verified, long wanted, long rate) {
    return new TorrentStats(
        state, wanted, wanted, verified, 0, 0, 0, verified, 2000, 0, 0, rate, 0, 3, 1, 9);
  }
}
