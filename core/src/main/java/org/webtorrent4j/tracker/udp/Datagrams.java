package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Sends and receives datagrams; all that is not arithmetic. Confined to the event loop. */
interface Datagrams {
  /**
   * Sends a datagram, or loses it: the network may do so at any time.
   *
   * @throws IOException if none can be sent to such an address
   */
  void send(InetSocketAddress to, ByteBuffer packet) throws IOException;

  /** Ends it; nothing is received any more. Idempotent. */
  void close();

  /** Told what came. */
  interface Receiver {
    /** A datagram, on loan, from where it says that it comes from. */
    void onDatagram(InetSocketAddress from, ByteBuffer bytes);
  }

  /** Opens the way to the network. */
  interface Factory {
    Datagrams open(Receiver receiver);
  }
}
