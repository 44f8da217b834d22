package org.webtorrent4j.rtc.dcep;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The message that opens a data channel.
 *
 * <pre>
 *   03 | channel type 1 | priority 2 | reliability 4 | label length 2 | protocol length 2 | both
 * </pre>
 *
 * @param isReliable whether nothing may be given up
 * @param isOrdered whether messages keep their order
 * @param label the opener's name of the channel, which means nothing
 * @param protocol the protocol on it, empty for WebTorrent
 */
public record OpenMessage(boolean isReliable, boolean isOrdered, String label, String protocol) {
  static final int TYPE = 3;
  private static final int UNORDERED = 0x80;
  private static final int MAX_KIND = 2;
  private static final int HEADER = 12;
  private static final int MAX_NAME = 0xffff;

  /** Checks what the lengths of 16 bits can hold. */
  public OpenMessage {
    if (label.length() > MAX_NAME || protocol.length() > MAX_NAME) {
      throw new IllegalArgumentException("name of more than " + MAX_NAME + " bytes");
    }
  }

  /**
   * Reads a message.
   *
   * @throws ProtocolException if lengths or the channel type are wrong
   */
  static OpenMessage read(byte[] bytes, int offset, int length) throws ProtocolException {
    if (length < HEADER) {
      throw new ProtocolException("DCEP OPEN of " + length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    in.get();
    int type = in.get() & 0xff;
    in.getShort();
    in.getInt();
    int labelLength = in.getShort() & 0xffff;
    int protocolLength = in.getShort() & 0xffff;
    if (labelLength + protocolLength != in.remaining()) {
      throw new ProtocolException("names of a channel end elsewhere than DCEP OPEN");
    }
    int kind = type & ~UNORDERED;
    if (kind > MAX_KIND) {
      throw new ProtocolException("channel type " + type);
    }
    return new OpenMessage(
        kind == 0, (type & UNORDERED) == 0, text(in, labelLength), text(in, protocolLength));
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  ByteBuffer write() {
    byte[] labelBytes = label.getBytes(StandardCharsets.UTF_8);
    byte[] protocolBytes = protocol.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(HEADER + labelBytes.length + protocolBytes.length);
    out.put((byte) TYPE).put((byte) ((isReliable ? 0 : 1) | (isOrdered ? 0 : UNORDERED)));
    out.putShort((short) 0).putInt(0);
    out.putShort((short) labelBytes.length).putShort((short) protocolBytes.length);
    return out.put(labelBytes).put(protocolBytes).flip();
  }
}
