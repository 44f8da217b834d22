package org.webtorrent4j.webrtc.pure;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ports of an engine, and whose what comes from an address is. DTLS does not say whose it is,
 * so an address has one owner in a slot; two engines with two connections between them need a
 * second slot at one end. Confined to the event loop.
 */
final class Slot {
  private final Sockets sockets;

  /** Who was heard from there, and has shown to know the password. */
  private final Map<InetSocketAddress, PurePeer> owners = new HashMap<>();

  /** How many peers say that they can be reached there. */
  private final Map<InetSocketAddress, Integer> expected = new HashMap<>();

  Slot(Sockets sockets) {
    this.sockets = sockets;
  }

  Sockets sockets() {
    return sockets;
  }

  /** Whether nobody else of these addresses may come by this slot. */
  boolean isFree(Collection<InetSocketAddress> addresses) {
    return addresses.stream()
        .noneMatch(each -> owners.containsKey(each) || expected.containsKey(each));
  }

  void expect(Collection<InetSocketAddress> addresses) {
    addresses.forEach(each -> expected.merge(each, 1, Integer::sum));
  }

  /**
   * Gives an address to a peer, if it is not another's.
   *
   * @return whether it is that peer's
   */
  boolean claim(InetSocketAddress from, PurePeer peer) {
    return owners.computeIfAbsent(from, address -> peer).equals(peer);
  }

  /** Whose the data from an address is; null if nobody's. */
  @Nullable PurePeer owner(InetSocketAddress from) {
    return owners.get(from);
  }

  /** A peer is no more. */
  void release(
      PurePeer peer,
      Collection<InetSocketAddress> claimed,
      Collection<InetSocketAddress> noLongerExpected) {
    claimed.forEach(address -> owners.remove(address, peer));
    noLongerExpected.forEach(
        address -> expected.computeIfPresent(address, (key, n) -> n > 1 ? n - 1 : null));
  }
}
