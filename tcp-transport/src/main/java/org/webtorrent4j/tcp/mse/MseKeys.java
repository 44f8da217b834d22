package org.webtorrent4j.tcp.mse;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.webtorrent4j.metainfo.InfoHash;

/** What MSE derives with SHA-1 from the shared secret and from the hash of a torrent. */
final class MseKeys {
  /** Length of the hashes, in bytes. */
  static final int HASH_LENGTH = 20;

  private MseKeys() {}

  /** The mark that ends the first pad: {@code HASH("req1", S)}. */
  static byte[] syncMark(byte[] secret) {
    return hash("req1", secret);
  }

  /** What a torrent is known by: {@code HASH("req2", SKEY)}. */
  static byte[] torrentKey(InfoHash infoHash) {
    return hash("req2", infoHash.truncated().bytes());
  }

  /** Hides a torrent key, or reveals it: xor with {@code HASH("req3", S)}. */
  static byte[] mask(byte[] torrentKey, byte[] secret) {
    byte[] masked = hash("req3", secret);
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= torrentKey[i];
    }
    return masked;
  }

  /** The stream from the initiator to the responder. */
  static Rc4 initiatorStream(byte[] secret, InfoHash infoHash) {
    return new Rc4(hash("keyA", secret, infoHash.truncated().bytes()));
  }

  /** The stream from the responder to the initiator. */
  static Rc4 responderStream(byte[] secret, InfoHash infoHash) {
    return new Rc4(hash("keyB", secret, infoHash.truncated().bytes()));
  }

  private static byte[] hash(String label, byte[]... parts) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
    sha1.update(label.getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : parts) {
      sha1.update(part);
    }
    return sha1.digest();
  }
}
