package org.webtorrent4j.tcp.mse;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Collects what one step of an MSE handshake sends; a step follows when the last is on its way. */
final class MseOutput {
  private final SecureRandom random;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  MseOutput(SecureRandom random) {
    this.random = random;
  }

  /** What is not sent yet. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** Random bytes of a random length. */
  byte[] pad() {
    byte[] pad = new byte[random.nextInt(MseHandshake.MAX_PAD + 1)];
    random.nextBytes(pad);
    return pad;
  }

  /** Adds bytes. */
  void add(byte[]... parts) {
    int length = bytes.remaining();
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer longer = ByteBuffer.allocate(length).put(bytes);
    for (byte[] part : parts) {
      longer.put(part);
    }
    bytes = longer.flip();
  }
}
