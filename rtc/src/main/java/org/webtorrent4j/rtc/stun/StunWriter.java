package org.webtorrent4j.rtc.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/** Writes one Binding message after the other into an array of its own. Confined to a thread. */
public final class StunWriter {
  private static final int SIZE = 1_024;

  private final StunAuth auth;
  private final byte[] data = new byte[SIZE];
  private int length;

  public StunWriter(StunAuth auth) {
    this.auth = auth;
  }

  /**
   * Begins a message.
   *
   * @param transaction 12 bytes
   */
  public StunWriter begin(StunMessage.Kind kind, byte[] transaction) {
    length = 0;
    int16(kind.type);
    int16(0);
    int32(StunMessage.COOKIE);
    bytes(transaction);
    return this;
  }

  /** Who is asked, and who asks. */
  public StunWriter username(String theirs, String ours) {
    byte[] name = (theirs + ":" + ours).getBytes(StandardCharsets.ISO_8859_1);
    attribute(StunAttribute.USERNAME, name.length);
    bytes(name);
    while ((length & 3) != 0) {
      data[length++] = 0;
    }
    return this;
  }

  public StunWriter priority(long priority) {
    attribute(StunAttribute.PRIORITY, 4);
    return int32((int) priority);
  }

  public StunWriter role(boolean isControlling, long tieBreaker) {
    attribute(isControlling ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED, 8);
    int32((int) (tieBreaker >>> 32));
    return int32((int) tieBreaker);
  }

  public StunWriter useCandidate() {
    return attribute(StunAttribute.USE_CANDIDATE, 0);
  }

  /** As whom we see the one that asked. */
  public StunWriter mappedAddress(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    attribute(StunAttribute.XOR_MAPPED_ADDRESS, 4 + bytes.length);
    int16(bytes.length == 4 ? 1 : 2);
    int16(address.getPort() ^ (StunMessage.COOKIE >>> 16));
    for (int i = 0; i < bytes.length; i++) {
      data[length++] = (byte) (bytes[i] ^ data[4 + i]);
    }
    return this;
  }

  public StunWriter error(int code) {
    attribute(StunAttribute.ERROR_CODE, 4);
    return int32(((code / 100) << 8) | (code % 100));
  }

  public StunWriter unknownAttributes(int[] types) {
    attribute(StunAttribute.UNKNOWN_ATTRIBUTES, 2 * types.length);
    for (int type : types) {
      int16(type);
    }
    while ((length & 3) != 0) {
      data[length++] = 0;
    }
    return this;
  }

  /**
   * Ends the message: who knows the password can see that nobody else wrote it.
   *
   * @return its length
   */
  public int end(SecretKeySpec key) {
    int at = length;
    byte[] integrity = auth.integrity(data, 0, at, key);
    attribute(StunAttribute.MESSAGE_INTEGRITY, integrity.length);
    bytes(integrity);
    int fingerprint = auth.fingerprint(data, 0, length);
    attribute(StunAttribute.FINGERPRINT, StunAuth.FINGERPRINT_LENGTH);
    int32(fingerprint);
    return end();
  }

  /** Ends a message to a STUN server, which is told nothing. */
  public int end() {
    int value = length - StunMessage.HEADER;
    data[2] = (byte) (value >> 8);
    data[3] = (byte) value;
    return length;
  }

  /** The array that messages are written into, from its start. */
  public byte[] array() {
    return data;
  }

  private StunWriter attribute(int type, int size) {
    int16(type);
    return int16(size);
  }

  private StunWriter int16(int value) {
    data[length++] = (byte) (value >> 8);
    data[length++] = (byte) value;
    return this;
  }

  private StunWriter int32(int value) {
    int16(value >> 16);
    return int16(value);
  }

  private void bytes(byte[] value) {
    System.arraycopy(value, 0, data, length, value.length);
    length += value.length;
  }
}
