package org.webtorrent4j.rtc.dtls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * From the shared secret to keys, RFC 5246 5, 6.3 and 7.4.9, with the extended master secret of RFC
 * 7627.
 */
final class KeySchedule {
  static final int FINISHED_LENGTH = 12;

  private static final int MASTER_LENGTH = 48;
  private static final int KEY_LENGTH = 16;
  private static final int SALT_LENGTH = 4;

  private final byte[] master;
  private final byte[] keyBlock;

  /**
   * @param sessionHash the hash of all messages up to and including ClientKeyExchange
   */
  KeySchedule(byte[] premaster, byte[] sessionHash, byte[] clientRandom, byte[] serverRandom)
      throws GeneralSecurityException {
    master = prf(premaster, "extended master secret", sessionHash, MASTER_LENGTH);
    keyBlock =
        prf(
            master,
            "key expansion",
            concat(serverRandom, clientRandom),
            2 * (KEY_LENGTH + SALT_LENGTH));
    Arrays.fill(premaster, (byte) 0);
  }

  /** What the client encrypts with, or the server. */
  RecordCipher cipher(boolean client) throws GeneralSecurityException {
    int key = client ? 0 : KEY_LENGTH;
    int salt = 2 * KEY_LENGTH + (client ? 0 : SALT_LENGTH);
    return new RecordCipher(
        Arrays.copyOfRange(keyBlock, key, key + KEY_LENGTH),
        Arrays.copyOfRange(keyBlock, salt, salt + SALT_LENGTH));
  }

  /** The body of the Finished message of one side, over the hash of all messages before it. */
  byte[] finished(boolean client, byte[] hash) throws GeneralSecurityException {
    return prf(master, client ? "client finished" : "server finished", hash, FINISHED_LENGTH);
  }

  /** Nothing of it is needed once both have finished. */
  void wipe() {
    Arrays.fill(master, (byte) 0);
    Arrays.fill(keyBlock, (byte) 0);
  }

  byte[] master() {
    return master.clone();
  }

  byte[] keyBlock() {
    return keyBlock.clone();
  }

  /** The pseudorandom function with SHA-256. */
  private static byte[] prf(byte[] secret, String label, byte[] seed, int length)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] labelled = concat(label.getBytes(StandardCharsets.US_ASCII), seed);
    byte[] result = new byte[length];
    byte[] a = labelled;
    for (int at = 0; at < length; ) {
      a = mac.doFinal(a);
      mac.update(a);
      byte[] block = mac.doFinal(labelled);
      int count = Math.min(block.length, length - at);
      System.arraycopy(block, 0, result, at, count);
      at += count;
    }
    return result;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
