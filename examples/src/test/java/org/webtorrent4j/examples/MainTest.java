package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the program in this JVM with its output caught. */
class MainTest {
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void catchOutput() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void releaseOutput() {
    System.setOut(stdout);
    System.setErr(stderr);
  }

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
  @ValueSource(strings = {"seed", "share", "download", "create", "info", "tracker", "demo"})
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

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
