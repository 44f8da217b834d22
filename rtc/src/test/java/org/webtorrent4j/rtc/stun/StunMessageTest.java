package org.webtorrent4j.rtc.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packets of five other implementations and of RFC 5769, read and, where they are ours, written.
 */
class StunMessageTest {
  private static final SecretKeySpec OWN = StunAuth.key("ownpasswordownpassword22");
  private static final byte[] TRANSACTION = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

  private final StunAuth auth = new StunAuth();
  private final StunMessage message = new StunMessage();
  private final StunWriter writer = new StunWriter(auth);

  static Stream<StunFixture> fixtures() {
    return StunFixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void packetsOfOthersAreReadAsTheyAre(StunFixture fixture) {
    byte[] bytes = fixture.bytes();

    boolean isRead = message.parse(bytes, 0, bytes.length, auth);

    assertEquals(
        !fixture.fingerprint().equals("False") && !fixture.says().startsWith("GPING"), isRead);
    if (isRead) {
      assertEquals(
          fixture.integrity().equals("True"),
          message.isAuthentic(StunAuth.key(fixture.password()), auth));
      assertFalse(message.isAuthentic(StunAuth.key("another password, not it"), auth));
      boolean nominates =
          fixture.says().contains("USE-CANDIDATE") && !fixture.name().startsWith("trap");
      assertEquals(nominates, message.usesCandidate());
      assertEquals(fixture.says().contains("CONTROLLING="), message.isControlling());
      assertEquals(fixture.says().contains("CONTROLLED="), message.isControlled());
      String username = message.username();
      if (username != null) {
        assertTrue(fixture.says().matches(".*USERNAME=" + Pattern.quote(username) + "[,\\]].*"));
      }
      InetSocketAddress mapped = message.mappedAddress();
      if (mapped != null) {
        assertTrue(fixture.says().contains("ADDRESS="));
        assertTrue(fixture.says().contains(":" + mapped.getPort()), fixture.says());
      }
      if (message.kind() == StunMessage.Kind.ERROR) {
        assertTrue(fixture.says().contains("ERROR-CODE=" + message.errorCode()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void noTruncationAndNoFlippedBitIsTakenForGenuine(StunFixture fixture) {
    byte[] bytes = fixture.bytes();
    SecretKeySpec key = StunAuth.key(fixture.password());
    for (int length = 0; length < bytes.length; length++) {
      assertFalse(
          message.parse(Arrays.copyOf(bytes, length), 0, length, auth)
              && message.isAuthentic(key, auth));
    }
    if (fixture.fingerprint().equals("True") && !fixture.name().startsWith("trap")) {
      // The type of the fingerprint itself may change: without one, the integrity decides alone.
      for (int bit = 0; bit < 8 * (bytes.length - 8); bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        boolean isRead = message.parse(flipped, 0, flipped.length, auth);
        assertFalse(isRead && message.isAuthentic(key, auth), "bit " + bit);
      }
    }
  }

  @Test
  void requestsAreWrittenToTheByte() {
    writer.begin(StunMessage.Kind.REQUEST, TRANSACTION);
    writer.username("LFRG", "rfrg").priority(1_862_270_975L).role(true, 0x0123456789abcdefL);
    assertWritten("own-req-controlling.hex", writer.end(OWN));

    writer.begin(StunMessage.Kind.REQUEST, TRANSACTION);
    writer.username("LFRG", "rfrg").priority(1_862_270_975L).role(true, 0x0123456789abcdefL);
    assertWritten("own-req-nominating.hex", writer.useCandidate().end(OWN));

    writer.begin(StunMessage.Kind.REQUEST, TRANSACTION);
    writer.username("LFRG", "rfrg").priority(1_862_270_975L).role(false, 0x0123456789abcdefL);
    assertWritten("own-req-controlled.hex", writer.end(OWN));

    assertWritten(
        "own-stun-server-req.hex", writer.begin(StunMessage.Kind.REQUEST, TRANSACTION).end());
  }

  @Test
  void answersAreWrittenToTheByte() throws Exception {
    InetSocketAddress v4 = new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 50_123);
    InetSocketAddress v6 = new InetSocketAddress(InetAddress.getByName("2001:db8::7"), 50_123);

    writer.begin(StunMessage.Kind.SUCCESS, TRANSACTION).mappedAddress(v4);
    assertWritten("own-resp-v4.hex", writer.end(OWN));
    writer.begin(StunMessage.Kind.SUCCESS, TRANSACTION).mappedAddress(v6);
    assertWritten("own-resp-v6.hex", writer.end(OWN));
    writer.begin(StunMessage.Kind.ERROR, TRANSACTION).error(487);
    assertWritten("own-err-487.hex", writer.end(OWN));
    writer.begin(StunMessage.Kind.ERROR, TRANSACTION).error(420);
    writer.unknownAttributes(new int[] {0x7777});
    assertWritten("own-err-420.hex", writer.end(OWN));
  }

  @Test
  void addressesAreReadWhole() {
    byte[] bytes = fixture("rfc5769-2.3-resp-v6.hex").bytes();
    assertTrue(message.parse(bytes, 0, bytes.length, auth));

    InetSocketAddress mapped = message.mappedAddress();

    assertNotNull(mapped);
    assertEquals("2001:db8:1234:5678:11:2233:4455:6677", mapped.getHostString());
    assertEquals(32_853, mapped.getPort());
  }

  private void assertWritten(String name, int length) {
    assertArrayEquals(fixture(name).bytes(), Arrays.copyOf(writer.array(), length));
  }

  private static StunFixture fixture(String name) {
    return StunFixture.all().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }
}
