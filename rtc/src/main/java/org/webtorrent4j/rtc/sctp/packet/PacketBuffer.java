package org.webtorrent4j.rtc.sctp.packet;

import java.util.zip.CRC32C;

/**
 * The array in which packets are written, one at a time. All associations of a thread share one:
 * what is in it belongs to nobody once the packet has been sent.
 */
public final class PacketBuffer {
  /** The longest packet that we send; with DTLS, UDP and IPv6 around it it has 1,273 bytes. */
  public static final int MAX_PACKET = 1188;

  /** The payload of a DATA chunk that is alone in the longest packet. */
  public static final int MAX_PAYLOAD = MAX_PACKET - Chunks.COMMON_HEADER - Chunks.DATA_HEADER;

  private static final byte[] ZERO = new byte[4];

  private final byte[] bytes = new byte[MAX_PACKET];
  private final CRC32C crc = new CRC32C();
  private int length;
  private int chunk;

  /** A buffer with no packet in it. */
  public PacketBuffer() {}

  /** Begins a packet. */
  public void begin(int localPort, int remotePort, int tag) {
    length = 0;
    put16(localPort);
    put16(remotePort);
    put32(tag);
    put32(0);
  }

  /** Whether no chunk has been written. */
  public boolean isEmpty() {
    return length == Chunks.COMMON_HEADER;
  }

  /** Bytes that still fit. */
  public int room() {
    return MAX_PACKET - length;
  }

  /** Begins a chunk; what is put until {@link #endChunk} is its value. */
  public void beginChunk(int type, int flags) {
    chunk = length;
    put8(type);
    put8(flags);
    put16(0);
  }

  /** Ends a chunk: writes its length and the padding, which the length does not count. */
  public void endChunk() {
    Chunks.put16(bytes, chunk + 2, length - chunk);
    pad();
  }

  /** Zeroes up to the next multiple of four. */
  public void pad() {
    while ((length & 3) != 0) {
      bytes[length++] = 0;
    }
  }

  /** Appends a byte. */
  public void put8(int value) {
    bytes[length++] = (byte) value;
  }

  /** Appends two bytes. */
  public void put16(int value) {
    Chunks.put16(bytes, length, value);
    length += 2;
  }

  /** Appends four bytes. */
  public void put32(int value) {
    Chunks.put32(bytes, length, value);
    length += 4;
  }

  /** Appends bytes. */
  public void put(byte[] from, int offset, int count) {
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** Makes room for bytes that the caller writes into {@link #bytes}; returns where they go. */
  public int reserve(int count) {
    int at = length;
    length += count;
    return at;
  }

  /** Writes the checksum; a packet for a peer that does without may leave it zero (RFC 9653). */
  public void seal(boolean withChecksum) {
    if (withChecksum) {
      Chunks.put32(bytes, 8, Integer.reverseBytes(checksum(bytes, 0, length)));
    }
  }

  /** The packet, from index 0. */
  public byte[] bytes() {
    return bytes;
  }

  /** The packet's length. */
  public int length() {
    return length;
  }

  /** Whether the checksum of a packet, which has at least a common header, is right. */
  boolean isChecksumRight(byte[] data, int offset, int count) {
    return Chunks.i32(data, offset + 8) == Integer.reverseBytes(checksum(data, offset, count));
  }

  /** CRC32C with the field itself taken as zero. */
  private int checksum(byte[] data, int offset, int count) {
    crc.reset();
    crc.update(data, offset, 8);
    crc.update(ZERO, 0, 4);
    crc.update(data, offset + 12, count - 12);
    return (int) crc.getValue();
  }
}
