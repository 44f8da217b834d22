package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;

/** What HTTP trackers on loopback hear of a torrent, and what a client says of them. */
@Timeout(60)
class ClientHttpTrackerTest {
  private static final Pattern ANNOUNCE =
      Pattern.compile(
          "GET (/.*?)[?&]info_hash=.*&downloaded=([0-9]+).*?(?:&event=([a-z]+))?&numwant.*");

  @TempDir Path temp;

  /** Path, event and downloaded bytes of each announce, in their order. */
  private final List<String> announces = new CopyOnWriteArrayList<>();

  private final byte[] bytes = new byte[300_000];
  private ServerSocket server;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    new Random(1).nextBytes(bytes);
    file = Files.write(temp.resolve("film.bin"), bytes);
    server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread thread = new Thread(this::serve, "http-tracker");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        Matcher matcher = ANNOUNCE.matcher(in.readLine());
        if (matcher.matches()) {
          announces.add(matcher.group(1) + " " + matcher.group(3) + " " + matcher.group(2));
        }
        String reply = "HTTP/1.0 200 OK\r\n\r\nd8:intervali1800ee";
        socket.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // The client went away, or the test is over.
      }
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  private Client client(String directory) throws IOException {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .directory(Files.createDirectories(temp.resolve(directory)))
            .build());
  }

  private void await(String announce) throws InterruptedException {
    while (!announces.contains(announce)) {
      Thread.sleep(10);
    }
  }

  @Test
  void privateMagnetKeepsToItsFirstTrackerAndAPauseIsNotCountedTwice() throws Exception {
    List<String> trackers = List.of(url("/announce/a"), url("/announce/b"), url("/announce/c"));
    SeedOptions options = SeedOptions.builder().isPrivate(true).trackers(trackers).build();
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      Torrent source = seed.seed(file, options);
      await("/announce/a started 0");
      String magnet = source.magnet();
      announces.clear();

      Torrent torrent = leech.add(magnet);
      await("/announce/a started 0");
      await("/announce/b started 0");
      await("/announce/c started 0");
      torrent.addPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), seed.port()));
      torrent.awaitComplete(Duration.ofSeconds(30));
      await("/announce/a completed 300000");
      await("/announce/b stopped 0");
      await("/announce/c stopped 0");
      announces.clear();
      torrent.pause();
      await("/announce/a stopped 300000");
      torrent.resume();

      await("/announce/a started 0");
    }
    assertTrue(announces.stream().noneMatch(line -> line.startsWith("/announce/b")));
  }

  @Test
  void trackersThatTheUserNamesMayHaveAnyPathAndOthersAreToldOf() throws Exception {
    List<String> failures = new CopyOnWriteArrayList<>();
    String magnet =
        "magnet:?xt=urn:btih:aabbccddeeff00112233445566778899aabbccdd&tr="
            + url("/admin%3Freboot%3D1")
            + "&tr=http%3A%2F%2Fbad%20host%2F";
    try (Client client = client("client")) {
      client.addListener(
          event -> {
            if (event instanceof TorrentEvent.TrackerFailed failed) {
              failures.add(failed.url() + " " + failed.reason());
            }
          });
      client.add(magnet, AddOptions.builder().trackers(List.of(url("/my|key/a?x=y"))).build());

      await("/my%7Ckey/a?x=y started 0");
      while (failures.size() < 2) {
        Thread.sleep(10);
      }
    }
    assertTrue(failures.contains("http://bad host/ invalid host name"), failures::toString);
    assertEquals(List.of(), announces.stream().filter(line -> line.startsWith("/admin")).toList());
  }
}
