package org.webtorrent4j.webrtc.signal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.ScrapeCounts;

class SignalReaderTest {
  private static final InfoHash H = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");
  private static final String H_TEXT =
      "\\b\\u00ad\\u00a5\\u00a7\\u00a6\\u0018:\\u00ae\\u001e\\t\\u00d81\\u00dfgH\\u00d5f\\tZ\\u0010";

  private static SignalMessage read(String text) {
    try {
      return SignalReader.read(text);
    } catch (ProtocolException e) {
      throw new AssertionError(e);
    }
  }

  private static String utf8(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  /** As the reference writes it, captured from the wire. */
  @Test
  void hashAsRawCharacters() {
    String member =
        utf8(
            "22696e666f5f68617368223a225c62c2adc2a5c2a7c2a65c75303031383ac2ae5c75303031655c74"
                + "c39831c39f6748c395665c745a5c753030313022");

    assertEquals(H, read("{" + member + "}").infoHash());
  }

  @Test
  void hashInAsciiOnly() {
    assertEquals(H, read("{\"info_hash\":\"" + H_TEXT + "\"}").infoHash());
  }

  @Test
  void peerIdWithHighAndZeroBytes() {
    String id = utf8("222d5757303030322d30313233343536373839c3a95c753030303022");
    PeerId expected =
        PeerId.of(HexFormat.of().parseHex("2d5757303030322d30313233343536373839e900"));

    assertEquals(expected, read("{\"peer_id\":" + id + "}").peerId());
  }

  @Test
  void response() {
    SignalMessage message =
        read(
            "{\"complete\":1,\"incomplete\":2,\"action\":\"announce\",\"interval\":120,"
                + "\"min interval\":30,\"tracker id\":\"x\",\"warning message\":\"w\\u001b[1m\","
                + "\"info_hash\":\""
                + H_TEXT
                + "\"}");

    assertTrue(message.isResponse());
    assertEquals(OptionalInt.of(1), message.complete());
    assertEquals(OptionalInt.of(2), message.incomplete());
    assertEquals(OptionalLong.of(120), message.interval());
    assertEquals(OptionalLong.of(30), message.minInterval());
    assertEquals("x", message.trackerId());
    assertEquals("w [1m", message.warning());
    assertNull(message.failureReason());
    assertEquals(H, message.infoHash());
  }

  @Test
  void offerAndAnswer() {
    SignalMessage offer =
        read(
            "{\"offer\":{\"sdp\":\"v=0\\r\\n\",\"type\":\"offer\",\"x\":[{}]},"
                + "\"offer_id\":\"01234567890123456789\"}");
    SignalMessage answer = read("{\"answer\":{\"type\":\"answer\",\"sdp\":\"v=0\"}}");

    assertEquals("v=0\r\n", offer.offer());
    assertEquals("01234567890123456789", offer.offerId());
    assertEquals("v=0", answer.answer());
    assertNull(answer.offer());
  }

  @Test
  void scrape() {
    SignalMessage message =
        read(
            "{\"action\":\"scrape\",\"files\":{\"short\":{\"complete\":9},\""
                + H_TEXT
                + "\":{\"complete\":1,\"incomplete\":2,\"downloaded\":3,\"x\":null}},"
                + "\"flags\":{\"min_request_interval\":600}}");

    assertTrue(message.isScrape());
    assertEquals(Map.of(H, new ScrapeCounts(1, 2, 3)), message.files());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"info_hash\":5}",
        "{\"info_hash\":\"0123456789012345678\"}",
        "{\"info_hash\":\"012345678901234567890\"}",
        "{\"info_hash\":\"0123456789012345678\u0100\"}",
        "{\"info_hash\":null,\"peer_id\":[],\"offer_id\":{\"a\":1},\"action\":false}",
        "{\"offer\":\"v=0\",\"answer\":{\"type\":\"answer\"}}",
        "{\"offer\":{\"type\":\"answer\",\"sdp\":\"v=0\"}}",
        "{\"offer\":{\"type\":\"offer\",\"sdp\":17}}",
        "{\"offer\":null,\"answer\":[{\"type\":\"answer\",\"sdp\":\"v=0\"}]}",
        "{\"interval\":-1,\"min interval\":1e3,\"complete\":\"many\",\"incomplete\":[1]}",
        "{\"interval\":1.5,\"complete\":99999999999999999999999999}",
        "{\"tracker id\":\"\",\"failure reason\":0,\"warning message\":{}}",
        "{\"files\":[],\"unknown\":{\"deep\":[[[[[]]]]]}}",
        "{}",
      })
  void whatIsWrongIsMissing(String text) {
    SignalMessage message = read(text);

    SignalMessage empty = read("{}");
    assertEquals(empty, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"x\"", "{", "{\"a\":}", "{\"a\":1,}", "{\"a\":nope}"})
  void otherThingsAreNoMessage(String text) {
    assertThrows(ProtocolException.class, () -> SignalReader.read(text));
  }

