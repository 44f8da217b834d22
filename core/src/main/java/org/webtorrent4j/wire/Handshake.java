package org.webtorrent4j.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;

/**
 * The first thing that each side of a connection says (BEP 3).
 *
 * <pre>
 * | 0x13 | "BitTorrent protocol" | reserved | info hash | peer id |
 * |  1   |          19           |    8     |    20     |   20    |
 * </pre>
 *
 * @param infoHash the torrent; of a full v2 hash the first 20 bytes
 * @param peerId the sender
 * @param extensions whether the sender speaks the extension protocol (BEP 10)
 * @param dht whether the sender wants {@code port} messages (BEP 5)
 * @param fast whether the sender speaks the fast extension (BEP 6), which is on if both do
 * @param v2 whether the sender of a v1 hash also speaks v2 (BEP 52)
 */
public record Handshake(
    InfoHash infoHash, PeerId peerId, boolean extensions, boolean dht, boolean fast, boolean v2) {
  /** Length in bytes. */
  public static final int LENGTH = 68;

  static final int RESERVED_OFFSET = 20;
  static final int INFO_HASH_OFFSET = 28;
  static final int PEER_ID_OFFSET = 48;

  private static final byte[] PROTOCOL =
      "\u0013BitTorrent protocol".getBytes(StandardCharsets.ISO_8859_1);

  private static final int EXTENSIONS = 0x10; // in reserved byte 5
  private static final int DHT = 0x01; // these in reserved byte 7
  private static final int FAST = 0x04;
  private static final int V2 = 0x10;

  /** Truncates the hash. */
  public Handshake {
    infoHash = infoHash.truncated();
  }

  /**
   * Writes the 68 bytes at the buffer's position.
   *
   * @throws java.nio.BufferOverflowException if there is less room
   */
  public void writeTo(ByteBuffer buffer) {
    int last = (dht ? DHT : 0) | (fast ? FAST : 0) | (v2 ? V2 : 0);
    buffer
        .put(PROTOCOL)
        .putInt(0)
        .putInt((extensions ? EXTENSIONS << 16 : 0) | last)
        .put(infoHash.bytes())
        .put(peerId.bytes());
  }

  /** The byte that every handshake has at an offset below {@link #RESERVED_OFFSET}. */
  static byte protocolByte(int offset) {
    return PROTOCOL[offset];
  }

  /** The handshake with these fields as they were on the wire; unknown reserved bits are lost. */
  static Handshake of(byte[] reserved, InfoHash infoHash, PeerId peerId) {
    return new Handshake(
        infoHash,
        peerId,
        (reserved[5] & EXTENSIONS) != 0,
        (reserved[7] & DHT) != 0,
        (reserved[7] & FAST) != 0,
        (reserved[7] & V2) != 0);
  }
}
