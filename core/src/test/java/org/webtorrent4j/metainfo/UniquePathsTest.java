package org.webtorrent4j.metainfo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniquePathsTest {
  @ParameterizedTest
  @CsvSource({
    "'temporary.txt Temporary.txt TeMPorArY.txT test/TEMPORARY.TXT',"
        + "'temporary.txt Temporary.1.txt TeMPorArY.2.txT test/TEMPORARY.TXT'",
    "'b.exe B.ExE B.exe', 'b.exe B.1.ExE B.2.exe'",
    "'a/b/c/d/m a a/b a/b/c', 'a/b/c/d/m a.1 a/b.1 a/b/c.1'",
    "'a a/b', 'a.1 a/b'",
    "'A/tmp a A', 'A/tmp a.1 A.2'",
    "'long/path/name/that/collides long/path', 'long/path/name/that/collides long/path.1'",
    "'p:.pad/1234 p:.pad/1234', '.pad/1234 .pad/1234'",
    "'p:.pad/1234 p5:.pad/1234', '.pad/1234 .pad/1234.1'",
    "'p:.pad/1234 .pad/1234', '.pad/1234 .pad/1234.1'",
    "'.pad/1234 p:.pad/1234', '.pad/1234 .pad/1234.1'",
    "'p:.pad/1234 .pad/1234/filler-2', '.pad/1234.1 .pad/1234/filler-2'",
    "'.rc .RC', '.rc .RC.1'",
    "'é.x e\u0301.x', 'é.x e\u0301.1.x'"
  })
  void collidingFilesAreNumbered(String given, String expected) {
    List<RawFile> files = new ArrayList<>();
    for (String text : given.split(" ", -1)) {
      files.add(file(text));
    }

    assertEquals(expected, String.join(" ", unique(files)));
  }

  @Test
  void manyFilesOfOneNameAreAllNumbered() {
    List<String> paths = unique(Collections.nCopies(50_000, file("a")));

    assertEquals("a", paths.get(0));
    assertEquals("a.49999", paths.get(49_999));
  }

  @Test
  void numberedNamesFitFileSystems() {
    String longest = "n".repeat(251) + ".txt";

    List<String> paths = unique(List.of(file(longest), file(longest)));

    assertEquals(List.of(longest, "n".repeat(249) + ".1.txt"), paths);
  }

  private static List<String> unique(List<RawFile> files) {
    UniquePaths unique = new UniquePaths(files);
    List<String> paths = new ArrayList<>();
    for (RawFile file : files) {
      paths.add(String.join("/", unique.next(file)));
    }
    return paths;
  }

  /** A path, after {@code p:} one of a padding file of length 1, after {@code p5:} of length 5. */
  private static RawFile file(String text) {
    String path = text.substring(text.indexOf(':') + 1);
    long length = text.startsWith("p5:") ? 5 : 1;
    String attributes = path.equals(text) ? "" : "p";
    return new RawFile(List.of(path.split("/")), List.of(), length, attributes, null, null);
  }
}
