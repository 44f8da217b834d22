package org.webtorrent4j.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireReaderTest {
  private final RecordingHandler handler = new RecordingHandler();
  private final WireReader reader = new WireReader(handler);

  @Test
  void unknownMessagesAndHashesAreSkipped() throws ProtocolException {
    read("000000020a00" + "0000000112" + "0000000316ffff" + "00000001ff" + "0000000100");

    assertEquals(List.of("choke"), handler.messages);
  }

  @Test
  void unknownMessageOfTheLongestLengthTakesNoMemory() throws ProtocolException {
    read("0010000915");
    ByteBuffer mebibyte = ByteBuffer.allocate(1 << 20);
    reader.read(mebibyte);
    read("0000000000000000" + "00000000");

    assertEquals(List.of("keep-alive"), handler.messages);
    assertEquals(0, reader.payloadRoom());
  }

  @Test
  void blockIsHandedOnInTheSlicesItArrivesIn() throws ProtocolException {
    read("0000000d0700000001000040");
    read("00dead");
    read("beef" + "00000000");

    assertEquals(List.of("piece 1 16384 4 deadbeef", "keep-alive"), handler.messages);
  }

  @Test
  void payloadIsGivenMemoryAsItArrives() throws ProtocolException {
    read("00100000" + "1401" + "00");

    assertEquals(16 << 10, reader.payloadRoom());

    reader.read(ByteBuffer.allocate(20 << 10));

    assertEquals(32 << 10, reader.payloadRoom());

    reader.read(ByteBuffer.allocate((1 << 20) - 3 - (20 << 10)));

    assertEquals(0, reader.payloadRoom());
    assertEquals("extended 1 ".length() + 2 * ((1 << 20) - 2), handler.messages.get(0).length());
  }

  @Test
  void bitfieldOfNoBytesIsReported() throws ProtocolException {
    read("0000000105");

    assertEquals(List.of("bitfield "), handler.messages);
  }

  @Test
  void exceptionOfTheHandlerEndsTheReading() {
    handler.refused = "have 900";
    ByteBuffer bytes = ByteBuffer.wrap(bytes("0000000504000003840000000100"));

    assertThrows(ProtocolException.class, () -> reader.read(bytes));
    assertEquals(List.of(), handler.messages);
  }

  @ParameterizedTest
  @CsvSource({
    "ffffffff, message of 4294967295 bytes",
    "0010000a, message of 1048586 bytes",
    "0000000200, choke message of 2 bytes",
    "0000000404, have message of 4 bytes",
    "0000000c06, request message of 12 bytes",
    "0000000e08, cancel message of 14 bytes",
    "0000000209, port message of 2 bytes",
    "0000000807, piece message of 8 bytes",
    "000000090700000000" + "00000000, piece message with a block of 0 bytes",
    "0002000a07, piece message of 131082 bytes",
    "0000000114, extended message of 1 bytes",
    "0000000504" + "ffffffff, have message with number 4294967295",
    "0000000d06" + "000000008000000000004000, request message with number 2147483648",
    "0000000d06" + "0000000000000000ffff0000, request message with number 4294901760",
    "0000000a07" + "8000000000000000, piece message with number 2147483648",
  })
  void brokenRuleIsNamed(String hex, String rule) {
    assertEquals(rule, assertThrows(ProtocolException.class, () -> read(hex)).getMessage());
    assertEquals(List.of(), handler.messages);
  }

  @ParameterizedTest
  @CsvSource({
    "000000050d, suggest piece",
    "000000010e, have all",
    "000000010f, have none",
    "0000000d10, reject request",
    "0000000511, allowed fast"
  })
  void fastMessageWithoutTheFastExtensionBreaksARule(String hex, String name) {
    ProtocolException broken = assertThrows(ProtocolException.class, () -> read(hex));

    assertEquals(name + " without the fast extension", broken.getMessage());
  }

  @Test
  void longestBlockPasses() throws ProtocolException {
    read("00020009" + "07" + "0000000000000000");
    reader.read(ByteBuffer.allocate(WireReader.MAX_BLOCK_LENGTH));

    assertTrue(handler.messages.get(0).startsWith("piece 0 0 131072 "));
  }

  @Test
  void limitsOfBitfieldAndExtendedMessagesCanBeLowered() throws ProtocolException {
    reader.maxBitfieldLength(2);
    reader.maxExtendedLength(3);

    read("0000000305e0c0" + "000000051401aabbcc");

    assertEquals(List.of("bitfield e0c0", "extended 1 aabbcc"), handler.messages);
    assertThrows(ProtocolException.class, () -> read("0000000405"));
    assertThrows(
        ProtocolException.class, () -> narrow().read(ByteBuffer.wrap(bytes("0000000614"))));
  }

  private WireReader narrow() {
    WireReader narrow = new WireReader(handler);
    narrow.maxExtendedLength(3);
    return narrow;
  }

  private void read(String hex) throws ProtocolException {
    reader.read(ByteBuffer.wrap(bytes(hex)));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
