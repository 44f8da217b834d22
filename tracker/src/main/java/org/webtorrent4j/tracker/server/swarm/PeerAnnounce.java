package org.webtorrent4j.tracker.server.swarm;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;

/**
 * What a peer told of itself, checked.
 *
 * @param endpoint where it accepts connections; port 0, or where a link ends, if it accepts none
 * @param link how it is reached; null for a peer that is reached at its endpoint
 * @param wanted how many peers it would like
 * @param family which addresses they may have
 */
public record PeerAnnounce(
    InfoHash infoHash,
    PeerId peerId,
    InetSocketAddress endpoint,
    @Nullable Link link,
    boolean isSeed,
    AnnounceEvent event,
    int wanted,
    Family family) {
  /** Which peers can be told: an answer may have no room for addresses of the other family. */
  public enum Family {
    /** Those with an IPv4 or an IPv6 address. */
    ANY,
    /** Those with an address like the announcing peer's own. */
    SAME
  }

  /** A peer that is reached through the tracker. */
  record OnLink(Link link, PeerId peerId) {}

  PeerKind kind() {
    return link == null ? PeerKind.ADDRESS : PeerKind.SIGNALLED;
  }

  /**
   * What makes it the same peer next time: nobody may speak for another one's address or, as peer
   * ids are no secret, by its id over another link.
   */
  Object key() {
    return link == null ? endpoint : new OnLink(link, peerId);
  }

  /** Whether others can be told of it: not without a port, nor over a link that is gone. */
  boolean isReachable() {
    return link == null ? endpoint.getPort() != 0 : !link.isClosed();
  }
}
