package org.webtorrent4j.tracker.server.swarm;

import java.time.Duration;

/**
 * What a {@link SwarmTable} keeps, and for how long.
 *
 * @param addressLife how long a peer that is reached at an address may be silent
 * @param signalledLife how long a peer on a {@link Link} may be silent
 * @param torrents how many torrents are kept
 * @param peers how many peers are kept of all torrents together
 * @param peersPerTorrent how many peers of a torrent are kept
 * @param peersPerAddress how many of them may come from one {@link Network}
 * @param peersPerLink how many peers, of all torrents, one link may have
 * @param torrentsOfAddress how many torrents are kept that one address has brought
 * @param peersOfAddress how many peers, of all torrents, may have one address
 */
public record SwarmLimits(
    Duration addressLife,
    Duration signalledLife,
    int torrents,
    int peers,
    int peersPerTorrent,
    int peersPerAddress,
    int peersPerLink,
    int torrentsOfAddress,
    int peersOfAddress) {
  long lifeNanos(PeerKind kind) {
    return (kind == PeerKind.ADDRESS ? addressLife : signalledLife).toNanos();
  }

  long longestLifeNanos() {
    return Math.max(addressLife.toNanos(), signalledLife.toNanos());
  }
}
