package org.webtorrent4j.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * SHA-1 digests for workers that come and go: as many are made as are used at a time. Not tied to
 * threads, which may be the embedding application's. Thread-safe.
 */
final class Sha1Pool {
  /** Length of a hash in bytes. */
  static final int HASH_LENGTH = 20;

  private final ConcurrentLinkedDeque<MessageDigest> idle = new ConcurrentLinkedDeque<>();

  /** A digest in its initial state, to be given back. */
  MessageDigest take() {
    MessageDigest digest = idle.pollFirst();
    if (digest != null) {
      return digest;
    }
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) { // every Java platform has it
      throw new IllegalStateException(e);
    }
  }

  void giveBack(MessageDigest digest) {
    digest.reset();
    idle.addFirst(digest);
  }
}
