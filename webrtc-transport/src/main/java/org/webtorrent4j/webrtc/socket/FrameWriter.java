package org.webtorrent4j.webrtc.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.random.RandomGenerator;

/**
 * Writes the frames of a client, which are masked. For one thread; blocks.
 *
 * <pre>
 * FIN 0 0 0 opcode(4) | 1 length(7) | length (0 or 2) | mask (4) | payload xor mask
 * </pre>
 */
final class FrameWriter {
  /** Longer messages go in parts: aquatic takes no frame of more than 16 KiB. */
  static final int MAX_PAYLOAD = 16_000;

  private final OutputStream out;
  private final RandomGenerator random;

  /**
   * A writer.
   *
   * @param random one that cannot be guessed; a page in between could be fooled else
   */
  FrameWriter(OutputStream out, RandomGenerator random) {
    this.out = out;
    this.random = random;
  }

  void text(byte[] utf8) throws IOException {
    int opcode = Opcode.TEXT;
    int from = 0;
    do {
      int length = Math.min(utf8.length - from, MAX_PAYLOAD);
      frame(opcode, from + length == utf8.length, utf8, from, length);
      opcode = Opcode.CONTINUATION;
      from += length;
    } while (from < utf8.length);
    out.flush();
  }

  /** Writes a control frame; its payload has at most 125 bytes. */
  void control(int opcode, byte[] payload) throws IOException {
    frame(opcode, true, payload, 0, payload.length);
    out.flush();
  }

  /** One write per frame, so that each becomes one record of TLS. */
  private void frame(int opcode, boolean isFinal, byte[] payload, int from, int length)
      throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(length + 8);
    frame.write((isFinal ? 0x80 : 0) | opcode);
    if (length < 126) {
      frame.write(0x80 | length);
    } else {
      frame.write(0x80 | 126);
      frame.write(length >> 8);
      frame.write(length);
    }
    byte[] mask = new byte[4];
    random.nextBytes(mask);
    frame.writeBytes(mask);
    for (int i = 0; i < length; i++) {
      frame.write(payload[from + i] ^ mask[i & 3]);
    }
    frame.writeTo(out);
  }
}
