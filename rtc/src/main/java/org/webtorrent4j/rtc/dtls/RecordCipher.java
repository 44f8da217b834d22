package org.webtorrent4j.rtc.dtls;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128-GCM of one direction of epoch 1, RFC 5288.
 *
 * <pre>
 * record = type 1 | version 2 | epoch 2 | sequence 6 | length 2 | explicit nonce 8 | ciphertext | tag 16
 * nonce  = write IV 4 | explicit nonce 8
 * AAD    = epoch 2 | sequence 6 | type 1 | version 2 | length of the plaintext 2
 * </pre>
 */
final class RecordCipher {
  static final int HEADER = 13;
  static final int EXPLICIT_NONCE = 8;
  static final int TAG = 16;

  /** What a record is longer than what it carries. */
  static final int OVERHEAD = HEADER + EXPLICIT_NONCE + TAG;

  private static final int SALT = 4;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] nonce = new byte[SALT + EXPLICIT_NONCE];
  private final byte[] associated = new byte[HEADER];

  RecordCipher(byte[] key, byte[] salt) throws GeneralSecurityException {
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    this.key = new SecretKeySpec(key, "AES");
    System.arraycopy(salt, 0, nonce, 0, SALT);
  }

  /**
   * Writes the encrypted form of a record. Its nonce is its epoch and number, so no nonce comes
   * twice.
   *
   * @return the length of the whole record
   */
  int seal(int type, long sequence, byte[] plain, int from, int length, byte[] record, int at)
      throws GeneralSecurityException {
    Records.writeHeader(record, at, type, 1, sequence, length + EXPLICIT_NONCE + TAG);
    System.arraycopy(record, at + Records.EPOCH, record, at + HEADER, EXPLICIT_NONCE);
    init(Cipher.ENCRYPT_MODE, record, at, length);
    cipher.doFinal(plain, from, length, record, at + HEADER + EXPLICIT_NONCE);
    return length + OVERHEAD;
  }

  /**
   * Decrypts a record, whose length field is right.
   *
   * @return the number of bytes of its plaintext, or -1 if it is not genuine
   */
  int open(byte[] record, int at, byte[] plain) throws GeneralSecurityException {
    int length = Records.length(record, at) - EXPLICIT_NONCE - TAG;
    if (length < 0) {
      return -1;
    }
    init(Cipher.DECRYPT_MODE, record, at, length);
    try {
      return cipher.doFinal(record, at + HEADER + EXPLICIT_NONCE, length + TAG, plain, 0);
    } catch (javax.crypto.AEADBadTagException e) {
      return -1;
    }
  }

  private void init(int mode, byte[] record, int at, int length) throws GeneralSecurityException {
    System.arraycopy(record, at + HEADER, nonce, SALT, EXPLICIT_NONCE);
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    System.arraycopy(record, at + Records.EPOCH, associated, 0, 8);
    System.arraycopy(record, at, associated, 8, 3);
    associated[11] = (byte) (length >> 8);
    associated[12] = (byte) length;
    cipher.updateAAD(associated);
  }
}
