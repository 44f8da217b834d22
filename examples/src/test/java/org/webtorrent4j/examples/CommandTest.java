package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands in this JVM, in a folder of their own, with their output caught. */
abstract class CommandTest {
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir protected Path folder = Path.of("");

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

  protected final Path file(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  protected final Path torrentOf(Path content) {
    Path torrent = folder.resolve(content.getFileName() + ".torrent");
    int code =
        Main.run("create", "--no-public-trackers", "-o", torrent.toString(), content.toString());
    assertTrue(code == 0, this::errors);
    out.reset();
    err.reset();
    return torrent;
  }

  protected final byte[] outputBytes() {
    return out.toByteArray();
  }

  protected final String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  protected final String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
