package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest extends CommandTest {
  @Test
  void demoTransfersAFolder() {
    int code = Main.run("demo", "--size", "3M");

    assertEquals(0, code, this::errors);
    assertTrue(output().contains("the copy is the same"), this::output);
    assertEquals("", errors());
  }

  @Test
  void createdTorrentIsDescribedByInfo() throws Exception {
    Path content = Files.writeString(folder.resolve("hello.txt"), "hello");
    String torrent = folder.resolve("hello.torrent").toString();

    int created =
        Main.run("create", content.toString(), "-o", torrent, "--tracker", "http://t.example/a");
    int shown = Main.run("info", torrent);

    assertEquals(0, created, this::errors);
    assertEquals(0, shown, this::errors);
    assertTrue(output().contains("hello.txt"), this::output);
    assertTrue(output().contains("http://t.example/a"), this::output);
    assertTrue(output().contains("magnet:?xt=urn:btih:"), this::output);
  }

  @Test
  void createKeepsAFileThatExists() throws Exception {
    Path content = Files.writeString(folder.resolve("hello.txt"), "hello");
    Path torrent = Files.writeString(folder.resolve("mine"), "mine");

    int code = Main.run("create", content.toString(), "-o", torrent.toString());

    assertEquals(1, code);
    assertEquals("mine", Files.readString(torrent));
    assertTrue(errors().contains("exists already"), this::errors);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"seed", "share", "download", "create", "info", "verify", "tracker", "demo"})
  void everyCommandHasHelp(String command) {
    int code = Main.run(command, "--help");

    assertEquals(0, code);
    assertTrue(output().startsWith("Usage: webtorrent " + command), this::output);
    assertEquals("", errors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "fly", "seed", "share", "download", "download x --port y", "seed --up fast x"})
  void wrongUseIsExplained(String line) {
    int code = Main.run(line.isEmpty() ? new String[0] : line.split(" "));

    assertEquals(2, code);
    assertTrue(errors().contains("Usage: webtorrent"), this::errors);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"seed /no/such/file --no-public-trackers", "info /no/such", "download no"})
  void failureIsOneSentence(String line) {
    int code = Main.run(line.split(" "));

    assertEquals(1, code);
    assertTrue(
        errors().startsWith("webtorrent: ") || errors().contains("\nwebtorrent: "), this::errors);
    assertFalse(errors().contains("\tat "), this::errors);
    assertFalse(errors().contains("internal error"), this::errors);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tracker --port 70000",
        "tracker --host a/b",
        "tracker --origin nonsense",
        "seed --port -1 x",
        "share --port 70000 x",
        "create --piece-length 16k x",
        "create --tracker nonsense x",
        "create --web-seed nonsense x",
        "download --tracker htp://x/y x",
        "download --peer x:0 x"
      })
  void optionThatCannotBeIsNamedWithItsValue(String line) {
    String[] words = line.split(" ");

    assertEquals(2, Main.run(words), this::output);
    assertTrue(errors().contains("option '" + words[1] + "'"), this::errors);
    assertTrue(errors().contains("'" + words[2] + "'"), this::errors);
  }

  @Test
  void argumentThatNamesNoTorrentIsWrongUse() {
    assertEquals(2, Main.run("info", ""));
    assertEquals(2, Main.run("download", " "));
    assertEquals(2, Main.run("info", "http://t.example/x.torrent"));
    assertEquals(2, Main.run("seed", ""));
  }

  @Test
  void outputOfADownloadIsAFolder() throws Exception {
    Path file = file("taken", 1);

    assertEquals(2, Main.run("download", "-o", file.toString(), "0".repeat(40)));
    assertTrue(errors().contains("is a file, not a folder"), this::errors);
  }

  @Test
  void infoTakesHashesAndFileUrls() throws Exception {
    Path torrent = torrentOf(file("film.bin", 100));

    assertEquals(0, Main.run("info", torrent.toUri().toString()), this::errors);
    assertTrue(output().contains("film.bin"), this::output);
    assertEquals(0, Main.run("info", "d".repeat(40)), this::errors);
    assertTrue(output().contains("d".repeat(40)), this::output);
  }

  @Test
  void folderIsNoTorrentFile() {
    assertEquals(1, Main.run("info", folder.toString()));
    assertTrue(errors().contains(folder + " is a folder"), this::errors);
  }

  @Test
  void failureIsAnObjectForPrograms() {
    assertEquals(1, Main.run("info", "--json", "/no/such"));
    assertTrue(
        output().contains("{\"event\":\"error\",\"message\":\"there is no file /no/such\"}"),
        this::output);
  }

  @Test
  void badPathsDoNotKeepOthersFromBeingSeededAndNoneIsAFailure() {
    assertEquals(1, Main.run("seed", "--no-public-trackers", "/no/one", "/no/two"));
    assertTrue(errors().contains("/no/one"), this::errors);
    assertTrue(errors().contains("/no/two"), this::errors);
  }
}
