package org.webtorrent4j.swarm;

import java.net.InetSocketAddress;

/** An address where a peer may be found, and how that went so far. Confined to the event loop. */
final class PeerAddress {
  /** Where an address came from. */
  enum Source {
    /** The user or a magnet link; never forgotten. */
    USER,
    /** A tracker. */
    TRACKER,
    /** The peer itself: it came to us and said on which port it listens. */
    PEER
  }

  final InetSocketAddress address;
  Source source;
  int failures;
  long nextTryNanos;
  boolean isWaiting; // in the queue of addresses to try
  boolean isConnected; // or being connected
  boolean isSeed;

  PeerAddress(InetSocketAddress address, Source source, long nanoTime) {
    this.address = address;
    this.source = source;
    this.nextTryNanos = nanoTime;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
