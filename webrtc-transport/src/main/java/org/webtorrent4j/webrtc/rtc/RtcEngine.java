package org.webtorrent4j.webrtc.rtc;

/**
 * Makes WebRTC peers with one ordered, reliable data channel each. Confined to the event loop; no
 * method blocks.
 */
public interface RtcEngine {
  /**
   * A peer that opens the data channel; its offer comes through {@link RtcHandler#onDescription},
   * with all candidates that were found in time.
   */
  RtcPeer offer(RtcHandler handler);

  /**
   * A peer for somebody's offer; its answer comes through {@link RtcHandler#onDescription}.
   *
   * @param offer a session description from an untrusted peer
   */
  RtcPeer answer(String offer, RtcHandler handler);

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
