package org.webtorrent4j.rtc.sctp.packet;

import java.net.ProtocolException;

/**
 * What an INIT or INIT-ACK says about its sender.
 *
 * <pre>
 *   tag 4 | a_rwnd 4 | outgoing streams 2 | incoming streams 2 | first TSN 4 | parameters
 * </pre>
 *
 * @param tag verification tag of packets to the sender, not 0
 * @param window bytes that it takes before it acknowledges some
 * @param outgoing streams that it wants to send on
 * @param incoming streams that it lets us send on
 * @param firstTsn TSN of its first DATA chunk
 * @param knowsForwardTsn whether it may skip data (RFC 3758)
 * @param takesZeroChecksum whether it does without checksums over DTLS (RFC 9653)
 */
public record Init(
    int tag,
    long window,
    int outgoing,
    int incoming,
    int firstTsn,
    boolean knowsForwardTsn,
    boolean takesZeroChecksum) {
  private static final int COOKIE = 7;
  private static final int EXTENSIONS = 0x8008;
  private static final int ZERO_CHECKSUM = 0x8001;
  private static final int FORWARD_TSN = 0xc000;
  private static final int ERROR_METHOD_DTLS = 1;
  private static final int MIN_WINDOW = 1500;
  private static final int PARAMETERS = 20;

  /**
   * Reads a sound chunk.
   *
   * @throws ProtocolException if it names a tag, a window or a number of streams that may not be
   */
  public static Init read(byte[] b, int at) throws ProtocolException {
    int end = at + Chunks.u16(b, at + 2);
    boolean forward = false;
    boolean zeroChecksum = false;
    int parameter = at + PARAMETERS;
    while (parameter < end) {
      int type = Chunks.u16(b, parameter);
      int length = Chunks.u16(b, parameter + 2);
      if (type == FORWARD_TSN) {
        forward = true;
      } else if (type == EXTENSIONS) {
        forward |= names(Chunks.FORWARD_TSN, b, parameter + 4, parameter + length);
      } else if (type == ZERO_CHECKSUM && length >= 8) {
        zeroChecksum = Chunks.i32(b, parameter + 4) == ERROR_METHOD_DTLS;
      } else if (!isKnown(type) && !PacketCheck.isSkipped(type, 16)) {
        break;
      }
      parameter += Chunks.padded(length);
    }
    Init init =
        new Init(
            Chunks.i32(b, at + 4),
            Chunks.i32(b, at + 8) & 0xffff_ffffL,
            Chunks.u16(b, at + 12),
            Chunks.u16(b, at + 14),
            Chunks.i32(b, at + 16),
            forward,
            zeroChecksum);
    init.check();
    return init;
  }

  /** Addresses and the like are allowed for, though nobody over DTLS has a use for them. */
  private static boolean isKnown(int type) {
    return type >= 5 && type <= 12;
  }

  private void check() throws ProtocolException {
    if (tag == 0) {
      throw new ProtocolException("tag 0 in INIT");
    }
    if (window < MIN_WINDOW) {
      throw new ProtocolException("window of " + window + " bytes in INIT");
    }
    if (outgoing == 0 || incoming == 0) {
      throw new ProtocolException("no streams in INIT");
    }
  }

  private static boolean names(int chunk, byte[] b, int begin, int end) {
    for (int at = begin; at < end; at++) {
      if (Chunks.u8(b, at) == chunk) {
        return true;
      }
    }
    return false;
  }

  /** Where the state cookie's parameter begins in a sound INIT-ACK; -1 if there is none. */
  public static int findCookie(byte[] b, int at) {
    int end = at + Chunks.u16(b, at + 2);
    for (int parameter = at + PARAMETERS; parameter < end; ) {
      if (Chunks.u16(b, parameter) == COOKIE) {
        return parameter;
      }
      parameter += Chunks.padded(Chunks.u16(b, parameter + 2));
    }
    return -1;
  }

  /** Writes an INIT, or with a cookie an INIT-ACK. */
  public void write(PacketBuffer out, byte[] cookie) {
    out.beginChunk(cookie.length == 0 ? Chunks.INIT : Chunks.INIT_ACK, 0);
    out.put32(tag);
    out.put32((int) window);
    out.put16(outgoing);
    out.put16(incoming);
    out.put32(firstTsn);
    if (cookie.length > 0) {
      out.put16(COOKIE);
      out.put16(4 + cookie.length);
      out.put(cookie, 0, cookie.length);
      out.pad();
    }
    if (takesZeroChecksum) {
      out.put16(ZERO_CHECKSUM);
      out.put16(8);
      out.put32(ERROR_METHOD_DTLS);
    }
    if (knowsForwardTsn) {
      out.put16(FORWARD_TSN);
      out.put16(4);
    }
    out.put16(EXTENSIONS);
    out.put16(6);
    out.put8(Chunks.FORWARD_TSN);
    out.put8(Chunks.RE_CONFIG);
    out.endChunk();
  }
}
