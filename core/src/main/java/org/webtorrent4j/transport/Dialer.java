package org.webtorrent4j.transport;

import java.net.InetSocketAddress;
import org.webtorrent4j.metainfo.InfoHash;

/** A transport that can open a connection to an address. Confined to the event loop. */
public interface Dialer {
  /**
   * Opens a connection; exactly one method of {@code handler} is called later, on the loop.
   *
   * @param address a resolved address
   * @param infoHash the torrent it is for; encryption negotiates with it
   * @return a handle that gives up the attempt; after that the handler is not called
   */
  Attempt dial(InetSocketAddress address, InfoHash infoHash, DialHandler handler);

  /** A connection that is being opened. */
  interface Attempt {
    /** Gives up; does nothing once the handler was called. */
    void cancel();
  }
}
