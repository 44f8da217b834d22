package org.webtorrent4j.rtc.dtls;

/**
 * The record layer's bytes, RFC 6347 4.1.
 *
 * <pre>
 * 0 type 1 | 1 version 2 | 3 epoch 2 | 5 sequence 6 | 11 length 2 | 13 fragment
 * </pre>
 */
final class Records {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;

  static final int HEADER = 13;
  static final int EPOCH = 3;

  /** DTLS 1.2. */
  static final int VERSION = 0xfefd;

  /** The longest fragment that is taken: a datagram of 2,048 bytes. */
  static final int MAX_LENGTH = 2_035;

  private Records() {}

  static void writeHeader(byte[] d, int at, int type, int epoch, long sequence, int length) {
    d[at] = (byte) type;
    d[at + 1] = (byte) (VERSION >> 8);
    d[at + 2] = (byte) VERSION;
    d[at + 3] = (byte) (epoch >> 8);
    d[at + 4] = (byte) epoch;
    for (int i = 0; i < 6; i++) {
      d[at + 5 + i] = (byte) (sequence >>> (40 - 8 * i));
    }
    d[at + 11] = (byte) (length >> 8);
    d[at + 12] = (byte) length;
  }

  /** Whether a whole record that might be ours begins here. */
  static boolean isRecord(byte[] d, int at, int end) {
    if (end - at < HEADER) {
      return false;
    }
    int type = type(d, at);
    int length = length(d, at);
    return type >= CHANGE_CIPHER_SPEC
        && type <= APPLICATION_DATA
        && d[at + 1] == (byte) (VERSION >> 8)
        && length <= MAX_LENGTH
        && length <= end - at - HEADER;
  }

  static int type(byte[] d, int at) {
    return d[at] & 0xff;
  }

  static int version(byte[] d, int at) {
    return uint16(d, at + 1);
  }

  static int epoch(byte[] d, int at) {
    return uint16(d, at + EPOCH);
  }

  static long sequence(byte[] d, int at) {
    long sequence = 0;
    for (int i = 0; i < 6; i++) {
      sequence = sequence << 8 | (d[at + 5 + i] & 0xff);
    }
    return sequence;
  }

  static int length(byte[] d, int at) {
    return uint16(d, at + 11);
  }

  private static int uint16(byte[] d, int at) {
    return (d[at] & 0xff) << 8 | (d[at + 1] & 0xff);
  }
}
