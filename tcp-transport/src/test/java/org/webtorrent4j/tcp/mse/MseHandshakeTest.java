package org.webtorrent4j.tcp.mse;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The messages, byte for byte. */
class MseHandshakeTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String MARK_AND_KEY =
      "f1caed0e80b71c457b9cb8160ed79401ef9b8307ee33c44acba104d9f0cee62fc83ca9c985694621";
  private static final String OFFER =
      "4a4e9284974bd143d4fd23da511d9d7ee932102e76b34ac14d051d5aa544a606f864f9ca9def4854106952a4"
          + "0ffa7aebc829c09f9dcec82dfa3ace9d5ee50063db42c25289acd8cd0b3685832722fae0e261f36a";
  private static final String ANSWER = "85e03a0dc729be03b0ef1241d0e2";
  private static final String HANDSHAKE_OF_B =
      "3771e6717ae10d186b10c56e420d68078a73a4a88c9d8794fe4e5f3e09c90f6a56a8f19e2aec47d60cbd0442"
          + "65317798a807d156662c644076d73049abd784a4d26c5adb";

  @Test
  void initiatorSpeaksAsTheVectors() throws ProtocolException {
    byte[] initialPayload = handshake("-XX0001-abcdefghijkl");
    MseInitiator initiator =
        new MseInitiator(
            MseVectors.keysOfA(), MseVectors.TORRENT, 3, initialPayload, MseVectors.pads(0, 0));

    assertEquals(MseVectors.YA, step(initiator, ""));
    assertEquals(MARK_AND_KEY + OFFER, step(initiator, MseVectors.YB));
    ByteBuffer in = ByteBuffer.wrap(HEX.parseHex(ANSWER + HANDSHAKE_OF_B));
    initiator.receive(in);

    MseOutcome outcome = requireNonNull(initiator.outcome());
    assertTrue(outcome.isEncrypted());
    assertEquals(68, in.remaining());
    byte[] payload = rest(in);
    outcome.receiving().crypt(payload, 0, payload.length);
    assertArrayEquals(handshake("-YY0001-abcdefghijkl"), payload);
  }

  @Test
  void initiatorPadsAsTheVectors() throws ProtocolException {
    MseInitiator initiator =
        new MseInitiator(
            MseVectors.keysOfA(), MseVectors.TORRENT, 1, new byte[0], MseVectors.pads(3, 5));

    assertEquals(MseVectors.YA + "000102", step(initiator, ""));
    assertEquals(
        MARK_AND_KEY + "4a4e9284974bd143d4fd23d851189d3bf8737d5a22",
        step(initiator, MseVectors.YB));
  }

  @Test
  void responderSpeaksAsTheVectors() throws ProtocolException {
    MseResponder responder = responder(true);

    assertEquals(MseVectors.YB, step(responder, MseVectors.YA));
    assertEquals(ANSWER, step(responder, MARK_AND_KEY + OFFER));

    MseOutcome outcome = requireNonNull(responder.outcome());
    assertTrue(outcome.isEncrypted());
    assertArrayEquals(handshake("-XX0001-abcdefghijkl"), outcome.initialPayload());
    byte[] payload = handshake("-YY0001-abcdefghijkl");
    outcome.sending().crypt(payload, 0, payload.length);
    assertEquals(HANDSHAKE_OF_B, HEX.formatHex(payload));
  }

  @Test
  void responderPrefersPlaintextPayloadButReadsTheInitialPayloadEncrypted()
      throws ProtocolException {
    MseResponder responder = responder(false);

    step(responder, MseVectors.YA);
    step(responder, MARK_AND_KEY + OFFER);

    MseOutcome outcome = requireNonNull(responder.outcome());
    assertFalse(outcome.isEncrypted());
    assertArrayEquals(handshake("-XX0001-abcdefghijkl"), outcome.initialPayload());
  }

  @Test
  void nothingIsTakenWhileTheSecretIsComputedNorOfThePayload() throws ProtocolException {
    MseResponder responder = responder(true);
    ByteBuffer in = ByteBuffer.wrap(HEX.parseHex(MseVectors.YA + MARK_AND_KEY + OFFER + "aabbcc"));

    responder.receive(in);
    assertEquals(DhKeyExchange.KEY_LENGTH, in.position());
    assertTrue(responder.isComputing());
    responder.receive(in);
    assertEquals(DhKeyExchange.KEY_LENGTH, in.position());
    assertNull(responder.outcome());

    responder.compute();
    responder.resume();
    responder.receive(in);
    assertEquals("aabbcc", HEX.formatHex(rest(in)));
  }

  private static MseResponder responder(boolean mustEncrypt) {
    byte[] key = HEX.parseHex("76afbc0ab45fae07444ffb6f4ed0f9ff2b688c2e");
    return new MseResponder(
        MseVectors.keysOfB(),
        torrentKey -> Arrays.equals(torrentKey, key) ? MseVectors.TORRENT : null,
        mustEncrypt,
        MseVectors.pads(0, 0));
  }

  /** Gives bytes to a handshake and computes if need be; what it sends. */
  private static String step(MseHandshake handshake, String hex) throws ProtocolException {
    handshake.receive(ByteBuffer.wrap(HEX.parseHex(hex)));
    if (handshake.isComputing()) {
      handshake.compute();
      handshake.resume();
    }
    return HEX.formatHex(rest(handshake.output()));
  }

  private static byte[] rest(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] handshake(String peerId) {
    return ByteBuffer.allocate(68)
        .put("\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII))
        .put(HEX.parseHex("0000000000100005"))
        .put(MseVectors.TORRENT.bytes())
        .put(peerId.getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
