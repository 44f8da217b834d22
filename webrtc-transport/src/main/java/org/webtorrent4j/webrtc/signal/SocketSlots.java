package org.webtorrent4j.webrtc.signal;

/** Bounds the sockets of a client: torrents may name any number. Confined to the event loop. */
final class SocketSlots {
  private final int limit;
  private int taken;

  SocketSlots(int limit) {
    this.limit = limit;
  }

  /** Takes a slot until {@link #release}; false if there is none. */
  boolean tryTake() {
    if (taken == limit) {
      return false;
    }
    taken++;
    return true;
  }

  void release() {
    taken--;
  }
}
