package org.webtorrent4j.webrtc.signal;

/**
 * What signalling may spend.
 *
 * @param maxOffers offers that are ready or wait for an answer
 * @param maxConnections WebRTC connections, those included that are about to open
 * @param maxSockets connections to trackers
 * @param allowLoopback whether peers may be tried at addresses of this machine alone
 */
public record SignalLimits(
    int maxOffers, int maxConnections, int maxSockets, boolean allowLoopback) {
  /** Without addresses of this machine alone. */
  public SignalLimits(int maxOffers, int maxConnections, int maxSockets) {
    this(maxOffers, maxConnections, maxSockets, false);
  }
}
