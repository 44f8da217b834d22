package org.webtorrent4j.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionHandshakeTest {
  private static final Map<Extension, Integer> IDS =
      Map.of(Extension.LT_DONTHAVE, 3, Extension.UT_METADATA, 1, Extension.UT_PEX, 2);
  private static final ExtensionHandshake EXAMPLE =
      new ExtensionHandshake(
          IDS,
          Optional.of("X 1"),
          OptionalInt.of(6881),
          OptionalInt.of(250),
          OptionalInt.of(31235),
          Optional.empty(),
          Optional.empty());

  /** The payload of the message that bittorrent-protocol sends for the same. */
  private static final byte[] EXAMPLE_BYTES =
      HexFormat.of()
          .parseHex(
              "64313a6d6431313a6c745f646f6e746861766569336531313a75745f6d65746164617461693165363a"
                  + "75745f7065786932656531333a6d657461646174615f73697a6569333132333565313a7069"
                  + "3638383165343a726571716932353065313a76333a58203165");

  @Test
  void sendsWhatOthersSend() {
    assertEquals(hex(EXAMPLE_BYTES), hex(EXAMPLE.toBytes()));
  }

  @Test
  void readsWhatOthersSend() {
    ExtensionHandshake handshake = ExtensionHandshake.parse(EXAMPLE_BYTES);

    assertEquals(EXAMPLE, handshake);
    assertEquals(3, handshake.id(Extension.LT_DONTHAVE));
    assertEquals(0, handshake.id(Extension.UPLOAD_ONLY));
  }

  @Test
  void everythingWrittenIsReadAgain() throws UnknownHostException {
    ExtensionHandshake handshake =
        new ExtensionHandshake(
            IDS,
            Optional.of("webtorrent4j ü"),
            OptionalInt.of(65535),
            OptionalInt.of(1),
            OptionalInt.of(MetadataMessage.MAX_SIZE),
            Optional.of(true),
            Optional.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 7})));

    assertEquals(handshake, ExtensionHandshake.parse(handshake.toBytes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "le", "i1e", "d1:m", "d1:mle", "de"})
  void nonsenseCountsAsNothing(String payload) {
    assertEquals(ExtensionHandshake.none(), parse(payload));
  }

  @Test
  void descriptionOfAnyLengthIsTold() {
    assertEquals(
        OptionalInt.of(Integer.MAX_VALUE), parse("d13:metadata_sizei99999999999ee").metadataSize());
  }

  @Test
  void partsThatAreNotAsTheyShouldBeAreLeftOut() {
    ExtensionHandshake handshake =
        parse(
            "d1:md11:ut_metadatai256e6:ut_pex1:x11:lt_donthavei-1e11:upload_onlyi9ee"
                + "13:metadata_sizei-5e1:pi65536e1:vi1e6:yourip3:abc11:upload_onlyi0ee");

    assertEquals(Map.of(Extension.UPLOAD_ONLY, 9), handshake.ids());
    assertEquals(OptionalInt.empty(), handshake.metadataSize());
    assertEquals(OptionalInt.empty(), handshake.port());
    assertEquals(Optional.empty(), handshake.client());
    assertEquals(Optional.empty(), handshake.yourIp());
    assertEquals(Optional.of(false), handshake.uploadOnly());
  }

  @Test
  void requestQueueIsAtLeastOne() {
    assertEquals(OptionalInt.of(1), parse("d4:reqqi0ee").requestQueue());
    assertEquals(OptionalInt.of(1), parse("d4:reqqi-5ee").requestQueue());
    assertEquals(OptionalInt.of(1 << 20), parse("d4:reqqi9999999999ee").requestQueue());
    assertEquals(OptionalInt.empty(), parse("de").requestQueue());
  }

  @Test
  void nameOfTheClientIsCutAndCleaned() {
    assertEquals(Optional.of("evil[2J 1"), parse("d1:v12:e\nv\u0000il\u001b[2J 1e").client());
    assertEquals(Optional.of("x".repeat(100)), parse("d1:v150:" + "x".repeat(150) + "e").client());
    assertEquals(Optional.empty(), parse("d1:v1:\ne").client());
  }

  @Test
  void laterHandshakeAddsToAnEarlierOne() {
    ExtensionHandshake later = parse("d1:md6:ut_pexi0e11:upload_onlyi8ee13:metadata_sizei7ee");

    ExtensionHandshake both = EXAMPLE.updatedBy(later);

    assertEquals(0, both.id(Extension.UT_PEX));
    assertEquals(8, both.id(Extension.UPLOAD_ONLY));
    assertEquals(1, both.id(Extension.UT_METADATA));
    assertEquals(OptionalInt.of(7), both.metadataSize());
    assertEquals(Optional.of("X 1"), both.client());
  }

  @Test
  void ourNumbersAreFoundAgain() {
    for (Extension extension : Extension.values()) {
      assertSame(extension, Extension.of(extension.id()).orElseThrow());
    }
    assertEquals(Optional.empty(), Extension.of(0));
  }

  @Property
  void anyBytesAreTaken(@ForAll byte[] payload) {
    ExtensionHandshake.parse(payload);
  }

  private static ExtensionHandshake parse(String payload) {
    return ExtensionHandshake.parse(payload.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
