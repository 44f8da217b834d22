package org.webtorrent4j.rtc.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two sums at the end of a message, RFC 8489 14.5 and 14.7. Each is taken over the bytes before
 * it, with a length in the header that counts as if it were the last attribute. One for each
 * thread.
 */
public final class StunAuth {
  static final int INTEGRITY_LENGTH = 20;
  static final int FINGERPRINT_LENGTH = 4;

  private static final int ATTRIBUTE_HEADER = 4;
  private static final int FINGERPRINT_XOR = 0x5354554e;

  private final Mac mac;
  private final CRC32 crc = new CRC32();
  private final byte[] length = new byte[2];

  public StunAuth() {
    try {
      mac = Mac.getInstance("HmacSHA1");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** The key of a short-term password, which are letters of ASCII. */
  public static SecretKeySpec key(String password) {
    return new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), "HmacSHA1");
  }

  /**
   * MESSAGE-INTEGRITY of a message in which that attribute begins at some distance from its start.
   */
  byte[] integrity(byte[] data, int start, int distance, SecretKeySpec key) {
    setLength(distance + ATTRIBUTE_HEADER + INTEGRITY_LENGTH);
    try {
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // any bytes are a key
    }
    mac.update(data, start, 2);
    mac.update(length);
    mac.update(data, start + 4, distance - 4);
    return mac.doFinal();
  }

  /** FINGERPRINT of a message in which that attribute begins at some distance from its start. */
  int fingerprint(byte[] data, int start, int distance) {
    setLength(distance + ATTRIBUTE_HEADER + FINGERPRINT_LENGTH);
    crc.reset();
    crc.update(data, start, 2);
    crc.update(length);
    crc.update(data, start + 4, distance - 4);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }

  private void setLength(int end) {
    int value = end - StunMessage.HEADER;
    length[0] = (byte) (value >> 8);
    length[1] = (byte) value;
  }
}
