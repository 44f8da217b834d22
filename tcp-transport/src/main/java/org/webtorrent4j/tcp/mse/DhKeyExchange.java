package org.webtorrent4j.tcp.mse;

import java.math.BigInteger;
import java.net.ProtocolException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * One side of the Diffie-Hellman exchange of MSE. Its prime is of no standard group. Both powers
 * take some tenths of a millisecond on a warm machine and much more on a cold one, so they are
 * computed off the event loop. Used by one thread at a time.
 */
public final class DhKeyExchange {
  /** Length of public keys and of the secret, always, in bytes. */
  static final int KEY_LENGTH = 96;

  private static final int PRIVATE_BITS = 160;
  private static final BigInteger G = BigInteger.TWO;
  private static final BigInteger P =
      new BigInteger(
          "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
              + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
              + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A63A36210000000000090563",
          16);
  private static final BigInteger GREATEST_KEY = P.subtract(BigInteger.TWO);

  private final BigInteger privateKey;
  private byte @Nullable [] publicKey;

  /** A side with a fresh private key. */
  public DhKeyExchange(SecureRandom random) {
    // The highest bit is set: a short exponent would be a weak one.
    this(new BigInteger(PRIVATE_BITS, random).setBit(PRIVATE_BITS - 1));
  }

  /** A side with a given private key. */
  DhKeyExchange(BigInteger privateKey) {
    this.privateKey = privateKey;
  }

  /** Our public key, 96 bytes; slow the first time. */
  byte[] publicKey() {
    if (publicKey == null) {
      publicKey = toBytes(G.modPow(privateKey, P));
    }
    return publicKey;
  }

  /**
   * The shared secret, 96 bytes; slow.
   *
   * @param remoteKey a key that {@link #check} let pass
   */
  byte[] secret(byte[] remoteKey) {
    return toBytes(new BigInteger(1, remoteKey).modPow(privateKey, P));
  }

  /**
   * Checks the public key of a peer; quick.
   *
   * @throws ProtocolException if it is one of the few that give away the secret, or no key at all
   */
  static void check(byte[] remoteKey) throws ProtocolException {
    BigInteger key = new BigInteger(1, remoteKey);
    if (key.compareTo(BigInteger.TWO) < 0 || key.compareTo(GREATEST_KEY) > 0) {
      throw new ProtocolException("public key is not within 2 and p - 2");
    }
  }

  /** {@link BigInteger#toByteArray} drops leading zeros and may add one for the sign. */
  private static byte[] toBytes(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[KEY_LENGTH];
    int length = Math.min(bytes.length, KEY_LENGTH);
    System.arraycopy(bytes, bytes.length - length, padded, KEY_LENGTH - length, length);
    return padded;
  }
}