  @Test
  void depthIsBounded() {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThrows(ProtocolException.class, () -> SignalReader.read(deep));
  }

  @Test
  void depthIsBoundedAtSixteen() throws Exception {
    String good = "{\"x\":" + "[".repeat(15) + "]".repeat(15) + ",\"interval\":7}";
    String deep = "{\"x\":" + "[".repeat(16) + "]".repeat(16) + "}";

    assertEquals(OptionalLong.of(7), SignalReader.read(good).interval());
    assertThrows(ProtocolException.class, () -> SignalReader.read(deep));
  }

  @Test
  void bracketsInTextsHaveNoDepth() {
    String brackets = "[{".repeat(100);

    SignalMessage message =
        read("{\"failure reason\":\"\\\"" + brackets + "\\\\\",\"interval\":7}");

    assertEquals("\"" + brackets + "\\", message.failureReason());
    assertEquals(OptionalLong.of(7), message.interval());
  }

  @Test
  void whateverComesIsAMessageOrABrokenRule() {
    Random random = new Random(11);
    String message =
        "{\"action\":\"announce\",\"info_hash\":\"\\u0001\",\"offer\":{\"type\":\"offer\",\"sdp\":\"v\"},"
            + "\"files\":{\"abcdefghijklmnopqrst\":{\"complete\":1.0e5,\"x\":[null,true,-0]}}}";
    String signs = "{}[]\",:\\'1-.eEtrunfalsx \u0000\u00ff#;=/*\n";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder changed = new StringBuilder(message);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        int at = random.nextInt(changed.length());
        changed.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
        changed.setLength(random.nextInt(10) == 0 ? at + 1 : changed.length());
      }
      try {
        assertNotNull(SignalReader.read(changed.toString()));
      } catch (ProtocolException e) {
        assertNotNull(e.getMessage());
      }
    }
  }

  @Test
  void numbersMayBeText() {
    SignalMessage message = read("{\"interval\":\"120\",\"complete\":3.0,\"incomplete\":9e9}");

    assertEquals(OptionalLong.of(120), message.interval());
    assertEquals(OptionalInt.of(3), message.complete());
    assertEquals(OptionalInt.empty(), message.incomplete());
  }

  @Test
  void numbersAreClamped() {
    SignalMessage message = read("{\"interval\":999999999999999,\"complete\":999999999999999}");

    assertEquals(OptionalLong.of(86_400), message.interval());
    assertEquals(OptionalInt.of(Integer.MAX_VALUE), message.complete());
  }

  @Test
  void lastOfTwoMembersCounts() {
    assertEquals(OptionalLong.of(2), read("{\"interval\":1,\"interval\":2}").interval());
    assertEquals(OptionalLong.empty(), read("{\"interval\":1,\"interval\":null}").interval());
    assertNull(read("{\"offer\":{\"type\":\"offer\",\"sdp\":\"v\"},\"offer\":0}").offer());
  }

  @Test
  void descriptionsAreBounded() {
    String most = "x".repeat(SignalReader.MAX_SDP);

    assertNotNull(read("{\"offer\":{\"type\":\"offer\",\"sdp\":\"" + most + "\"}}").offer());
    assertNull(read("{\"offer\":{\"type\":\"offer\",\"sdp\":\"" + most + "x\"}}").offer());
  }

  @Test
  void failureIsFitForAUser() {
    SignalMessage message =
        read("{\"failure reason\":\"bad\\nhash\\u202e" + "x".repeat(1000) + "\"}");

    String reason = Objects.requireNonNull(message.failureReason());
    assertTrue(reason.startsWith("bad hash xxx"), reason);
    assertTrue(reason.length() <= 500);
  }
}
