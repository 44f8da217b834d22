package org.webtorrent4j.tracker.server.swarm;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.net.Network;
import org.webtorrent4j.tracker.AnnounceEvent;

/** The peers of one torrent. Guarded by the lock of the {@link SwarmTable}. */
final class Swarm extends Held<Swarm> {
  /** Up to so many addresses for each peer it is worth looking for the most crowded one. */
  private static final double UNCROWDED = 0.9;

  private final InfoHash infoHash;
  private final SwarmLimits limits;
  private final Shares<PeerEntry> shares;

  /** One for each kind that was seen, which is one nearly always. */
  private final List<PeerGroup> groups = new ArrayList<>(1);

  /** Kept only once there are so many peers that one address could have too many. */
  private @Nullable Map<InetAddress, Integer> peersPerAddress;

  private int ipv6;
  private int completed;
  private long lastSeen;

  /** A swarm without peers, which will count on these shares. */
  Swarm(InfoHash infoHash, SwarmLimits limits, Shares<PeerEntry> shares) {
    this.infoHash = infoHash;
    this.limits = limits;
    this.shares = shares;
  }

  InfoHash infoHash() {
    return infoHash;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** When a peer announced last. */
  long lastSeen() {
    return lastSeen;
  }

  SwarmCounts counts() {
    int seeds = 0;
    int signalled = 0;
    for (PeerGroup group : groups) {
      seeds += group.seeds();
      signalled += group.kind() == PeerKind.SIGNALLED ? group.size() : 0;
    }
    return new SwarmCounts(seeds, size() - seeds, signalled, ipv6, completed);
  }

  private int size() {
    int size = 0;
    for (PeerGroup group : groups) {
      size += group.size();
    }
    return size;
  }

  /** Takes in what a peer told, and forgets peers that are too many. */
  void announce(PeerAnnounce announce, long nanoTime) {
    lastSeen = nanoTime;
    PeerEntry old = group(announce.kind()).find(announce.key());
    if (announce.event() == AnnounceEvent.STOPPED) {
      if (old != null) {
        remove(old);
      }
      return;
    }
    if (old != null) {
      remove(old);
    }
    if (announce.event() == AnnounceEvent.COMPLETED && old != null && !old.isSeed) {
      completed++;
    }
    makeRoom(announce.endpoint().getAddress());
    add(new PeerEntry(this, announce, old == null ? nanoTime : old.joined, nanoTime));
  }

  /** Forgets the peers that have been silent for too long. */
  void expire(long nanoTime) {
    for (PeerGroup group : groups) {
      long lifeNanos = limits.lifeNanos(group.kind());
      PeerEntry peer = group.oldest();
      while (peer != null && nanoTime - peer.lastSeen > lifeNanos) {
        remove(peer);
        peer = group.oldest();
      }
    }
  }

  /** Forgets all peers. */
  void clear() {
    for (PeerGroup group : groups) {
      for (PeerEntry peer = group.oldest(); peer != null; peer = group.oldest()) {
        remove(peer);
      }
    }
  }

  /** Random peers for one that has announced. */
  List<PeerEntry> pick(PeerAnnounce announce, RandomGenerator random) {
    return group(announce.kind()).pick(announce, random);
  }

  /** The address of a peer, if one passes this test. */
  Optional<InetAddress> findAddress(Predicate<InetAddress> test) {
    return groups.stream()
        .flatMap(group -> group.peers().stream())
        .map(PeerEntry::address)
        .filter(test)
        .findFirst();
  }

  void remove(PeerEntry peer) {
    group(peer.kind()).remove(peer);
    shares.remove(peer);
    if (peersPerAddress != null) {
      peersPerAddress.computeIfPresent(
          Network.of(peer.address()), (network, count) -> count == 1 ? null : count - 1);
    }
    if (peer.link != null) {
      peer.link.remove(peer);
    }
    ipv6 -= peer.isIpv6() ? 1 : 0;
  }

  private void add(PeerEntry peer) {
    group(peer.kind()).add(peer);
    shares.add(peer.address(), peer);
    if (peersPerAddress != null) {
      peersPerAddress.merge(Network.of(peer.address()), 1, Integer::sum);
    }
    if (peer.link != null) {
      peer.link.add(peer);
    }
    ipv6 += peer.isIpv6() ? 1 : 0;
  }

  private void makeRoom(InetAddress address) {
    InetAddress network = Network.of(address);
    if (peersAt(network) >= limits.peersPerAddress()) {
      removeOldestAt(network);
    }
    if (size() >= limits.peersPerTorrent()) {
      removeOldest();
    }
  }

  private int peersAt(InetAddress network) {
    if (peersPerAddress == null) {
      if (size() < limits.peersPerAddress()) {
        return 0; // or more, but not too many
      }
      peersPerAddress = new HashMap<>();
      for (PeerGroup group : groups) {
        for (PeerEntry peer : group.peers()) {
          peersPerAddress.merge(Network.of(peer.address()), 1, Integer::sum);
        }
      }
    }
    return peersPerAddress.getOrDefault(network, 0);
  }

  /** Looks at the whole swarm, but only for a newcomer from a crowded address. */
  private void removeOldestAt(InetAddress network) {
    groups.stream()
        .flatMap(group -> group.peers().stream())
        .filter(peer -> Network.of(peer.address()).equals(network))
        .reduce((one, other) -> other.lastSeen - one.lastSeen < 0 ? other : one)
        .ifPresent(this::remove);
  }

  /**
   * The more numerous kind makes room, so that a flood of one does not drive out the other. Of many
   * that share addresses, the most crowded address does.
   */
  private void removeOldest() {
    Map<InetAddress, Integer> crowds = peersPerAddress;
    if (crowds != null && crowds.size() < size() * UNCROWDED) {
      crowds.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .ifPresent(crowd -> removeOldestAt(crowd.getKey()));
      return;
    }
    groups.stream()
        .reduce((one, other) -> other.size() > one.size() ? other : one)
        .map(PeerGroup::oldest)
        .ifPresent(this::remove);
  }

  private PeerGroup group(PeerKind kind) {
    for (PeerGroup group : groups) {
      if (group.kind() == kind) {
        return group;
      }
    }
    PeerGroup group = new PeerGroup(kind);
    groups.add(group);
    return group;
  }
}
