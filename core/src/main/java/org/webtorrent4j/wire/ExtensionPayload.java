package org.webtorrent4j.wire;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** The payloads of extended messages that are not bencoded. */
public final class ExtensionPayload {
  private ExtensionPayload() {}

  /** That we no longer have a piece: its index in 4 bytes (BEP 54). */
  public static byte[] dontHave(int piece) {
    return ByteBuffer.allocate(4).putInt(piece).array();
  }

  /**
   * The piece that the peer no longer has: not negative, but it may be out of range.
   *
   * @throws ProtocolException if it is not 4 bytes or the index is above 2^31
   */
  public static int readDontHave(byte[] payload) throws ProtocolException {
    if (payload.length != 4) {
      throw new ProtocolException("lt_donthave message of " + payload.length + " bytes");
    }
    int piece = ByteBuffer.wrap(payload).getInt();
    if (piece < 0) {
      throw new ProtocolException(
          "lt_donthave message with number " + Integer.toUnsignedString(piece));
    }
    return piece;
  }

  /** Whether we want nothing, in one byte (BEP 21). */
  public static byte[] uploadOnly(boolean uploadOnly) {
    return new byte[] {(byte) (uploadOnly ? 1 : 0)};
  }

  /**
   * Whether the peer wants nothing.
   *
   * @throws ProtocolException if it is not one byte
   */
  public static boolean readUploadOnly(byte[] payload) throws ProtocolException {
    if (payload.length != 1) {
      throw new ProtocolException("upload_only message of " + payload.length + " bytes");
    }
    return payload[0] != 0;
  }
}
