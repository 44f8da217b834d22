package org.webtorrent4j.metainfo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BString;

/**
 * Checks the {@code piece layers} of a v2 torrent (BEP 52): for each file of more than one piece,
 * the hashes of its pieces. A layer may be absent, peers have it; one that is there must be right.
 */
final class PieceLayers {
  private static final int HASH_LENGTH = 32;
  private static final int BLOCK_LENGTH = 16 * 1024;

  private final Map<BString, Long> lengths = new HashMap<>();
  private final int pieceLength;
  private final MessageDigest sha256;

  PieceLayers(List<RawFile> tree, int pieceLength) {
    this.pieceLength = pieceLength;
    for (RawFile file : tree) {
      if (file.piecesRoot() != null && file.length() > pieceLength) {
        lengths.put(file.piecesRoot(), file.length());
      }
    }
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /**
   * Checks all layers that are there.
   *
   * @throws MetainfoException if one is not wanted, comes twice, or does not hash to its root
   */
  void check(BDict layers) throws MetainfoException {
    Set<BString> seen = new HashSet<>();
    for (BDict.Entry entry : layers) {
      Long length = lengths.get(entry.key());
      if (length == null || !seen.add(entry.key())) {
        throw new MetainfoException("a piece layer that belongs to no file");
      }
      long pieces = (length + pieceLength - 1) / pieceLength;
      if (!(entry.value() instanceof BString layer) || layer.length() != pieces * HASH_LENGTH) {
        throw new MetainfoException("a piece layer of the wrong size");
      }
      if (!entry.key().is(root(layer.bytes()))) {
        throw new MetainfoException("a piece layer that does not hash to its root");
      }
    }
  }

  /** Hashes pairs in place, level by level; what is missing at the right is a tree of zeros. */
  private byte[] root(byte[] layer) {
    byte[] hashes = Arrays.copyOf(layer, layer.length + HASH_LENGTH);
    byte[] padding = padding();
    int count = layer.length / HASH_LENGTH;
    while (count > 1) {
      if (count % 2 == 1) {
        System.arraycopy(padding, 0, hashes, count * HASH_LENGTH, HASH_LENGTH);
        count++;
      }
      count /= 2;
      for (int i = 0; i < count; i++) {
        sha256.update(hashes, i * 2 * HASH_LENGTH, 2 * HASH_LENGTH);
        System.arraycopy(sha256.digest(), 0, hashes, i * HASH_LENGTH, HASH_LENGTH);
      }
      padding = parent(padding);
    }
    return Arrays.copyOf(hashes, HASH_LENGTH);
  }

  /** The hash of a piece's tree without any leaf. */
  private byte[] padding() {
    byte[] padding = new byte[HASH_LENGTH];
    for (int length = BLOCK_LENGTH; length < pieceLength; length *= 2) {
      padding = parent(padding);
    }
    return padding;
  }

  private byte[] parent(byte[] child) {
    sha256.update(child);
    return sha256.digest(child);
  }
}
