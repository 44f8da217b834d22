package org.webtorrent4j.rtc.dtls;

import java.util.Arrays;

/** Reads a handshake message of a stranger; what goes past its end is a decode error. */
final class ByteReader {
  private final byte[] data;
  private final int end;
  private int position;

  ByteReader(byte[] data) {
    this(data, 0, data.length);
  }

  private ByteReader(byte[] data, int from, int end) {
    this.data = data;
    this.position = from;
    this.end = end;
  }

  boolean hasMore() {
    return position < end;
  }

  int uint8() throws DtlsException {
    return data[take(1)] & 0xff;
  }

  int uint16() throws DtlsException {
    int at = take(2);
    return (data[at] & 0xff) << 8 | (data[at + 1] & 0xff);
  }

  int uint24() throws DtlsException {
    return (uint8() << 16) | uint16();
  }

  byte[] bytes(int count) throws DtlsException {
    int at = take(count);
    return Arrays.copyOfRange(data, at, at + count);
  }

  /** A part of its own, behind a length of one, two or three bytes. */
  ByteReader part(int lengthBytes) throws DtlsException {
    int length = lengthBytes == 1 ? uint8() : lengthBytes == 2 ? uint16() : uint24();
    int at = take(length);
    return new ByteReader(data, at, at + length);
  }

  /** All that is left. */
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(data, position, end);
    position = end;
    return rest;
  }

  /** The bytes from an earlier position to here. */
  byte[] since(int from) {
    return Arrays.copyOfRange(data, from, position);
  }

  int position() {
    return position;
  }

  void expectEnd() throws DtlsException {
    if (hasMore()) {
      throw new DtlsException(
          Alert.DECODE_ERROR, (end - position) + " bytes too many in a handshake message");
    }
  }

  private int take(int count) throws DtlsException {
    if (count > end - position) {
      throw new DtlsException(Alert.DECODE_ERROR, "a handshake message ends too early");
    }
    int at = position;
    position += count;
    return at;
  }
}
