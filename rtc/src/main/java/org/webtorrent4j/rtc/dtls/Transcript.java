package org.webtorrent4j.rtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The running SHA-256 over all handshake messages, as if none had been cut. */
final class Transcript {
  private MessageDigest digest = sha256();

  void add(HandshakeMessage message) {
    digest.update(message.toBytes());
  }

  /** The hash of all messages so far. */
  byte[] hash() {
    return copyOf(digest).digest();
  }

  /** A second one that goes on from here. */
  Transcript copy() {
    Transcript copy = new Transcript();
    copy.digest = copyOf(digest);
    return copy;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // the JDK's own can be cloned
    }
  }
}
