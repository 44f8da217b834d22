package org.webtorrent4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;

/** Peers that lie about the description of a magnet link, beside an honest one. */
@Timeout(60)
class MetadataLiarTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path temp;

  private Client client(String directory) throws IOException {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .directory(Files.createDirectories(temp.resolve(directory)))
            .build());
  }

  /** Connects to a client and says, one after the other, how long the description is. */
  private static Socket liar(Client victim, Torrent torrent, long... lengths) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), victim.port());
    ByteBuffer hello = ByteBuffer.allocate(4096);
    hello.put((byte) 19).put("BitTorrent protocol".getBytes(StandardCharsets.US_ASCII));
    hello.put(new byte[] {0, 0, 0, 0, 0, 0x10, 0, 0});
    hello.put(HexFormat.of().parseHex(torrent.infoHash().toString()));
    hello.put("-XX0001-123456789012".getBytes(StandardCharsets.US_ASCII));
    for (long length : lengths) {
      byte[] handshake =
          ("d1:md11:ut_metadatai3ee13:metadata_sizei" + length + "ee")
              .getBytes(StandardCharsets.US_ASCII);
      hello.putInt(2 + handshake.length).put((byte) 20).put((byte) 0).put(handshake);
    }
    socket.getOutputStream().write(hello.array(), 0, hello.position());
    socket.getOutputStream().flush();
    return socket;
  }

  @Test
  void peerThatNamesManyLengthsDoesNotKeepAnHonestOneOut() throws Exception {
    Path file = Files.write(temp.resolve("film.bin"), new byte[300_000]);
    try (Client seed = client("seed");
        Client leech = client("leech")) {
      Torrent seeded = seed.seed(file);
      Torrent torrent = leech.add(seeded.infoHash().toString());
      try (Socket one = liar(leech, torrent, 30_001, 30_002, 30_003, 30_004, 30_005, 30_006);
          Socket other = liar(leech, torrent, 10_000_000, 10_000_001, 10_000_002, 10_000_003)) {
        assertEquals(19, one.getInputStream().read());
        assertEquals(19, other.getInputStream().read());
        torrent.addPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), seed.port()));

        torrent.awaitMetadata(LIMIT);
        torrent.awaitComplete(LIMIT);
      }
    }
  }

  @Test
  void lengthThatIsTooLargeIsTold() throws Exception {
    BlockingQueue<TorrentEvent.MetadataTooLong> told = new LinkedBlockingQueue<>();
    try (Client leech = client("leech")) {
      Torrent torrent = leech.add("0123456789012345678901234567890123456789");
      torrent.addListener(
          event -> {
            if (event instanceof TorrentEvent.MetadataTooLong tooLong) {
              told.add(tooLong);
            }
          });
      try (Socket liar = liar(leech, torrent, 80_000_000)) {
        TorrentEvent.MetadataTooLong event = told.poll(30, TimeUnit.SECONDS);
        assertNotNull(event);
        assertEquals(80_000_000, event.bytes());
        assertEquals(64 << 20, event.limit());
        assertEquals(19, liar.getInputStream().read());
      }
    }
  }
}
