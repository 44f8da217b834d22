package org.webtorrent4j.webrtc.signal;

import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;

/** Where the peers go that trackers introduced. Confined to the event loop. */
public interface Destination {
  /** Whether a torrent would take one more peer, and this one. */
  boolean accepts(InfoHash infoHash, PeerId peerId);

  /**
   * Takes over a peer whose channel has just opened.
   *
   * @param isIncoming whether we were made the offer
   * @return who is told what happens on the channel
   */
  RtcHandler onPeer(RtcPeer peer, InfoHash infoHash, boolean isIncoming);
}
