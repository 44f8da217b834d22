package org.webtorrent4j.tracker.server.swarm;

/** How a peer is reached. Peers of different kinds cannot be connected, so they never meet. */
enum PeerKind {
  /** At an address: peers that announce by HTTP or UDP. */
  ADDRESS,
  /** Through the tracker, which carries offers: peers that announce by WebSocket. */
  SIGNALLED
}
