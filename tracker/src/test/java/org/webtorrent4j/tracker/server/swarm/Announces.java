package org.webtorrent4j.tracker.server.swarm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;

/** Announces of numbered peers in numbered torrents. */
final class Announces {
  private Announces() {}

  static InfoHash hash(int n) {
    byte[] bytes = new byte[20];
    bytes[0] = (byte) n;
    bytes[1] = (byte) (n >> 8);
    return InfoHash.of(bytes);
  }

  static InetSocketAddress endpoint(int n) {
    try {
      byte[] address = {10, (byte) (n >> 16), (byte) (n >> 8), (byte) n};
      return new InetSocketAddress(InetAddress.getByAddress(address), 6881);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static PeerAnnounce peer(int torrent, int peer, boolean isSeed, AnnounceEvent event) {
    byte[] id = new byte[20];
    id[0] = (byte) peer;
    id[1] = (byte) (peer >> 8);
    return new PeerAnnounce(
        hash(torrent),
        PeerId.of(id),
        endpoint(peer),
        null,
        isSeed,
        event,
        50,
        PeerAnnounce.Family.ANY);
  }

  static PeerAnnounce over(Link link, PeerAnnounce announce) {
    return new PeerAnnounce(
        announce.infoHash(),
        announce.peerId(),
        announce.endpoint(),
        link,
        announce.isSeed(),
        announce.event(),
        announce.wanted(),
        announce.family());
  }

  static PeerAnnounce at(InetSocketAddress endpoint, PeerAnnounce announce) {
    return new PeerAnnounce(
        announce.infoHash(),
        announce.peerId(),
        endpoint,
        null,
        announce.isSeed(),
        announce.event(),
        announce.wanted(),
        announce.family());
  }

  static Link link() {
    return new Link(text -> {});
  }
}
