package org.webtorrent4j.examples.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Speaks HTTP by hand, since a decent client would tidy up what these tests send. */
class PageServerTest {
  /** A file that a page or script of ours names. */
  private static final Pattern NAMED =
      Pattern.compile("[\"'](?:\\./|/)([a-z0-9.]+\\.(?:js|css|svg))[\"']");

  private final AtomicInteger number = new AtomicInteger();
  private PageServer server;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void start() throws IOException {
    for (String name : new String[] {"webtorrent.min.js", "sw.min.js", "webtorrent.LICENSE.txt"}) {
      Files.writeString(folder.resolve(name), "// " + name);
    }
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Map<String, Resource> resources = new HashMap<>(WebFiles.load(folder));
    resources.put("/stats.json", Resource.json(() -> "{\"n\":" + number.incrementAndGet() + "}"));
    server = PageServer.start(InetAddress.getLoopbackAddress(), 0, resources, "ws://*:8000");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8, <!doctype html>",
    "/?torrent=1, text/html; charset=utf-8, <!doctype html>",
    "/style.css, text/css; charset=utf-8, :root",
    "/app.js, text/javascript; charset=utf-8, import",
    "/icon.svg, image/svg+xml, <svg",
    "/webtorrent.min.js, text/javascript; charset=utf-8, // webtorrent.min.js",
    "/sw.min.js, text/javascript; charset=utf-8, // sw.min.js",
    "/webtorrent.LICENSE.txt, text/plain; charset=utf-8, // webtorrent.LICENSE.txt",
    "/stats.json, application/json, {"
  })
  void filesHaveTheirTypes(String path, String type, String begin) throws IOException {
    String answer = get(path);

    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.contains("\r\nContent-Type: " + type + "\r\n"), answer);
    assertTrue(body(answer).contains(begin), answer);
  }

  @Test
  void everythingThatThePageNamesIsServed() throws IOException {
    Set<String> seen = new HashSet<>(Set.of("/"));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String answer = get(open.remove());
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      NAMED
          .matcher(body(answer))
          .results()
          .map(name -> "/" + name.group(1))
          .forEach(
              path -> {
                if (seen.add(path)) {
                  open.add(path);
                }
              });
    }
    assertTrue(
        seen.containsAll(Set.of("/app.js", "/sha1.js", "/sw.min.js", "/style.css")),
        seen::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/stats.json", "/webtorrent.min.js", "/nothing"})
  void everyAnswerIsProtected(String path) throws IOException {
    String answer = get(path);

    assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
    assertTrue(answer.contains("Content-Security-Policy: default-src 'none'"), answer);
    assertTrue(answer.contains("connect-src 'self' ws://*:8000;"), answer);
    assertFalse(answer.contains("Server: "), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/secret.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/webtorrent.min.js/../secret.txt",
        "/./secret.txt",
        "//secret.txt",
        "/\\..\\secret.txt",
        "/web/../../secret.txt",
        "/etc/passwd",
        "/index.html",
        "/app.js/",
        "/APP.JS",
        "/app.js%00",
        "/nothing"
      })
  void noPathLeadsElsewhere(String path) throws IOException {
    String answer = get(path);

    assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), answer);
    assertFalse(answer.contains("\r\n\r\nsecret"), answer);
  }

  @Test
  void headHasTheHeadersOnly() throws IOException {
    String get = get("/style.css");
    String head = ask("HEAD /style.css HTTP/1.1", "localhost", "");

    assertTrue(head.startsWith("HTTP/1.1 200 "), head);
    assertEquals("", body(head));
    String length = "Content-Length: " + body(get).getBytes(StandardCharsets.UTF_8).length + "\r\n";
    assertTrue(head.contains(length), head);
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws IOException {
    String first = get("/app.js");
    String tag = first.replaceFirst("(?s).*\r\nETag: (\\S+)\r\n.*", "$1");
    String again = ask("GET /app.js HTTP/1.1", "localhost", "If-None-Match: " + tag + "\r\n");

    assertTrue(again.startsWith("HTTP/1.1 304 "), again);
    assertEquals("", body(again));
  }

  @Test
  void numbersAreNotKept() throws IOException {
    assertEquals("{\"n\":1}", body(get("/stats.json")));
    String second = get("/stats.json");

    assertEquals("{\"n\":2}", body(second));
    assertTrue(second.contains("Cache-Control: no-store"), second);
  }

  @Test
  void onlyReadingIsServed() throws IOException {
    String answer = ask("POST / HTTP/1.1", "localhost", "Content-Length: 0\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
    assertTrue(answer.contains("Allow: GET, HEAD"), answer);
  }

  @Test
  void pagesOfStrangersAreRefused() throws IOException {
    String answer = ask("GET /stats.json HTTP/1.1", "rebound.example", "");

    assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
    assertEquals(0, number.get());
  }

  @Test
  void takenPortIsAnError() {
    assertThrows(
        IOException.class,
        () ->
            PageServer.start(InetAddress.getLoopbackAddress(), server.port(), Map.of(), "")
                .close());
  }

  @Test
  void missingScriptIsExplained() throws IOException {
    Files.delete(folder.resolve("sw.min.js"));

    String failure =
        assertThrows(FileNotFoundException.class, () -> WebFiles.load(folder)).toString();
    assertTrue(failure.contains("sw.min.js is missing"), failure);
    assertTrue(failure.contains("fetch.sh"), failure);
  }

  private String get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1", "localhost", "");
  }

  private String ask(String line, String host, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String request = line + "\r\nHost: " + host + "\r\n" + headers + "Connection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
