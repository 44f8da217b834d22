package org.webtorrent4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.transport.Encryption;

/** Programs that can be given our address: both ways, by torrent file and by a bare magnet link. */
class DirectPeersIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path temp;

  /** One way of starting another program. */
  interface Peer {
    PeerProcess start(Path folder, String... args);
  }

  static Stream<Arguments> peers() {
    Peer plain = (folder, args) -> Peers.libtorrent(folder, with(args, "--encryption", "plain"));
    Peer rc4 = (folder, args) -> Peers.libtorrent(folder, with(args, "--encryption", "rc4"));
    return Stream.of(
        Arguments.of("libtorrent, plaintext", plain, Encryption.ALLOWED),
        Arguments.of("libtorrent, forced RC4", rc4, Encryption.ALLOWED),
        Arguments.of("libtorrent, RC4 required by both", rc4, Encryption.REQUIRED),
        Arguments.of("webtorrent --secure 0", webtorrent("0"), Encryption.ALLOWED),
        Arguments.of("webtorrent --secure 1", webtorrent("1"), Encryption.ALLOWED),
        Arguments.of("webtorrent --secure 2", webtorrent("2"), Encryption.ALLOWED),
        Arguments.of(
            "webtorrent --secure 1, MSE preferred", webtorrent("1"), Encryption.PREFERRED));
  }

  private static Peer webtorrent(String secure) {
    return (folder, args) -> Peers.webtorrent(folder, with(args, "--secure", secure));
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("peers")
  void theyDownloadAFolderFromUs(String name, Peer peer, Encryption encryption) throws Exception {
    Swarm swarm = new Swarm(temp);
    Path content = swarm.folderOfFiles();
    Path target = swarm.newFolder("target");
    try (Client client = swarm.client(target, encryption)) {
      Path torrent = swarm.seed(client, content, List.of());

      try (PeerProcess leech =
          peer.start(
              target,
              "leech",
              "--torrent",
              torrent.toString(),
              "--dir",
              target.toString(),
              "--peer",
              Swarm.peer(client.port()),
              "--timeout",
              "60")) {
        leech.await("RESULT", LIMIT);
      }
    }
    if (name.startsWith("webtorrent")) {
      Swarm.assertSameButEmpty(content, target.resolve("content"));
    } else {
      Swarm.assertSame(content, target.resolve("content"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("peers")
  void theyDownloadOneByteFromUsByMagnet(String name, Peer peer, Encryption encryption)
      throws Exception {
    Swarm swarm = new Swarm(temp);
    Path content = swarm.file(1);
    Path target = swarm.newFolder("target");
    try (Client client = swarm.client(target, encryption)) {
      Torrent torrent = client.seed(content, SeedOptions.builder().trackers(List.of()).build());
      String magnet = "magnet:?xt=urn:btih:" + torrent.infoHash();

      try (PeerProcess leech =
          peer.start(
              target,
              "leech",
              "--torrent",
              magnet,
              "--dir",
              target.toString(),
              "--peer",
              Swarm.peer(client.port()),
              "--timeout",
              "60")) {
        leech.await("RESULT", LIMIT);
      }
    }
    Swarm.assertSame(content, target.resolve("single.bin"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("peers")
  void weDownloadAFolderFromThemByABareMagnet(String name, Peer peer, Encryption encryption)
      throws Exception {
    Swarm swarm = new Swarm(temp);
    Path content = swarm.folderOfFiles();
    Path torrentFile = swarm.describe(content, List.of());
    Path target = swarm.newFolder("target");
    try (PeerProcess seed = seed(peer, target, torrentFile, content)) {
      String port = seed.await("READY", LIMIT).split(" ", -1)[1];

      try (Client client = swarm.client(target, encryption)) {
        String hash = Metainfo.read(torrentFile).info().infoHash().toString();
        Torrent torrent =
            client.add(
                "magnet:?xt=urn:btih:" + hash + "&x.pe=127.0.0.1:" + port, AddOptions.defaults());
        torrent.awaitComplete(LIMIT);
      }
    }
    Swarm.assertSame(content, target.resolve("content"));
  }

  /** They answer a cancelled request by the block, by a reject, or not at all. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("peers")
  void aReaderJumpsAboutWhatTheySeed(String name, Peer peer, Encryption encryption)
      throws Exception {
    Swarm swarm = new Swarm(temp);
    int length = 64 << 20;
    Path content = swarm.file(length);
    Path torrentFile = swarm.describe(content, List.of());
    Path target = swarm.newFolder("target");
    try (PeerProcess seed = seed(peer, target, torrentFile, content);
        Client client = swarm.client(target, encryption)) {
      String port = seed.await("READY", LIMIT).split(" ", -1)[1];
      Torrent torrent =
          client.add(torrentFile, AddOptions.builder().peers(List.of(loopback(port))).build());

      try (SeekableByteChannel reader = torrent.files().get(0).openChannel();
          SeekableByteChannel expected = Files.newByteChannel(content)) {
        for (int megabyte : new int[] {60, 1, 40, 20, 63, 0}) {
          assertEquals(read(expected, megabyte << 20), read(reader, megabyte << 20));
        }
      }
      torrent.awaitComplete(LIMIT);

      long wasted = torrent.stats().wasted();
      assertTrue(wasted <= length / 100, wasted + " bytes came twice");
    }
    Swarm.assertSame(content, target.resolve("single.bin"));
  }

  private static PeerProcess seed(Peer peer, Path target, Path torrentFile, Path content) {
    return peer.start(
        target,
        "seed",
        "--torrent",
        torrentFile.toString(),
        "--dir",
        content.getParent().toString());
  }

  private static ByteBuffer read(SeekableByteChannel channel, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1000);
    channel.position(position);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
    return bytes.flip();
  }

  private static InetSocketAddress loopback(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }
}
