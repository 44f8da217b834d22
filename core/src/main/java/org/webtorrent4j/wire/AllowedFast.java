package org.webtorrent4j.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.webtorrent4j.metainfo.InfoHash;

/** Which pieces a peer may request while it is choked (BEP 6); a function of its address. */
public final class AllowedFast {
  private static final int V4_NETWORK_BYTES = 3;
  private static final int V6_NETWORK_BYTES = 8; // BEP 6 only knows IPv4; a host has all of its /64

  private AllowedFast() {}

  /**
   * The allowed fast set of a peer, in the order of BEP 6. Other clients compute other sets, so
   * what a peer sends cannot be checked with this.
   *
   * @param address the peer's
   * @param pieceCount of the torrent
   * @param count the wanted size of the set; all pieces if the torrent has no more
   */
  public static int[] pieces(InetAddress address, InfoHash infoHash, int pieceCount, int count) {
    int[] pieces = new int[Math.min(count, pieceCount)];
    MessageDigest sha1 = sha1();
    sha1.update(network(address));
    byte[] hash = sha1.digest(infoHash.truncated().bytes());
    int size = 0;
    while (size < pieces.length) {
      ByteBuffer numbers = ByteBuffer.wrap(hash);
      while (numbers.hasRemaining() && size < pieces.length) {
        int piece = Integer.remainderUnsigned(numbers.getInt(), pieceCount);
        if (IntStream.of(pieces).limit(size).noneMatch(known -> known == piece)) {
          pieces[size++] = piece;
        }
      }
      hash = sha1.digest(hash);
    }
    return pieces;
  }

  private static byte[] network(InetAddress address) {
    byte[] bytes = address.getAddress();
    Arrays.fill(
        bytes, bytes.length == 4 ? V4_NETWORK_BYTES : V6_NETWORK_BYTES, bytes.length, (byte) 0);
    return bytes;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
