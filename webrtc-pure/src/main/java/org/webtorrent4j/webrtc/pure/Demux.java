package org.webtorrent4j.webrtc.pure;

import org.webtorrent4j.rtc.stun.StunMessage;

/** Tells by its first bytes what a datagram is, RFC 7983; who it belongs to is another question. */
final class Demux {
  private static final int DTLS_HEADER = 13;
  private static final int FIRST_DTLS = 20;
  private static final int LAST_DTLS = 25;
  private static final int HANDSHAKE = 22;

  /** What may come by the port of an engine. */
  enum Kind {
    /** For the ICE agent that it names. */
    STUN,
    /** For the peer whose ICE agent has checked the sender. */
    DTLS,
    /** Nothing of ours. */
    OTHER
  }

  private Demux() {}

  static Kind kind(byte[] data, int length) {
    if (StunMessage.isStun(data, 0, length)) {
      return Kind.STUN;
    }
    return isDtls(data, length) ? Kind.DTLS : Kind.OTHER;
  }

  /** Whether a datagram of DTLS is part of a handshake that has just begun. */
  static boolean isHandshake(byte[] data) {
    return data[0] == HANDSHAKE;
  }

  /** A record of DTLS 1.0, in which a ClientHello may come, or 1.2, that is there as a whole. */
  private static boolean isDtls(byte[] data, int length) {
    return length >= DTLS_HEADER
        && data[0] >= FIRST_DTLS
        && data[0] <= LAST_DTLS
        && data[1] == (byte) 0xfe
        && (data[2] == (byte) 0xfd || data[2] == (byte) 0xff)
        && DTLS_HEADER + (((data[11] & 0xff) << 8) | (data[12] & 0xff)) <= length;
  }
}
