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
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;

class HandshakeTest {
  private static final InfoHash HASH = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");
  private static final PeerId ID =
      PeerId.of("-WW0002-0123456789ab".getBytes(StandardCharsets.ISO_8859_1));
  private static final Handshake WEBTORRENT = new Handshake(HASH, ID, true, true, true, false);
  private static final byte[] WEBTORRENT_BYTES =
      HexFormat.of()
          .parseHex(
              "13426974546f7272656e742070726f746f636f6c000000000010000508ada5a7a6183aae1e09d831df67"
                  + "48d566095a102d5757303030322d303132333435363738396162");

  private final HandshakeReader reader = new HandshakeReader();

  @Test
  void sendsWhatOthersSend() {
    ByteBuffer buffer = ByteBuffer.allocate(Handshake.LENGTH);

    WEBTORRENT.writeTo(buffer);

    assertArrayEquals(WEBTORRENT_BYTES, buffer.array());
  }

  @Test
  void outputQueuesTheSame() {
    WireOutput output = new WireOutput(new WireBuffers());
    TricklingConnection connection = new TricklingConnection();

    output.handshake(WEBTORRENT);
    output.flush(connection);

    assertArrayEquals(WEBTORRENT_BYTES, connection.taken());
  }

  @Test
  void reservedBitsOfAHybridAreUnderstood() throws ProtocolException {
    byte[] bytes = WEBTORRENT_BYTES.clone();
    bytes[20] = (byte) 0x80;
    bytes[27] = 0x15;

    reader.read(ByteBuffer.wrap(bytes));

    assertEquals(new Handshake(HASH, ID, true, true, true, true), reader.handshake());
  }

  @Test
  void fullV2HashIsTruncated() {
    InfoHash full = InfoHash.ofHex(HASH + "000000000000000000000000");

    assertEquals(WEBTORRENT, new Handshake(full, ID, true, true, true, false));
  }

  @Property
  void anyCutGivesTheSameHandshake(@ForAll @IntRange(min = 1, max = 68) int cut)
      throws ProtocolException {
    HandshakeReader reader = new HandshakeReader();
    for (int at = 0; at < Handshake.LENGTH; at += cut) {
      int length = Math.min(cut, Handshake.LENGTH - at);
      assertFalse(reader.isComplete());
      assertEquals(at >= 48 ? Optional.of(HASH) : Optional.empty(), reader.infoHash());
      assertEquals(
          at + length == Handshake.LENGTH,
          reader.read(ByteBuffer.wrap(WEBTORRENT_BYTES, at, length)));
    }

    assertEquals(WEBTORRENT, reader.handshake());
  }

  @Test
  void bytesAfterTheHandshakeAreLeft() throws ProtocolException {
    ByteBuffer buffer = ByteBuffer.allocate(73).put(WEBTORRENT_BYTES).putInt(1).put((byte) 2);

    assertTrue(reader.read(buffer.flip()));

    assertEquals(5, buffer.remaining());
  }

  @Test
  void infoHashIsKnownBeforeThePeerId() throws ProtocolException {
    assertFalse(reader.read(ByteBuffer.wrap(WEBTORRENT_BYTES, 0, 48)));

    assertEquals(Optional.of(HASH), reader.infoHash());
    assertThrows(IllegalStateException.class, reader::handshake);
  }

  @Test
  void otherProtocolIsNoticedAtItsFirstByte() {
    ProtocolException broken =
        assertThrows(
            ProtocolException.class,
            () -> reader.read(ByteBuffer.wrap("GET".getBytes(StandardCharsets.ISO_8859_1))));

    assertEquals("handshake with a protocol name of 71 bytes", broken.getMessage());
  }

  @Test
  void otherProtocolIsNoticedAtTheFirstByteThatDiffers() throws ProtocolException {
    reader.read(ByteBuffer.wrap(WEBTORRENT_BYTES, 0, 19));

    ProtocolException broken =
        assertThrows(
            ProtocolException.class, () -> reader.read(ByteBuffer.wrap(new byte[] {(byte) 0xff})));

    assertEquals("handshake of another protocol, with 0xff at 19", broken.getMessage());
  }
}
