package org.webtorrent4j.tracker;

import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;

/**
 * What is told to a tracker.
 *
 * @param infoHash the torrent, 20 bytes on the wire
 * @param peerId who we are
 * @param port where we accept TCP connections; 0 = nowhere
 * @param uploaded bytes sent since {@code started}
 * @param downloaded bytes received since {@code started}
 * @param left bytes still missing; a positive guess while the length is unknown
 * @param event why
 * @param wantedPeers how many peers we would like; 0 = none
 * @param key stays the same for a torrent while it lives, so that a tracker knows us on a new
 *     address
 */
public record AnnounceRequest(
    InfoHash infoHash,
    PeerId peerId,
    int port,
    long uploaded,
    long downloaded,
    long left,
    AnnounceEvent event,
    int wantedPeers,
    int key) {}
