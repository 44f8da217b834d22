package org.webtorrent4j.tracker.server.swarm;

/**
 * How many peers there are, by what they are.
 *
 * @param seeds those that are complete
 * @param leeches those that are not
 * @param signalled those that are reached through a {@link Link}
 * @param ipv6 those with an IPv6 address
 * @param completed downloads that were completed while the swarm was known
 */
public record SwarmCounts(int seeds, int leeches, int signalled, int ipv6, int completed) {
  /** The counts of a torrent without peers. */
  public static final SwarmCounts NONE = new SwarmCounts(0, 0, 0, 0, 0);

  /** All of them. */
  public int peers() {
    return seeds + leeches;
  }
}
