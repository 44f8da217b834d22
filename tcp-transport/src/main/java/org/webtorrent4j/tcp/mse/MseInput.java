package org.webtorrent4j.tcp.mse;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects the fields of an MSE handshake from a stream that is cut anywhere, without taking a byte
 * more than they have.
 */
final class MseInput {
  private byte[] field = new byte[0];
  private int have;
  private int skipped;

  /** Begins a field of a length that has been checked. */
  void expect(int length) {
    field = new byte[length];
    have = 0;
    skipped = 0;
  }

  /** Takes bytes of the field; whether it is complete. */
  boolean fill(ByteBuffer in) {
    int length = Math.min(in.remaining(), field.length - have);
    in.get(field, have, length);
    have += length;
    return have == field.length;
  }

  /**
   * Takes bytes until the last of them are {@code mark}, for which the field must be as long as the
   * mark; whether it was found.
   *
   * @throws ProtocolException if more bytes than a pad may have came before the mark
   */
  boolean seek(byte[] mark, ByteBuffer in) throws ProtocolException {
    while (fill(in)) {
      if (Arrays.equals(field, mark)) {
        return true;
      }
      if (++skipped > MseHandshake.MAX_PAD) {
        throw new ProtocolException("no synchronisation within " + MseHandshake.MAX_PAD + " bytes");
      }
      System.arraycopy(field, 1, field, 0, --have);
    }
    return false;
  }

  /** The complete field; the next {@link #expect} begins another array. */
  byte[] field() {
    return field;
  }
}
