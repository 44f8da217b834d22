package org.webtorrent4j.tracker.udp;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.webtorrent4j.tracker.TrackerException;

/**
 * Asks for the connection id without which a tracker answers nothing: it proves that we are where
 * we say (BEP 15).
 *
 * <pre>
 * 0x41727101980 (8) | 0 (4) | transaction id (4)      answered by: connection id (8)
 * </pre>
 */
final class UdpConnect {
  private static final long PROTOCOL_ID = 0x41727101980L;
  private static final int LENGTH = 16;

  private UdpConnect() {}

  static ByteBuffer packet(int transactionId) {
    ByteBuffer packet = ByteBuffer.allocate(LENGTH);
    packet.putLong(PROTOCOL_ID).putInt(UdpReply.CONNECT).putInt(transactionId);
    return packet.flip();
  }

  /**
   * The connection id.
   *
   * @throws ProtocolException if this is no answer to a connect
   * @throws TrackerException if the tracker refused
   */
  static long answer(UdpReply reply) throws ProtocolException, TrackerException {
    return reply.body(UdpReply.CONNECT, Long.BYTES).getLong();
  }
}
