package org.webtorrent4j.rtc.sctp.packet;

/**
 * Says whether the bytes of a packet hang together, before anybody acts on a part of it: lengths of
 * chunks, of parameters and of what is counted inside, and who must stand alone (RFC 9260 §6.10).
 */
public final class PacketCheck {
  /** Bits of the type of an unknown chunk or parameter: go on behind it, and report it. */
  private static final int SKIP = 0x80;

  private PacketCheck() {}

  /** Whether a packet is whole: ports, checksum and structure. */
  public static boolean isSound(
      PacketBuffer crc, byte[] b, int offset, int length, boolean mayLackChecksum) {
    if (length < Chunks.COMMON_HEADER + Chunks.HEADER) {
      return false;
    }
    boolean unchecked = mayLackChecksum && Chunks.i32(b, offset + 8) == 0 && !holdsSetUp(b, offset);
    return (unchecked || crc.isChecksumRight(b, offset, length))
        && areChunksSound(b, offset + Chunks.COMMON_HEADER, offset + length);
  }

  /** Packets that set an association up always carry their checksum. */
  private static boolean holdsSetUp(byte[] b, int offset) {
    int type = Chunks.u8(b, offset + Chunks.COMMON_HEADER);
    return type == Chunks.INIT || type == Chunks.COOKIE_ECHO;
  }

  private static boolean areChunksSound(byte[] b, int begin, int end) {
    int at = begin;
    while (at < end) {
      if (end - at < Chunks.HEADER) {
        return false;
      }
      int length = Chunks.u16(b, at + 2);
      if (length < Chunks.HEADER || length > end - at || !isSound(b, at, length)) {
        return false;
      }
      int next = Math.min(at + Chunks.padded(length), end);
      if (standsAlone(Chunks.u8(b, at)) && (at != begin || next != end)) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private static boolean standsAlone(int type) {
    return type == Chunks.INIT || type == Chunks.INIT_ACK || type == Chunks.SHUTDOWN_COMPLETE;
  }

  private static boolean isSound(byte[] b, int at, int length) {
    int end = at + length;
    return switch (Chunks.u8(b, at)) {
      case Chunks.DATA -> length >= Chunks.DATA_HEADER;
      case Chunks.INIT, Chunks.INIT_ACK -> length >= 20 && areParametersSound(b, at + 20, end);
      case Chunks.SACK -> length >= 16 && length >= 16 + 4 * sackEntries(b, at);
      case Chunks.HEARTBEAT, Chunks.RE_CONFIG -> areParametersSound(b, at + 4, end);
      case Chunks.SHUTDOWN -> length >= 8;
      case Chunks.FORWARD_TSN -> length >= 8 && (length & 3) == 0;
      default -> true;
    };
  }

  private static int sackEntries(byte[] b, int at) {
    return Chunks.u16(b, at + 12) + Chunks.u16(b, at + 14);
  }

  /** Whether a list of parameters fills its place exactly, but for the padding of the last. */
  static boolean areParametersSound(byte[] b, int begin, int end) {
    int at = begin;
    while (at < end) {
      if (end - at < 4) {
        return false;
      }
      int length = Chunks.u16(b, at + 2);
      if (length < 4 || length > end - at) {
        return false;
      }
      at += Chunks.padded(length);
    }
    return true;
  }

  /** Whether what follows an unknown chunk or parameter of this type is still to be read. */
  public static boolean isSkipped(int type, int width) {
    return (type >> (width - 8) & SKIP) != 0;
  }

  /** Whether an unknown chunk or parameter of this type is to be reported. */
  public static boolean isReported(int type, int width) {
    return (type >> (width - 8) & 0x40) != 0;
  }
}
