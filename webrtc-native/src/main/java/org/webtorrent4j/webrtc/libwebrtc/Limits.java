package org.webtorrent4j.webrtc.libwebrtc;

/**
 * What an engine puts up with.
 *
 * @param inboundBytes how many bytes of one peer may wait for the event loop; libwebrtc cannot be
 *     told to wait, so a peer that exceeds this is closed
 * @param factoryMessages after how many received messages a factory gets no new peers: every one
 *     leaves 150 bytes behind that only the end of the factory frees
 */
public record Limits(long inboundBytes, long factoryMessages) {
  /**
   * More than the 500 blocks of 16 KiB that a peer may have been asked for, so that an honest one
   * survives any pause of the loop.
   */
  public static final Limits DEFAULT = new Limits(10L * 1024 * 1024, 500_000);
}
