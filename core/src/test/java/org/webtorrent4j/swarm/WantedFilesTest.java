package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.MagnetUri;
import org.webtorrent4j.metainfo.MetainfoException;
import org.webtorrent4j.piece.Priority;

class WantedFilesTest {
  private static final int PIECE = 16384;

  /** Four files of one piece each, of which the second is padding. */
  private static Info info() throws MetainfoException {
    String file = "d%s6:lengthi16384e4:pathl1:%see";
    String files =
        file.formatted("", "a")
            + file.formatted("4:attr1:p", "b")
            + file.formatted("", "c")
            + file.formatted("", "d");
    String text =
        "d5:filesl" + files + "e4:name1:t12:piece lengthi16384e6:pieces80:" + "x".repeat(80) + "e";
    return Info.parse(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static SortedSet<Integer> selection(String text) throws MetainfoException {
    return MagnetUri.parse(
            "magnet:?xt=urn:btih:08ada5a7a6183aae1e09d831df6748d566095a10&so=" + text)
        .selectedFiles();
  }

  private static String priorities(WantedFiles wanted) throws MetainfoException {
    Content content = new Content(info(), wanted);
    return content.info().files().stream()
        .filter(file -> !file.isPadding())
        .map(file -> content.priority(file.index()).toString())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "0, NORMAL SKIP SKIP",
    "'0,3', NORMAL SKIP NORMAL",
    "2-9, SKIP NORMAL NORMAL",
    "'3,100', SKIP SKIP NORMAL",
    "'1,2', SKIP NORMAL SKIP", // padding is in the list, too
    "4, NORMAL NORMAL NORMAL",
    "1, NORMAL NORMAL NORMAL",
    "x, NORMAL NORMAL NORMAL",
    "'', NORMAL NORMAL NORMAL",
  })
  void selectionSkipsTheOtherFiles(String selection, String priorities) throws Exception {
    assertEquals(priorities, priorities(WantedFiles.selected(selection(selection))));
  }

  @Test
  void allAndNone() throws Exception {
    assertEquals("NORMAL NORMAL NORMAL", priorities(WantedFiles.ALL));
    assertEquals("SKIP SKIP SKIP", priorities(WantedFiles.NONE));
  }

  @Test
  void selectionHoldsUntilTheUserSaysOtherwise() throws Exception {
    Content content = new Content(info(), WantedFiles.selected(selection("0")));
    assertEquals(PIECE, content.wantedBytes());

    content.priority(0, Priority.SKIP);
    content.priority(3, Priority.HIGH);

    assertEquals(PIECE, content.wantedBytes());
    assertEquals(Priority.HIGH, content.priority(3));
    assertEquals(Priority.SKIP, content.priority(0));
  }
}
