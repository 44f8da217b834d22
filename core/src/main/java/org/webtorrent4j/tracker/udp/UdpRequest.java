package org.webtorrent4j.tracker.udp;

import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.webtorrent4j.tracker.TrackerException;

/** Something that is asked of a tracker with a connection id, and what the answer means. */
interface UdpRequest<T> {
  /** The datagram, ready to be sent. */
  ByteBuffer packet(long connectionId, int transactionId);

  /**
   * Reads an answer.
   *
   * @param tracker its own address: its peers have one of the same kind
   * @throws ProtocolException if it is none; then the right one may still come
   * @throws TrackerException if the tracker refused
   */
  T answer(UdpReply reply, InetAddress tracker) throws ProtocolException, TrackerException;
}
