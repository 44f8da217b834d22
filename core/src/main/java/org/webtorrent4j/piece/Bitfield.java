package org.webtorrent4j.piece;

import java.util.Arrays;
import java.util.Objects;

/**
 * A set of piece indices of a fixed range that knows its size at any time. Its bytes are those of
 * the wire: bit 7 of byte 0 is piece 0 (BEP 3).
 */
public final class Bitfield {
  private final int size;
  private final long[] words; // bit 63 of word 0 is piece 0, so that words read as the wire's bytes
  private int cardinality;

  /** An empty set for pieces 0 to {@code size - 1}. */
  public Bitfield(int size) {
    this.size = size;
    this.words = new long[(size + 63) >>> 6];
  }

  /** A copy. */
  public Bitfield(Bitfield other) {
    this.size = other.size;
    this.words = other.words.clone();
    this.cardinality = other.cardinality;
  }

  /**
   * The set in these bytes.
   *
   * @throws IllegalArgumentException if there are too few or too many bytes or a spare bit is set;
   *     the message says which
   */
  public static Bitfield ofBytes(byte[] bytes, int size) {
    if (bytes.length != (size + 7) >>> 3) {
      throw new IllegalArgumentException(
          "a bitfield of " + bytes.length + " bytes for " + size + " pieces");
    }
    Bitfield result = new Bitfield(size);
    for (int i = 0; i < bytes.length; i++) {
      result.words[i >>> 3] |= (bytes[i] & 0xffL) << (56 - 8 * (i & 7));
    }
    if ((size & 63) != 0 && result.words[result.words.length - 1] << (size & 63) != 0) {
      throw new IllegalArgumentException(
          "a bitfield with spare bits set after piece " + (size - 1));
    }
    for (long word : result.words) {
      result.cardinality += Long.bitCount(word);
    }
    return result;
  }

  /** Number of pieces in the range. */
  public int size() {
    return size;
  }

  /** Number of pieces in the set. */
  public int cardinality() {
    return cardinality;
  }

  /** Number of pieces in the set from {@code first} on and before {@code end}. */
  public int cardinality(int first, int end) {
    Objects.checkFromToIndex(first, end, size);
    if (first == end) {
      return 0;
    }
    int lastWord = (end - 1) >>> 6;
    int sum = 0;
    for (int word = first >>> 6; word <= lastWord; word++) {
      long bits = words[word];
      if (word == first >>> 6) {
        bits &= -1L >>> first;
      }
      if (word == lastWord) {
        bits &= -1L << -end;
      }
      sum += Long.bitCount(bits);
    }
    return sum;
  }

  /** Whether every piece is in the set. */
  public boolean isFull() {
    return cardinality == size;
  }

  /** Whether no piece is in the set. */
  public boolean isEmpty() {
    return cardinality == 0;
  }

  /** Whether a piece is in the set. */
  public boolean get(int piece) {
    return (words[piece >>> 6] << piece) < 0;
  }

  /** Adds a piece; false if it was in the set. */
  public boolean set(int piece) {
    if (get(piece)) {
      return false;
    }
    words[piece >>> 6] |= bit(piece);
    cardinality++;
    return true;
  }

  /** Takes a piece out; false if it was not in the set. */
  public boolean clear(int piece) {
    if (!get(piece)) {
      return false;
    }
    words[piece >>> 6] &= ~bit(piece);
    cardinality--;
    return true;
  }

  /** Adds every piece. */
  public void setAll() {
    Arrays.fill(words, -1L);
    if ((size & 63) != 0) {
      words[words.length - 1] = -1L << (64 - (size & 63));
    }
    cardinality = size;
  }

  /** The first piece of the set at or after {@code from}; -1 if there is none. */
  public int nextSet(int from) {
    return next(from, 0);
  }

  /** The first piece outside the set at or after {@code from}; -1 if there is none. */
  public int nextClear(int from) {
    return next(from, -1L);
  }

  /** The first piece at or after {@code from} that is in both sets; -1 if there is none. */
  public int nextCommon(Bitfield other, int from) {
    if (from >= size) {
      return -1;
    }
    int word = from >>> 6;
    long bits = words[word] & other.words[word] & (-1L >>> from);
    while (bits == 0) {
      if (++word == words.length) {
        return -1;
      }
      bits = words[word] & other.words[word];
    }
    return (word << 6) + Long.numberOfLeadingZeros(bits);
  }

  /** The set in the bytes of the wire. */
  public byte[] toBytes() {
    byte[] bytes = new byte[(size + 7) >>> 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (words[i >>> 3] >>> (56 - 8 * (i & 7)));
    }
    return bytes;
  }

  private int next(int from, long flip) {
    if (from >= size) {
      return -1;
    }
    int word = from >>> 6;
    long bits = (words[word] ^ flip) & (-1L >>> from);
    while (bits == 0) {
      if (++word == words.length) {
        return -1;
      }
      bits = words[word] ^ flip;
    }
    int piece = (word << 6) + Long.numberOfLeadingZeros(bits);
    return piece < size ? piece : -1;
  }

  private static long bit(int piece) {
    return 1L << (63 - (piece & 63));
  }
}
