package org.webtorrent4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataMessageTest {
  private static final String REQUEST = "64383a6d73675f74797065693065353a706965636569306565";
  private static final String REJECT = "64383a6d73675f74797065693265353a706965636569306565";
  private static final String DATA =
      "64383a6d73675f74797065693165353a706965636569306531303a746f74616c5f73697a6569336565010203";

  @Test
  void sendsWhatOthersSend() {
    assertEquals(REQUEST, hex(MetadataMessage.request(0)));
    assertEquals(REJECT, hex(MetadataMessage.reject(0)));
    assertEquals(DATA, hex(MetadataMessage.data(new byte[] {1, 2, 3}, 0)));
  }

  @Test
  void readsWhatOthersSend() throws ProtocolException {
    assertEquals(
        new MetadataMessage(MetadataMessage.Type.REQUEST, 0, 0, ByteBuffer.allocate(0)),
        parseHex(REQUEST));
    assertEquals(
        new MetadataMessage(MetadataMessage.Type.REJECT, 0, 0, ByteBuffer.allocate(0)),
        parseHex(REJECT));
    assertEquals(
        new MetadataMessage(MetadataMessage.Type.DATA, 0, 3, ByteBuffer.wrap(new byte[] {1, 2, 3})),
        parseHex(DATA));
  }

  @Test
  void bytesBeginAfterTheDictionaryWhateverIsInIt() throws ProtocolException {
    MetadataMessage message =
        MetadataMessage.parse(ascii("d1:ad1:blee8:msg_typei1e5:piecei2e10:total_sizei40000eeee"))
            .orElseThrow();

    assertEquals(2, message.piece());
    assertEquals(ByteBuffer.wrap(ascii("ee")), message.bytes());
  }

  @Test
  void unknownTypeIsNothing() throws ProtocolException {
    assertEquals(Optional.empty(), MetadataMessage.parse(ascii("d8:msg_typei3ee")));
    assertEquals(Optional.empty(), MetadataMessage.parse(ascii("d8:msg_typei-1ee")));
  }

  @Test
  void lastPieceIsShort() throws ProtocolException {
    byte[] metadata = new byte[40_000];
    metadata[32_768] = 7;

    MetadataMessage last = MetadataMessage.parse(MetadataMessage.data(metadata, 2)).orElseThrow();

    assertEquals(3, MetadataMessage.pieceCount(metadata.length));
    assertEquals(40_000, last.totalSize());
    assertEquals(40_000 - 32_768, last.bytes().remaining());
    assertEquals(7, last.bytes().get(0));
  }

  @Test
  void piecesFillUpExactly() {
    assertEquals(1, MetadataMessage.pieceCount(1));
    assertEquals(1, MetadataMessage.pieceCount(16_384));
    assertEquals(2, MetadataMessage.pieceCount(16_385));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "le",
        "d5:piecei0ee",
        "d8:msg_typei0ee",
        "d8:msg_typei0e5:piecei-1ee",
        "d8:msg_typei0e5:piecei4096ee",
        "d8:msg_typei1e5:piecei0e10:total_sizei67108865eex",
        "d8:msg_typei1e5:piecei0e10:total_sizei-1eex",
        "d8:msg_typei1e5:piecei0e10:total_sizei3ee"
      })
  void nonsenseBreaksTheProtocol(String payload) {
    assertThrows(ProtocolException.class, () -> MetadataMessage.parse(ascii(payload)));
  }

  @Test
  void tooLongAPieceBreaksTheProtocol() {
    byte[] payload = ascii("d8:msg_typei1e5:piecei0e10:total_sizei20000ee" + "x".repeat(16_385));

    assertEquals(
        "ut_metadata piece of 16385 bytes",
        assertThrows(ProtocolException.class, () -> MetadataMessage.parse(payload)).getMessage());
  }

  @Property
  void anyBytesAtMostBreakTheProtocol(@ForAll byte[] payload) {
    try {
      MetadataMessage.parse(payload);
    } catch (ProtocolException e) {
      // the one way to fail
    }
  }

  @Test
  void otherPayloadsAreReadAndWritten() throws ProtocolException {
    assertArrayEquals(new byte[] {0, 0, 2, 1}, ExtensionPayload.dontHave(513));
    assertEquals(513, ExtensionPayload.readDontHave(new byte[] {0, 0, 2, 1}));
    assertTrue(ExtensionPayload.readUploadOnly(ExtensionPayload.uploadOnly(true)));
    assertFalse(ExtensionPayload.readUploadOnly(ExtensionPayload.uploadOnly(false)));
    assertThrows(ProtocolException.class, () -> ExtensionPayload.readDontHave(new byte[3]));
    assertThrows(
        ProtocolException.class, () -> ExtensionPayload.readDontHave(new byte[] {-1, 0, 0, 0}));
    assertThrows(ProtocolException.class, () -> ExtensionPayload.readUploadOnly(new byte[0]));
  }

  private static MetadataMessage parseHex(String hex) throws ProtocolException {
    return MetadataMessage.parse(HexFormat.of().parseHex(hex)).orElseThrow();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
