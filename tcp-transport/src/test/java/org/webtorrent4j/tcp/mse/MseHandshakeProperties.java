package org.webtorrent4j.tcp.mse;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.webtorrent4j.metainfo.InfoHash;

/** Two handshakes that talk to each other, whatever the pads and however the bytes are cut. */
class MseHandshakeProperties {
  private static final InfoHash TORRENT = MseVectors.TORRENT;

  @Property(tries = 300)
  void bothSidesAgreeHoweverTheBytesAreCut(
      @ForAll @IntRange(max = 512) int padA,
      @ForAll @IntRange(max = 512) int padB,
      @ForAll @IntRange(max = 512) int padC,
      @ForAll @IntRange(max = 512) int padD,
      @ForAll @IntRange(min = 1, max = 3) int provided,
      @ForAll boolean mustEncrypt,
      @ForAll @IntRange(max = 4096) int initialLength,
      @ForAll @IntRange(min = 1, max = 700) int maxCut,
      @ForAll long seed)
      throws ProtocolException {
    Random random = new Random(seed);
    byte[] initial = bytes(random, initialLength);
    Side a =
        new Side(
            new MseInitiator(
                new DhKeyExchange(new SecureRandom()),
                TORRENT,
                provided,
                initial,
                MseVectors.pads(padA, padC)));
    TorrentKeys torrents = new TorrentKeys();
    List<InfoHash> known = List.of(InfoHash.of(new byte[20]), TORRENT);
    Side b =
        new Side(
            new MseResponder(
                new DhKeyExchange(new SecureRandom()),
                key -> torrents.find(key, known),
                mustEncrypt,
                MseVectors.pads(padB, padD)));

    try {
      talk(a, b, random, maxCut);
    } catch (ProtocolException e) {
      assertTrue(mustEncrypt && provided == MseHandshake.PLAINTEXT, e.getMessage());
      return;
    }

    assertFalse(mustEncrypt && provided == MseHandshake.PLAINTEXT);
    MseOutcome outcomeOfA = requireNonNull(a.handshake.outcome());
    MseOutcome outcomeOfB = requireNonNull(b.handshake.outcome());
    boolean isEncrypted = mustEncrypt || provided == MseHandshake.RC4;
    assertEquals(isEncrypted, outcomeOfA.isEncrypted());
    assertEquals(isEncrypted, outcomeOfB.isEncrypted());
    assertArrayEquals(initial, outcomeOfB.initialPayload());
    assertStreamsMatch(outcomeOfA.sending(), outcomeOfB.receiving());
    assertStreamsMatch(outcomeOfB.sending(), outcomeOfA.receiving());
  }

  /** Carries bytes until both are done; what each says behind the handshake stays. */
  private static void talk(Side a, Side b, Random random, int maxCut) throws ProtocolException {
    for (int round = 0; round < 100_000; round++) {
      boolean aMoved = a.carry(b, random, maxCut);
      boolean bMoved = b.carry(a, random, maxCut);
      if (!aMoved && !bMoved) {
        assertTrue(a.handshake.outcome() != null && b.handshake.outcome() != null, "stuck");
        return;
      }
    }
    throw new AssertionError("no end");
  }

  private static void assertStreamsMatch(Rc4 sending, Rc4 receiving) {
    byte[] bytes = new byte[100];
    sending.crypt(bytes, 0, 100);
    receiving.crypt(bytes, 0, 100);
    assertArrayEquals(new byte[100], bytes);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static final class Side {
    final MseHandshake handshake;
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

    Side(MseHandshake handshake) {
      this.handshake = handshake;
    }

    /** Moves some bytes to the other side, which keeps what it does not take; whether any did. */
    boolean carry(Side other, Random random, int maxCut) throws ProtocolException {
      if (handshake.isComputing()) {
        handshake.compute();
        handshake.resume();
      }
      int length = Math.min(handshake.output().remaining(), 1 + random.nextInt(maxCut));
      byte[] slice = new byte[length];
      handshake.output().get(slice);
      other.unread.writeBytes(slice);
      ByteBuffer in = ByteBuffer.wrap(other.unread.toByteArray());
      other.handshake.receive(in);
      boolean moved = length > 0 || in.position() > 0 || handshake.isComputing();
      other.unread.reset();
      other.unread.write(in.array(), in.position(), in.remaining());
      return moved || other.handshake.isComputing();
    }
  }
}
