package org.webtorrent4j.storage;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.PieceLayout;

/** What a worker needs to hash, kept for reuse: a SHA-1 digest and a chunk of memory to read to. */
final class Hasher {
  private static final int HASH_LENGTH = 20;
  private static final int CHUNK_LENGTH = 128 * 1024; // no faster with more, slower with 16 KiB

  private final MessageDigest digest;
  private final byte[] hash = new byte[HASH_LENGTH];
  private @Nullable ByteBuffer chunk;

  private Hasher() {
    try {
      digest = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) { // every Java platform has it
      throw new IllegalStateException(e);
    }
  }

  /**
   * Hashers for workers that come and go: as many are made as are used at a time. Not tied to
   * threads, which may be the embedding application's. Thread-safe.
   */
  static final class Pool {
    private final ConcurrentLinkedDeque<Hasher> idle = new ConcurrentLinkedDeque<>();

    /** A hasher that has hashed nothing yet, to be given back. */
    Hasher take() {
      Hasher hasher = idle.pollFirst();
      return hasher == null ? new Hasher() : hasher;
    }

    void giveBack(Hasher hasher) {
      hasher.digest.reset();
      idle.addFirst(hasher);
    }

    /** Whether a piece has this hash. */
    boolean isRight(PieceBuffer piece, byte[] expected) {
      Hasher hasher = take();
      try {
        piece.forEachPart(0, piece.length(), hasher::update);
        return Arrays.equals(hasher.hash(), expected);
      } finally {
        giveBack(hasher);
      }
    }

    /** The hash of every block of a piece. */
    List<byte[]> blockHashes(PieceBuffer piece) {
      int blocks = (piece.length() - 1) / PieceLayout.BLOCK_LENGTH + 1;
      List<byte[]> hashes = new ArrayList<>(blocks);
      Hasher hasher = take();
      try {
        for (int i = 0; i < blocks; i++) {
          int begin = i * PieceLayout.BLOCK_LENGTH;
          int length = Math.min(PieceLayout.BLOCK_LENGTH, piece.length() - begin);
          piece.forEachPart(begin, length, hasher::update);
          hashes.add(hasher.hash().clone());
        }
      } finally {
        giveBack(hasher);
      }
      return hashes;
    }
  }

  /** A heap buffer for whatever is to be hashed. */
  ByteBuffer chunk() {
    if (chunk == null) {
      chunk = ByteBuffer.allocate(CHUNK_LENGTH);
    }
    return chunk.clear();
  }

  /** Hashes the remaining bytes of a buffer, after what was hashed before. */
  void update(ByteBuffer bytes) {
    digest.update(bytes);
  }

  /** Forgets what was hashed. */
  void reset() {
    digest.reset();
  }

  /** The hash of what was hashed, in an array that is used again; begins a new hash. */
  byte[] hash() {
    try {
      digest.digest(hash, 0, HASH_LENGTH);
    } catch (DigestException e) { // only if the array were too short
      throw new IllegalStateException(e);
    }
    return hash;
  }
}
