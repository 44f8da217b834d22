package org.webtorrent4j.rtc.dtls;

import java.io.ByteArrayOutputStream;

/** Builds a handshake message. */
final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  ByteWriter uint8(int value) {
    out.write(value);
    return this;
  }

  ByteWriter uint16(int value) {
    return uint8(value >> 8).uint8(value);
  }

  ByteWriter uint24(int value) {
    return uint8(value >> 16).uint16(value);
  }

  ByteWriter bytes(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  /** Bytes behind their length, which takes one byte. */
  ByteWriter part8(byte[] value) {
    return uint8(value.length).bytes(value);
  }

  /** Bytes behind their length, which takes two bytes. */
  ByteWriter part16(byte[] value) {
    return uint16(value.length).bytes(value);
  }

  /** Bytes behind their length, which takes three bytes. */
  ByteWriter part24(byte[] value) {
    return uint24(value.length).bytes(value);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
