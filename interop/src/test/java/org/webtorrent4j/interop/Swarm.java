package org.webtorrent4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.tcp.TcpTransport;
import org.webtorrent4j.transport.Encryption;
import org.webtorrent4j.webrtc.WebRtcOptions;
import org.webtorrent4j.webrtc.WebRtcTransport;

/** What every test needs: content with its torrent file, our client, and a comparison. */
final class Swarm {
  private final Path folder;

  Swarm(Path folder) {
    this.folder = folder;
  }

  /** A folder of several files: large, small, of one byte, and empty. */
  Path folderOfFiles() throws IOException {
    Path root = folder.resolve("source/content");
    write(root.resolve("large.bin"), 7_654_321);
    write(root.resolve("one byte.txt"), 1);
    write(root.resolve("deep/er/middle.bin"), 200_000);
    write(root.resolve("deep/empty"), 0);
    write(root.resolve("ünïcödé.txt"), 20_000);
    return root;
  }

  /** A single file of so many bytes. */
  Path file(int length) throws IOException {
    Path file = folder.resolve("source/single.bin");
    write(file, length);
    return file;
  }

  Path newFolder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static void write(Path file, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Our client, without any tracker but those that a test names. */
  Client client(Path directory, Encryption encryption) {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .encryption(encryption)
            .directory(directory)
            .build());
  }

  /** Our client on WebRTC too, without any STUN server. */
  Client webRtcClient(Path directory) {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .directory(directory)
            .transports(List.of(new TcpTransport(), new WebRtcTransport(webRtcOptions())))
            .build());
  }

  /** With the implementation that {@code -Dinterop.webrtc} names, or the usual one. */
  private static WebRtcOptions webRtcOptions() {
    WebRtcOptions.Builder options = WebRtcOptions.builder().iceServers(List.of());
    String provider = System.getProperty("interop.webrtc", "");
    return (provider.isEmpty() ? options : options.provider(provider)).build();
  }

  Client client(Path directory) {
    return client(directory, ClientOptions.defaults().encryption());
  }

  /** Seeds and writes the torrent file, which other programs need. */
  Path seed(Client client, Path content, List<String> trackers) throws IOException {
    Torrent torrent =
        client.seed(content, SeedOptions.builder().trackers(trackers).pieceLength(65536).build());
    Path file = folder.resolve("content.torrent");
    torrent.metainfo().orElseThrow().write(file);
    return file;
  }

  /** Writes the torrent file of some content without seeding it. */
  Path describe(Path content, List<String> trackers) throws IOException {
    try (Client client = client(folder)) {
      return seed(client, content, trackers);
    }
  }

  static String peer(int port) {
    return "127.0.0.1:" + port;
  }

  /** A port that is free now, for programs that cannot choose one and tell. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same files with the same bytes. */
  static void assertSame(Path expected, Path actual) throws IOException {
    if (Files.isRegularFile(expected)) {
      assertEquals(-1, Files.mismatch(expected, actual), actual + " differs");
      return;
    }
    Map<String, Path> wanted = files(expected);
    assertEquals(wanted.keySet(), files(actual).keySet());
    compare(wanted, actual);
  }

  /** The same but for empty files: webtorrent and Transmission do not create them. */
  static void assertSameButEmpty(Path expected, Path actual) throws IOException {
    Map<String, Path> wanted = files(expected);
    for (Path file : List.copyOf(wanted.values())) {
      if (Files.size(file) == 0) {
        wanted.values().remove(file);
      }
    }
    compare(wanted, actual);
  }

  private static void compare(Map<String, Path> wanted, Path actual) throws IOException {
    for (Map.Entry<String, Path> file : wanted.entrySet()) {
      assertArrayEquals(
          Files.readAllBytes(file.getValue()),
          Files.readAllBytes(actual.resolve(file.getKey())),
          file.getKey());
    }
  }

  private static Map<String, Path> files(Path root) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .forEach(file -> files.put(root.relativize(file).toString(), file));
    }
    return files;
  }
}
