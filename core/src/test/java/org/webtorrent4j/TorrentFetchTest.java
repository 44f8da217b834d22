package org.webtorrent4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.loop.SelectorLoop;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.http.RawHttpServer;
import org.webtorrent4j.tracker.net.Network;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.transport.TransportContext;

/** Servers as they are found, on loopback. */
class TorrentFetchTest {
  private static final String MAGNET = "magnet:?xt=urn:btih:" + "a".repeat(40);
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final byte[] torrent = "d4:infode".getBytes(StandardCharsets.ISO_8859_1);
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final List<RawHttpServer> servers = new ArrayList<>();
  private SelectorLoop loop;
  private TorrentFetch fetch;

  @BeforeEach
  void open() throws IOException {
    loop = SelectorLoop.open("test-loop");
    fetch = new TorrentFetch(loop, workers, Network.SYSTEM);
  }

  @AfterEach
  void close() throws IOException {
    fetch.close();
    for (RawHttpServer server : servers) {
      server.close();
    }
    workers.shutdownNow();
    loop.close();
  }

  private RawHttpServer serve(RawHttpServer.Script... scripts) throws IOException {
    RawHttpServer server = new RawHttpServer(scripts);
    servers.add(server);
    return server;
  }

  private static RawHttpServer.Script send(String head, byte[] body) {
    return (asked, out) -> {
      RawHttpServer.raw(head + "Content-Length: " + body.length + "\r\n\r\n").run(asked, out);
      out.write(body);
    };
  }

  private static Url url(RawHttpServer server, String user, String path) {
    return Url.parse("http://" + user + "127.0.0.1:" + server.port() + path);
  }

  private static Url url(RawHttpServer server) {
    return url(server, "", "/a");
  }

  /** The first lines of what was asked. */
  private static List<String> asked(RawHttpServer server) {
    return server.heads.stream().map(head -> head.split(" ", 3)[1]).toList();
  }

  private String failure(Url url) {
    return String.valueOf(assertThrows(IOException.class, () -> fetch.fetch(url)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreFollowed(int status) throws IOException {
    RawHttpServer server =
        serve(
            RawHttpServer.raw("HTTP/1.1 " + status + " X\r\nLocation: /b c|d\r\n\r\n"),
            send(OK, torrent));

    assertArrayEquals(torrent, fetch.fetch(url(server)));
    assertEquals(List.of("/a", "/b%20c%7Cd"), asked(server));
  }

  @Test
  void redirectsHaveAnEnd() throws IOException {
    RawHttpServer server = serve(RawHttpServer.redirect("/a"));

    assertEquals("more than 5 redirects", failure(url(server)));
    assertEquals(6, server.heads.size());
  }

  @Test
  void magnetLinkIsTakenWhereverItStands() throws IOException {
    RawHttpServer server = serve(RawHttpServer.redirect(MAGNET), RawHttpServer.body(MAGNET + "\n"));

    assertEquals(Optional.of(MAGNET), TorrentFetch.magnet(fetch.fetch(url(server))));
    assertEquals(Optional.of(MAGNET), TorrentFetch.magnet(fetch.fetch(url(server))));
  }

  @Test
  void packingIsUndone() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(torrent);
    }
    RawHttpServer server = serve(send(OK + "Content-Encoding: gzip\r\n", packed.toByteArray()));

    assertArrayEquals(torrent, fetch.fetch(url(server)));
  }

  @Test
  void largeFilesAreTaken() throws IOException {
    byte[] large = new byte[20 << 20];
    RawHttpServer server = serve(send(OK, large));

    assertArrayEquals(large, fetch.fetch(url(server)));
  }

  @Test
  void userIsToldToHisServer() throws IOException {
    RawHttpServer server =
        serve(send(OK, torrent), RawHttpServer.raw("HTTP/1.1 401 Unauthorized\r\n\r\n"));

    assertArrayEquals(torrent, fetch.fetch(url(server, "me:secret@", "/a")));
    assertEquals("the server answered 401", failure(url(server)));

    assertTrue(server.heads.get(0).contains("\r\nAuthorization: Basic bWU6c2VjcmV0\r\n"));
    assertFalse(server.heads.get(1).contains("Authorization"));
  }

  @Test
  void webPageIsToldFromATorrent() throws IOException {
    RawHttpServer server = serve(RawHttpServer.body("\n<!DOCTYPE html>"));

    assertEquals("a web page is there, not a torrent file", failure(url(server)));
  }

  @Test
  void closingEndsTheWait() throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    RawHttpServer server = serve((head, out) -> hang(isAsked));
    List<String> failures = new CopyOnWriteArrayList<>();
    Thread waiting = new Thread(() -> failures.add(failure(url(server))));
    waiting.start();
    isAsked.await();

    fetch.close();
    waiting.join();

    assertEquals(List.of("the client is closed"), failures);
    assertEquals("the client is closed", failure(url(server)));
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    RawHttpServer server = serve((head, out) -> hang(isAsked));
    List<String> failures = new CopyOnWriteArrayList<>();
    Thread waiting = new Thread(() -> failures.add(failure(url(server))));
    waiting.start();
    isAsked.await();

    waiting.interrupt();
    waiting.join();

    assertEquals(List.of("interrupted"), failures);
  }

  private static void hang(CountDownLatch isAsked) throws InterruptedException {
    isAsked.countDown();
    new CountDownLatch(1).await(); // until the test closes the server
  }

  @Test
  void clientNamesTheUrlWithoutThePassword() throws IOException {
    RawHttpServer server = serve(RawHttpServer.raw("HTTP/1.1 404 Not Found\r\n\r\n"));
    ClientOptions options =
        ClientOptions.builder().trackers(List.of()).transports(List.of(new Nowhere())).build();
    try (Client client = Client.create(options)) {
      String odd = "http://me:secret@127.0.0.1:" + server.port() + "/a b[c]{x}|y";
      for (String text : new String[] {odd, "http://me:secret@a b/c"}) {
        TorrentException refusal = assertThrows(TorrentException.class, () -> client.add(text));
        String message = String.valueOf(refusal.getMessage());
        assertFalse(message.contains("secret"), message);
        assertTrue(message.contains("http://"), message);
      }
    }
    assertEquals(List.of("/a%20b%5Bc%5D%7Bx%7D%7Cy"), asked(server));
  }

  /** Reaches nobody. */
  private static final class Nowhere implements Transport {
    @Override
    public String name() {
      return "nowhere";
    }

    @Override
    public void start(TransportContext context) {}

    @Override
    public void close() {}
  }
}
