package org.webtorrent4j.rtc.dtls;

/**
 * Two arrays in which records are encrypted and decrypted; all endpoints of one thread share them.
 */
public final class DtlsBuffers {
  /** Room for the largest datagram that is sent or taken. */
  private static final int SIZE = Records.HEADER + Records.MAX_LENGTH;

  final byte[] datagram = new byte[SIZE];
  final byte[] plain = new byte[SIZE];

  /** A pair of arrays. */
  public DtlsBuffers() {}
}
