package org.webtorrent4j.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "i0e",
        "i-3e",
        "0:",
        "le",
        "de",
        "d0:i1ee",
        "i12453e",
        "26:abcdefghijklmnopqrstuvwxyz",
        "i9223372036854775807e",
        "i-9223372036854775808e",
        "d1:\u0080i2e2:\u00ff\u00fei1ee",
        "d3:a\0bi1ee",
        "d1:ai1e2:aai2ee",
        "d1:ad1:bli1e1:cee1:dlee",
        "lld1:aleeleee"
      })
  void canonicalBytesAreTakenByBothReaders(String input) throws Exception {
    assertArrayEquals(bytes(input), BencodeReader.strict().read(bytes(input)).raw());
    assertArrayEquals(bytes(input), BencodeReader.lenient().read(bytes(input)).raw());
  }

  @ParameterizedTest
  @CsvSource({
    "i-0e, 2",
    "i03e, 1",
    "i-03e, 2",
    "i01e, 1",
    "01:a, 0",
    "06:foobar, 0",
    "d4:spam4:eggs3:cow3:mooe, 13",
    "d2:abi1e2:aai2ee, 8",
    "d2:aai1e1:ai2ee, 8",
    "d1:ci1e1:Xi2ee, 7",
    "d1:ai1e1:ai2ee, 7",
    "d2:aai1e2:aai2ee, 8",
    "d1:ad1:bi1e1:ai1eee, 11",
    "i1ei2e, 3",
    "4:spamx, 6"
  })
  void softFaultsAreTakenByTheLenientReaderOnly(String input, int offset) throws Exception {
    BencodeReader.lenient().read(bytes(input));

    assertEquals(offset, fault(BencodeReader.strict(), input).offset());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "ie, 1",
    "i-e, 2",
    "i-, 2",
    "i, 1",
    "i10, 3",
    "i+3e, 1",
    "i3.5e, 2",
    "i35412-5633e, 6",
    "i92337203t854775807e, 9",
    "i9223372036854775808e, 19",
    "i-9223372036854775809e, 20",
    "i18446744073709551615e, 20",
    "i99999999999999999999e, 19",
    "i184467440737095516154e, 20",
    "e, 0",
    "-10:foobar, 0",
    "-1:a, 0",
    ":, 0",
    "x, 0",
    "3:ab, 1",
    "9999999999:a, 10",
    "9223372036854775808:, 18",
    "18446744073709551615:foobar, 19",
    "99999999:foobar, 8",
    "100:.., 3",
    "0o, 1",
    "d1:ai1e1:be, 10",
    "di5e1:ae, 1",
    "di2ei0ee, 1",
    "df00:, 1",
    "d1000, 5",
    "d1000:..e, 5",
    "d1000:, 5",
    "l2:.., 5",
    "l2:..0, 6",
    "d1:ae, 4",
    "d1:a, 4",
    "l4:spam, 7",
    "di1e1:ae, 1",
    "d1:a1919191010:11111, 14",
    "d2143289344:a4:aaaae, 11",
    "d214328934114:a4:aaaae, 13",
    "d9205357638345293824:a4:aaaae, 20",
    "d1:a9205357638345293824:11111, 23"
  })
  void faultsNameTheirOffset(String input, int offset) {
    assertEquals(offset, fault(BencodeReader.lenient(), input).offset());
    assertEquals(offset, fault(BencodeReader.strict(), input).offset());
  }

  @Test
  void fuzzedDhtMessageIsRefused() {
    byte[] message =
        HexFormat.of()
            .parseHex(
                "64313a6164323a696432303a2a2119899fcd5fc9bc80c176fee0c6842df6fcb8393a696e666f5f6861"
                    + "6832303a1478d5b0dcf6824232a0d688eb48570189404ebc65313a71393a6765745f706565"
                    + "7278ff3a74383aaad4a1887a8dc3d6313a7931ae716500");

    assertThrows(BencodeException.class, () -> BencodeReader.lenient().read(message));
  }

  @Test
  void depthIsLimited() throws Exception {
    BencodeReader.strict().read(bytes("l".repeat(100) + "e".repeat(100)));

    fault(BencodeReader.lenient(), "l".repeat(101) + "e".repeat(101));
    fault(BencodeReader.lenient(), "d1:a".repeat(100_000));
    fault(BencodeReader.lenient().withMaxDepth(0), "le");
  }

  @Test
  void numberOfValuesIsLimited() throws Exception {
    String input = "l" + "0:".repeat(999) + "e";
    BencodeReader reader = BencodeReader.lenient().withMaxTokens(1000);

    BList list = (BList) reader.read(bytes(input));

    assertEquals(999, list.size());
    fault(reader.withMaxTokens(999), input);
  }

  @Test
  void millionsOfValuesFitInSmallMemory() throws Exception {
    byte[] input = bytes("l" + "le".repeat(2_999_999) + "e");

    assertEquals(2_999_999, ((BList) BencodeReader.strict().read(input)).size());
  }

  @Test
  void longStringsAreViews() throws Exception {
    byte[] input = bytes("1000000:" + "x".repeat(1_000_000));

    BString string = (BString) BencodeReader.strict().read(input);

    assertEquals(1_000_000, string.length());
    assertEquals('x', string.buffer().get(999_999));
  }

  @Test
  void payloadFollowsAtTheEnd() throws Exception {
    byte[] message = bytes("xxd8:msg_typei1e5:piecei0eepayload");

    BDict dict = BencodeReader.lenient().readDict(message, 2, message.length);

    assertEquals(2, dict.start());
    assertEquals(
        "payload", new String(message, dict.end(), message.length - dict.end(), ISO_8859_1));
  }

  @Test
  void everyValueKnowsItsSpan() throws Exception {
    BDict dict = BencodeReader.lenient().readDict(bytes("d4:infod1:bi1e1:ai02eee"));

    BDict info = dict.dict("info").orElseThrow();

    assertEquals("d1:bi1e1:ai02ee", new String(info.raw(), ISO_8859_1));
    assertEquals("i02e", new String(Objects.requireNonNull(info.get("a")).raw(), ISO_8859_1));
  }

  @Test
  void lenientNumbersHaveTheirValue() throws Exception {
    assertEquals(0, ((BInteger) BencodeReader.lenient().read(bytes("i-0e"))).value());
    assertEquals(-3, ((BInteger) BencodeReader.lenient().read(bytes("i-03e"))).value());
    assertEquals(
        Long.MIN_VALUE,
        ((BInteger) BencodeReader.lenient().read(bytes("i-9223372036854775808e"))).value());
  }

  @Test
  void firstOfDuplicateKeysCounts() throws Exception {
    BDict dict = BencodeReader.lenient().readDict(bytes("d1:ai1e1:ai2ee"));

    assertEquals(OptionalLong.of(1), dict.integer("a"));
    assertEquals(2, dict.size());
  }

  @Test
  void valuesOfAnotherTypeAreAbsent() throws Exception {
    BDict dict = BencodeReader.lenient().readDict(bytes("d1:ai70000e1:b1:xe"));

    assertTrue(dict.has("a"));
    assertFalse(dict.has("c"));
    assertTrue(dict.string("a").isEmpty());
    assertTrue(dict.list("a").isEmpty());
    assertTrue(dict.dict("a").isEmpty());
    assertTrue(dict.integer("b").isEmpty());
    assertEquals(OptionalInt.empty(), dict.integer("a", 0, 65535));
    assertEquals(OptionalInt.of(70000), dict.integer("a", 0, 70000));
    assertEquals("x", dict.text("b").orElseThrow());
  }

  @Test
  void binaryKeysAreFound() throws Exception {
    BDict dict = BencodeReader.strict().readDict(bytes("d2:\u0080\u00ffi7ee"));

    assertEquals("7", String.valueOf(dict.get(new byte[] {(byte) 0x80, (byte) 0xff})));
  }

  @Test
  void onlyDictionariesAreDictionaries() {
    assertThrows(BencodeException.class, () -> BencodeReader.lenient().readDict(bytes("le")));
  }

  static BencodeException fault(BencodeReader reader, String input) {
    return assertThrows(BencodeException.class, () -> reader.read(bytes(input)));
  }

  static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  @Test
  void numberOfMoreThan64BitsIsTheNearestOneIfThatIsWanted() throws BencodeException {
    BencodeReader capping = BencodeReader.lenient().cappingNumbers();
    String[] numbers = {"9223372036854775807", "9223372036854775808", "99999999999999999999999"};

    for (String number : numbers) {
      byte[] positive = ("i" + number + "e").getBytes(StandardCharsets.US_ASCII);
      byte[] negative = ("i-1" + number + "e").getBytes(StandardCharsets.US_ASCII);
      assertEquals(Long.MAX_VALUE, ((BInteger) capping.read(positive)).value());
      assertEquals(Long.MIN_VALUE, ((BInteger) capping.read(negative)).value());
    }
    byte[] longString = "99999999999999999999999:x".getBytes(StandardCharsets.US_ASCII);
    assertThrows(BencodeException.class, () -> capping.read(longString));
  }
}
