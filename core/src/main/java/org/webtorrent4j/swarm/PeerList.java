package org.webtorrent4j.swarm;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.PeerId;

/**
 * The addresses known for one torrent: which to try next, which to wait with, which to refuse.
 * Confined to the event loop.
 */
final class PeerList {
  private static final int MAX_ADDRESSES = 3000;
  private static final int MAX_FAILURES = 6;
  private static final int MAX_BANS_OF_ONE_HOST = 3;
  private static final long[] RETRY_SECONDS = {2, 8, 30, 60, 180, 600};

  private final Map<InetSocketAddress, PeerAddress> addresses = new LinkedHashMap<>();
  private final PriorityQueue<PeerAddress> waiting =
      new PriorityQueue<>(
          ((Comparator<PeerAddress>) (a, b) -> Long.signum(a.nextTryNanos - b.nextTryNanos))
              .thenComparingInt(a -> a.failures));
  private final Set<InetSocketAddress> bannedAddresses = new HashSet<>();
  private final Set<PeerId> bannedIds = new HashSet<>();
  private final Map<InetAddress, Integer> bansByHost = new HashMap<>();

  int size() {
    return addresses.size();
  }

  /** Learns of an address; returns what is known of it, or null if it is refused. */
  @Nullable PeerAddress add(InetSocketAddress address, PeerAddress.Source source, long nanoTime) {
    if (address.isUnresolved() || address.getPort() == 0 || isBanned(address)) {
      return null;
    }
    PeerAddress known = addresses.get(address);
    if (known == null) {
      if (addresses.size() >= MAX_ADDRESSES && !forgetWorst()) {
        return null;
      }
      known = new PeerAddress(address, source, nanoTime);
      addresses.put(address, known);
      enqueue(known, nanoTime);
    } else if (source == PeerAddress.Source.USER) {
      known.source = source;
      if (known.isWaiting) {
        waiting.remove(known);
        known.isWaiting = false;
        known.failures = 0;
        enqueue(known, nanoTime);
      }
    }
    return known;
  }

  /** Takes out the address to try now; null if there is none, or none whose time has come. */
  @Nullable PeerAddress next(long nanoTime) {
    PeerAddress first = waiting.peek();
    if (first == null || first.nextTryNanos - nanoTime > 0) {
      return null;
    }
    waiting.remove();
    first.isWaiting = false;
    return first;
  }

  /** Nanoseconds until {@link #next} has something; {@code Long.MAX_VALUE} if it never will. */
  long nanosToNext(long nanoTime) {
    PeerAddress first = waiting.peek();
    return first == null ? Long.MAX_VALUE : Math.max(0, first.nextTryNanos - nanoTime);
  }

  /** There is a connection with the address, whoever opened it. */
  void onConnected(PeerAddress address) {
    address.isConnected = true;
    if (address.isWaiting) {
      waiting.remove(address);
      address.isWaiting = false;
    }
  }

  /** The address could not be reached, or its peer was of no use. */
  void onFailed(PeerAddress address, long nanoTime) {
    address.isConnected = false;
    address.failures++;
    boolean isUsers = address.source == PeerAddress.Source.USER;
    if (isBanned(address.address) || (address.failures > MAX_FAILURES && !isUsers)) {
      addresses.remove(address.address);
      return;
    }
    int step = Math.min(address.failures, RETRY_SECONDS.length) - 1;
    enqueue(address, nanoTime + TimeUnit.SECONDS.toNanos(RETRY_SECONDS[step]));
  }

  /** The connection to the address ended after it had been of use. */
  void onDisconnected(PeerAddress address, long nanoTime) {
    address.failures = 0;
    onFailed(address, nanoTime);
  }

  /**
   * Refuses a peer from now on. Peers behind one address are not taken for each other, but one host
   * that was banned several times is refused whole.
   */
  void ban(@Nullable InetSocketAddress address, PeerId id) {
    bannedIds.add(id);
    if (address != null && !address.isUnresolved()) {
      bannedAddresses.add(address);
      PeerAddress known = addresses.remove(address);
      if (known != null) {
        waiting.remove(known);
      }
      bansByHost.merge(address.getAddress(), 1, Integer::sum);
    }
  }

  boolean isBanned(PeerId id) {
    return bannedIds.contains(id);
  }

  boolean isBanned(InetSocketAddress address) {
    return bannedAddresses.contains(address)
        || bansByHost.getOrDefault(address.getAddress(), 0) >= MAX_BANS_OF_ONE_HOST;
  }

  private void enqueue(PeerAddress address, long nextTryNanos) {
    assert !address.isWaiting;
    address.nextTryNanos = nextTryNanos;
    address.isWaiting = true;
    waiting.add(address);
  }

  private boolean forgetWorst() {
    PeerAddress worst = null;
    for (PeerAddress address : waiting) {
      if (address.source != PeerAddress.Source.USER
          && (worst == null || address.failures > worst.failures)) {
        worst = address;
      }
    }
    if (worst == null) {
      return false;
    }
    waiting.remove(worst);
    addresses.remove(worst.address);
    return true;
  }
}
