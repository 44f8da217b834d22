package org.webtorrent4j.metainfo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The 20 bytes by which a client names itself in a swarm (BEP 20). Immutable. */
public final class PeerId implements Comparable<PeerId> {
  /** Length in bytes. */
  public static final int LENGTH = 20;

  private static final String PREFIX = "-WJ0010-";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final byte[] bytes;

  private PeerId(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The id with these bytes.
   *
   * @throws IllegalArgumentException unless there are 20
   */
  public static PeerId of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a peer id has 20 bytes, not " + bytes.length);
    }
    return new PeerId(bytes.clone());
  }

  /** A new id of ours: {@code -WJ0010-} and 12 random letters or digits. */
  public static PeerId random(RandomGenerator random) {
    StringBuilder id = new StringBuilder(PREFIX);
    while (id.length() < LENGTH) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new PeerId(id.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A copy of the 20 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Compares as unsigned bytes: duplicate connections are settled by this order. */
  @Override
  public int compareTo(PeerId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The id as text, with a dot for whatever cannot be printed. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(LENGTH);
    for (byte b : bytes) {
      text.append(b > ' ' && b < 127 ? (char) b : '.');
    }
    return text.toString();
  }
}
