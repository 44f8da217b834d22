package org.webtorrent4j.rtc.dtls;

/**
 * A handshake message, whole, RFC 6347 4.2.2.
 *
 * <pre>
 * 0 type 1 | 1 length 3 | 4 message_seq 2 | 6 fragment_offset 3 | 9 fragment_length 3 | 12 body
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HandshakeMessage(int type, int sequence, byte[] body) {
  static final int HEADER = 12;

  static final int CLIENT_HELLO = 1;
  static final int SERVER_HELLO = 2;
  static final int HELLO_VERIFY_REQUEST = 3;
  static final int CERTIFICATE = 11;
  static final int SERVER_KEY_EXCHANGE = 12;
  static final int CERTIFICATE_REQUEST = 13;
  static final int SERVER_HELLO_DONE = 14;
  static final int CERTIFICATE_VERIFY = 15;
  static final int CLIENT_KEY_EXCHANGE = 16;
  static final int FINISHED = 20;

  /** The message as one fragment, which is also how the transcript knows it. */
  byte[] toBytes() {
    return new ByteWriter()
        .uint8(type)
        .uint24(body.length)
        .uint16(sequence)
        .uint24(0)
        .uint24(body.length)
        .bytes(body)
        .toBytes();
  }
}
