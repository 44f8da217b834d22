package org.webtorrent4j.tracker.server;

import java.net.InetSocketAddress;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;

/**
 * What a peer told of itself, checked.
 *
 * @param endpoint where it accepts connections, or where it was seen if it accepts none
 * @param wanted how many peers it would like
 */
record PeerAnnounce(
    InfoHash infoHash,
    PeerId peerId,
    PeerKind kind,
    InetSocketAddress endpoint,
    boolean isSeed,
    AnnounceEvent event,
    int wanted) {
  /** What makes it the same peer next time: nobody may speak for another one's address. */
  Object key() {
    return kind == PeerKind.ADDRESS ? endpoint : peerId;
  }
}
