package org.webtorrent4j.metainfo;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The hash of an info dictionary, which names a torrent: 20 bytes of SHA-1 (BEP 3) or 32 bytes of
 * SHA-256 (BEP 52). Immutable.
 */
public final class InfoHash implements Comparable<InfoHash> {
  /** Length of a v1 hash, and of every hash on the wire, in bytes. */
  public static final int V1_LENGTH = 20;

  /** Length of a full v2 hash in bytes. */
  public static final int V2_LENGTH = 32;

  private final byte[] bytes;

  private InfoHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The hash with these bytes.
   *
   * @throws IllegalArgumentException unless there are 20 or 32
   */
  public static InfoHash of(byte[] bytes) {
    if (bytes.length != V1_LENGTH && bytes.length != V2_LENGTH) {
      throw new IllegalArgumentException("an info hash has 20 or 32 bytes, not " + bytes.length);
    }
    return new InfoHash(bytes.clone());
  }

  /**
   * The hash with these hexadecimal digits, of either case.
   *
   * @throws IllegalArgumentException unless there are 40 or 64 of them
   */
  public static InfoHash ofHex(String hex) {
    if (hex.length() != 2 * V1_LENGTH && hex.length() != 2 * V2_LENGTH) {
      throw new IllegalArgumentException(
          "an info hash has 40 or 64 hexadecimal digits, not " + hex.length());
    }
    return new InfoHash(HexFormat.of().parseHex(hex));
  }

  /** A copy of the 20 or 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Length in bytes: 20 or 32. */
  public int length() {
    return bytes.length;
  }

  /** Whether this is a full v2 hash. */
  public boolean isV2() {
    return bytes.length == V2_LENGTH;
  }

  /** The first 20 bytes, which handshakes and trackers carry; itself if it has no more. */
  public InfoHash truncated() {
    return isV2() ? new InfoHash(Arrays.copyOf(bytes, V1_LENGTH)) : this;
  }

  @Override
  public int compareTo(InfoHash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InfoHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The hash in lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
