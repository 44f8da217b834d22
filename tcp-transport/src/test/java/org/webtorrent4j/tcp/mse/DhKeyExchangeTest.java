package org.webtorrent4j.tcp.mse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.net.ProtocolException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DhKeyExchangeTest {
  private static final BigInteger P = new BigInteger(MseVectors.PRIME, 16);

  @Test
  void keysAndSecretAreThoseOfTheVectors() {
    DhKeyExchange a = MseVectors.keysOfA();
    DhKeyExchange b = MseVectors.keysOfB();

    assertEquals(MseVectors.YA, HexFormat.of().formatHex(a.publicKey()));
    assertEquals(MseVectors.YB, HexFormat.of().formatHex(b.publicKey()));
    assertEquals(MseVectors.SECRET, HexFormat.of().formatHex(a.secret(b.publicKey())));
    assertEquals(MseVectors.SECRET, HexFormat.of().formatHex(b.secret(a.publicKey())));
  }

  @Test
  void secretKeepsItsLeadingZero() {
    DhKeyExchange a =
        new DhKeyExchange(new BigInteger("102030405060708090a0b0c0d0e0f10111213d3", 16));

    byte[] secret = a.secret(HexFormat.of().parseHex(MseVectors.YB));

    assertEquals(DhKeyExchange.KEY_LENGTH, secret.length);
    assertEquals("00bb7c2d", HexFormat.of().formatHex(secret, 0, 4));
    assertEquals(
        "ea9daa1809dbce0b2007dc7457da332bb205b6c4",
        HexFormat.of().formatHex(MseKeys.syncMark(secret)));
  }

  @Test
  void freshSidesAgree() {
    SecureRandom random = new SecureRandom();
    DhKeyExchange a = new DhKeyExchange(random);
    DhKeyExchange b = new DhKeyExchange(random);

    assertArrayEquals(a.secret(b.publicKey()), b.secret(a.publicKey()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void keysNearTheEndsAreAccepted(int distance) throws ProtocolException {
    DhKeyExchange.check(bytes(BigInteger.valueOf(distance)));
    DhKeyExchange.check(bytes(P.subtract(BigInteger.valueOf(distance))));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void keysThatGiveAwayTheSecretAreRefused(int distance) {
    BigInteger end = BigInteger.valueOf(distance);

    assertThrows(ProtocolException.class, () -> DhKeyExchange.check(bytes(P.add(end))));
    assertThrows(ProtocolException.class, () -> DhKeyExchange.check(bytes(end.abs())));
  }

  private static byte[] bytes(BigInteger number) {
    return HexFormat.of().parseHex(String.format("%0192x", number));
  }
}
