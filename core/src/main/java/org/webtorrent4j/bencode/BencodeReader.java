package org.webtorrent4j.bencode;

/**
 * Reads bencoding (BEP 3) within limits. The lenient reader takes what is found in the wild:
 * leading zeros, keys that are unsorted or repeated, and bytes after the value. The strict one
 * takes only the canonical form, which is what may be encoded again and hashed. Immutable.
 *
 * @param isStrict whether only the canonical form is taken
 * @param isCapping whether a number of more than 64 bits becomes the largest or least of 64 bits
 * @param maxDepth how many lists and dictionaries may be open at once
 * @param maxTokens how many values there may be, keys counted
 */
public record BencodeReader(boolean isStrict, boolean isCapping, int maxDepth, int maxTokens) {
  /** Checks the limits. */
  public BencodeReader {
    if (maxDepth < 0 || maxTokens < 1) {
      throw new IllegalArgumentException("depth " + maxDepth + ", tokens " + maxTokens);
    }
  }

  /** A reader of what is found in the wild: depth 100, 3 000 000 values. */
  public static BencodeReader lenient() {
    return new BencodeReader(false, false, 100, 3_000_000);
  }

  /** A reader of the canonical form: depth 100, 3 000 000 values. */
  public static BencodeReader strict() {
    return new BencodeReader(true, false, 100, 3_000_000);
  }

  /** The same reader, which takes a number of more than 64 bits for the nearest one of 64 bits. */
  public BencodeReader cappingNumbers() {
    return new BencodeReader(isStrict, true, maxDepth, maxTokens);
  }

  /** The same reader with another limit of values. */
  public BencodeReader withMaxTokens(int tokens) {
    return new BencodeReader(isStrict, isCapping, maxDepth, tokens);
  }

  /** The same reader with another limit of depth. */
  public BencodeReader withMaxDepth(int depth) {
    return new BencodeReader(isStrict, isCapping, depth, maxTokens);
  }

  /**
   * Reads one value. The views that come back refer to the array: it is not copied.
   *
   * @throws BencodeException if there is none, or not within the limits
   */
  public BValue read(byte[] source) throws BencodeException {
    return read(source, 0, source.length);
  }

  /**
   * Reads one value from a part of an array; offsets of the value and of faults count from the
   * beginning of the array.
   *
   * @throws BencodeException if there is none, or not within the limits
   */
  public BValue read(byte[] source, int from, int to) throws BencodeException {
    return new BencodeParser(this, source, from, to).parse();
  }

  /**
   * Reads one value that must be a dictionary.
   *
   * @throws BencodeException if it is not, or not within the limits
   */
  public BDict readDict(byte[] source) throws BencodeException {
    return readDict(source, 0, source.length);
  }

  /**
   * Reads one value that must be a dictionary from a part of an array.
   *
   * @throws BencodeException if it is not, or not within the limits
   */
  public BDict readDict(byte[] source, int from, int to) throws BencodeException {
    if (read(source, from, to) instanceof BDict dict) {
      return dict;
    }
    throw new BencodeException("not a dictionary", from);
  }
}
