package org.webtorrent4j.tcp.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;

/** What peers may not do. */
class MseRefusalTest {
  private static final byte[] SECRET = HexFormat.of().parseHex(MseVectors.SECRET);
  private static final InfoHash OTHER = InfoHash.of(new byte[20]);

  private final MseInitiator initiator =
      new MseInitiator(
          MseVectors.keysOfA(),
          MseVectors.TORRENT,
          MseHandshake.PLAINTEXT,
          new byte[0],
          MseVectors.pads(0, 0));

  @ParameterizedTest
  @ValueSource(strings = {"00", "01"})
  void weakKeyIsRefusedByBoth(String lastByte) throws ProtocolException {
    byte[] key = HexFormat.of().parseHex("00".repeat(95) + lastByte);
    run(initiator);

    assertThrows(ProtocolException.class, () -> receive(initiator, key));
    assertThrows(ProtocolException.class, () -> receive(responder(false), key));
  }

  @Test
  void firstPadOf512BytesIsAcceptedAndOneMoreIsNot() throws ProtocolException {
    byte[] mark = MseKeys.syncMark(SECRET);

    receive(responderWithSecret(false), new byte[512], mark);

    assertRefused("no synchronisation", responderWithSecret(false), new byte[513], mark);
  }

  @Test
  void secondPadOf512BytesIsAcceptedAndOneMoreIsNot() throws ProtocolException {
    byte[] mark = new byte[MseHandshake.VC_LENGTH];
    MseKeys.responderStream(SECRET, MseVectors.TORRENT).crypt(mark, 0, mark.length);
    MseInitiator another =
        new MseInitiator(
            MseVectors.keysOfA(), MseVectors.TORRENT, 1, new byte[0], MseVectors.pads(0, 0));
    sync(initiator);
    sync(another);

    receive(initiator, new byte[512], mark);

    assertRefused("no synchronisation", another, new byte[513], mark);
  }

  @Test
  void unknownTorrentIsRefused() throws ProtocolException {
    byte[] key = MseKeys.mask(MseKeys.torrentKey(OTHER), SECRET);

    assertRefused("unknown torrent", responderWithSecret(false), MseKeys.syncMark(SECRET), key);
  }

  @Test
  void verificationConstantMustBeZero() throws ProtocolException {
    assertRefused("verification", responderWithSecret(false), offer(1, 3, 0, 0));
  }

  @Test
  void padInTheOfferIsLimited() throws ProtocolException {
    assertRefused("pad of 513", responderWithSecret(false), offer(0, 3, 513, 0));
    assertRefused("pad of 65535", responderWithSecret(false), offer(0, 3, 65535, 0));
  }

  @Test
  void initialPayloadIsLimited() throws ProtocolException {
    receive(responderWithSecret(false), offer(0, 3, 0, 4096));

    assertRefused("payload of 4097", responderWithSecret(false), offer(0, 3, 0, 4097));
    assertRefused("payload of 65535", responderWithSecret(false), offer(0, 3, 0, 65535));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 0x100, Integer.MIN_VALUE})
  void offerNeedsAMethodThatWeKnow(int provided) throws ProtocolException {
    assertRefused("no acceptable method", responderWithSecret(false), offer(0, provided, 0, 0));
  }

  @Test
  void plaintextPayloadIsRefusedIfEncryptionIsRequired() throws ProtocolException {
    assertRefused("no acceptable method", responderWithSecret(true), offer(0, 1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3, 4, -1})
  void selectionMustBeOneOfTheProvided(int selected) throws ProtocolException {
    sync(initiator);

    assertRefused("selected", initiator, answer(selected, 0));
  }

  @Test
  void padInTheAnswerIsLimited() throws ProtocolException {
    sync(initiator);

    assertRefused("pad of 513", initiator, answer(1, 513));
  }

  private static byte[] offer(long verification, int provided, int padLength, int payloadLength) {
    ByteBuffer clear =
        ByteBuffer.allocate(8 + 4 + 2 + padLength + 2)
            .putLong(verification)
            .putInt(provided)
            .putShort((short) padLength);
    clear.putShort(14 + padLength, (short) payloadLength);
    MseKeys.initiatorStream(SECRET, MseVectors.TORRENT).crypt(clear.array(), 0, clear.capacity());
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(MseKeys.syncMark(SECRET));
    message.writeBytes(MseKeys.mask(MseKeys.torrentKey(MseVectors.TORRENT), SECRET));
    message.writeBytes(clear.array());
    return message.toByteArray();
  }

  private static byte[] answer(int selected, int padLength) {
    byte[] message =
        ByteBuffer.allocate(8 + 4 + 2)
            .putLong(0)
            .putInt(selected)
            .putShort((short) padLength)
            .array();
    MseKeys.responderStream(SECRET, MseVectors.TORRENT).crypt(message, 0, message.length);
    return message;
  }

  private static MseResponder responder(boolean mustEncrypt) {
    TorrentKeys torrents = new TorrentKeys();
    return new MseResponder(
        MseVectors.keysOfB(),
        key -> torrents.find(key, List.of(MseVectors.TORRENT)),
        mustEncrypt,
        MseVectors.pads(0, 0));
  }

  private static MseResponder responderWithSecret(boolean mustEncrypt) throws ProtocolException {
    MseResponder responder = responder(mustEncrypt);
    receive(responder, HexFormat.of().parseHex(MseVectors.YA));
    run(responder);
    return responder;
  }

  private static void sync(MseInitiator initiator) throws ProtocolException {
    run(initiator);
    receive(initiator, HexFormat.of().parseHex(MseVectors.YB));
    run(initiator);
  }

  private static void run(MseHandshake handshake) {
    assertTrue(handshake.isComputing());
    handshake.compute();
    handshake.resume();
  }

  private static void receive(MseHandshake handshake, byte[]... parts) throws ProtocolException {
    for (byte[] part : parts) {
      ByteBuffer in = ByteBuffer.wrap(part);
      handshake.receive(in);
      assertEquals(0, in.remaining());
    }
  }

  private static void assertRefused(String message, MseHandshake handshake, byte[]... parts) {
    ProtocolException refusal =
        assertThrows(ProtocolException.class, () -> receive(handshake, parts));
    assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal::toString);
  }
}
