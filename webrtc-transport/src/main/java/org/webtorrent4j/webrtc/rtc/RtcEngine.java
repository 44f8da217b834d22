package org.webtorrent4j.webrtc.rtc;

import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/**
 * Makes WebRTC peers with one ordered, reliable data channel each. Confined to the event loop; no
 * method blocks.
 */
public interface RtcEngine {
  /**
   * A peer that opens the data channel; its offer comes through {@link RtcHandler#onDescription},
   * with the candidates that were found in time.
   */
  RtcPeer offer(RtcHandler handler);

  /**
   * A peer for somebody's offer; its answer comes through {@link RtcHandler#onDescription}.
   *
   * @param offer a session description as {@link RemoteSdp} has left it of what an untrusted peer
   *     sent; {@link RemoteSdp#parse(String, boolean)} gives its values
   */
  RtcPeer answer(String offer, RtcHandler handler);

  /**
   * How many offers are worth being made ahead, before anybody wants them, and anew every two
   * minutes: many if one takes long, none if it takes no time.
   */
  default int spareOffers() {
    return 5;
  }

  /** Closes all peers and, in the background, whatever else there is. Idempotent. */
  void close();

  /**
   * Waits until nothing is left of a closed engine: no thread, no native object. Any thread but the
   * event loop.
   *
   * @return whether that was so in time
   */
  boolean awaitClosed(long nanos) throws InterruptedException;
}
