package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.examples.page.WebFiles;
import org.webtorrent4j.metainfo.Metainfo;

/**
 * Runs the command in this JVM with its output caught; the browser is the interop tests' matter.
 */
class ShareCommandTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void catchOutput() throws IOException {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    for (String name : List.of("webtorrent.min.js", "sw.min.js", "webtorrent.LICENSE.txt")) {
      Files.writeString(folder.resolve(name), "");
    }
    System.setProperty(WebFiles.FOLDER_PROPERTY, folder.toString());
  }

  @AfterEach
  void releaseOutput() {
    System.setOut(stdout);
    System.setErr(stderr);
    System.clearProperty(WebFiles.FOLDER_PROPERTY);
  }

  @Test
  void pageGetsTheTorrentAndTheNumbers() throws Exception {
    Path file = Files.writeString(folder.resolve("hello.txt"), "hello, browser");
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread command =
        new Thread(
            () ->
                code.complete(
                    Main.run("share", "--json", "--port", "0", "--up", "1M", file.toString())));
    command.start();
    try {
      String url = found("\"url\":\"([^\"]+)\"");
      assertTrue(url.startsWith("http://localhost:"), url);
      String share = text(url + "share.json");
      String infoHash = group("\"infoHash\":\"([0-9a-f]{40})\"", share);

      Metainfo metainfo = Metainfo.parse(bytes(url + infoHash + ".torrent"));
      assertEquals(infoHash, metainfo.info().infoHash().toString());
      assertEquals("hello.txt", metainfo.info().name());
      assertEquals(List.of(), metainfo.trackers());
      assertTrue(share.contains("\"length\":14"), share);
      assertTrue(share.contains("\"trackers\":[]"), share);
      assertTrue(share.contains("\"isPublic\":false"), share);
      assertFalse(group("\"trackerPort\":([0-9]+)", share).equals("0"), share);
      assertEquals(
          "{\"torrents\":[{\"infoHash\":\""
              + infoHash
              + "\",\"uploadRate\":0,\"uploaded\":0,\"webrtcPeers\":0,\"otherPeers\":0}]}",
          text(url + "stats.json"));
      assertArrayEquals(new byte[0], bytes(url + "webtorrent.min.js"));
    } finally {
      command.interrupt();
    }
    assertEquals(Main.INTERRUPTED, code.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS), this::errors);
  }

  @Test
  void missingFolderIsExplained() {
    System.clearProperty(WebFiles.FOLDER_PROPERTY);

    int code = Main.run("share", "anything");

    assertEquals(1, code);
    assertTrue(errors().contains("fetch.sh"), this::errors);
    assertFalse(errors().contains("internal error"), this::errors);
  }

  @Test
  void missingScriptIsExplained() throws IOException {
    Files.delete(folder.resolve("webtorrent.min.js"));

    int code = Main.run("share", "anything");

    assertEquals(1, code);
    assertTrue(errors().contains("webtorrent.min.js is missing"), this::errors);
  }

  @Test
  void missingFileIsExplained() {
    int code = Main.run("share", "/no/such/file");

    assertEquals(1, code);
    assertTrue(errors().contains("/no/such/file"), this::errors);
    assertFalse(errors().contains("internal error"), this::errors);
  }

  /** The first group of what the program will print. */
  private String found(String pattern) throws InterruptedException {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() < end) {
      Matcher matcher = Pattern.compile(pattern).matcher(out.toString(StandardCharsets.UTF_8));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no " + pattern + " in " + out + errors());
  }

  private static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), text);
    return matcher.group(1);
  }

  private static String text(String url) throws IOException {
    return new String(bytes(url), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String url) throws IOException {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return in.readAllBytes();
    }
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
