package org.webtorrent4j.transport;

import java.io.IOException;

/**
 * A way to reach peers: TCP, WebRTC, a network in memory. Found with {@link
 * java.util.ServiceLoader} or given to the client's options. One instance serves one client; its
 * methods are called on the client's event loop.
 *
 * <p>A transport that can open a connection to an address also implements {@link Dialer}.
 */
public interface Transport {
  /** A short lower-case name for logs and statistics: {@code tcp}, {@code webrtc}. */
  String name();

  /**
   * Starts to accept connections; called once.
   *
   * @throws IOException if the transport cannot work here, for example because its port is taken
   */
  void start(TransportContext context) throws IOException;

  /** The port that others can connect to, to be told to trackers; 0 if there is none. */
  default int port() {
    return 0;
  }

  /** Stops accepting and closes every connection; idempotent, does not block. */
  void close();

  /**
   * Waits until nothing is left of a closed transport: no thread, no native object. Any thread but
   * the event loop.
   *
   * @return whether that was so in time
   */
  default boolean awaitClosed(long nanos) throws InterruptedException {
    return true;
  }
}
