package org.webtorrent4j.tracker.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.tracker.AnnounceEvent;

/** The peers of one torrent. Guarded by the lock of the {@link SwarmTable}. */
final class Swarm {
  /** How many peers there are, by what they are. */
  record Counts(int seeds, int leeches, int ipv6, int completed) {
    int peers() {
      return seeds + leeches;
    }
  }

  private final TrackerOptions options;

  /** The one silent longest comes first. */
  private final Map<Object, PeerEntry> peers = new LinkedHashMap<>();

  private final Map<InetAddress, Integer> peersPerAddress = new HashMap<>();
  private final PeerBag seeds = new PeerBag();
  private final PeerBag leeches = new PeerBag();
  private final PeerBag signalledSeeds = new PeerBag();
  private final PeerBag signalledLeeches = new PeerBag();
  private int ipv6;
  private int completed;
  private long lastSeen;

  Swarm(TrackerOptions options) {
    this.options = options;
  }

  boolean isEmpty() {
    return peers.isEmpty();
  }

  /** When a peer announced last. */
  long lastSeen() {
    return lastSeen;
  }

  Counts counts() {
    int seedCount = seeds.size() + signalledSeeds.size();
    return new Counts(seedCount, peers.size() - seedCount, ipv6, completed);
  }

  /** Takes in what a peer told, and forgets peers that are too many. */
  void announce(PeerAnnounce announce, long nanoTime) {
    lastSeen = nanoTime;
    PeerEntry old = peers.get(announce.key());
    if (old != null) {
      remove(old);
    }
    if (announce.event() == AnnounceEvent.STOPPED) {
      return;
    }
    if (announce.event() == AnnounceEvent.COMPLETED && old != null && !old.isSeed) {
      completed++;
    }
    makeRoom(announce.endpoint().getAddress());
    add(new PeerEntry(announce, nanoTime));
  }

  /** Forgets the peers that were last seen before this time. */
  void expire(long nanoTime) {
    PeerEntry peer = oldest();
    while (peer != null && peer.lastSeen - nanoTime < 0) {
      remove(peer);
      peer = oldest();
    }
  }

  /** Random other peers that one can use: seeds want leeches, leeches want both in equal parts. */
  List<PeerEntry> pick(PeerAnnounce announce, RandomGenerator random) {
    List<PeerEntry> picked = new ArrayList<>();
    int wanted = announce.wanted();
    PeerBag someLeeches = bag(announce.kind(), false);
    if (!announce.isSeed()) {
      int others = someLeeches.size() - 1; // it is one of them itself
      int share = Math.max((wanted + 1) / 2, wanted - others);
      bag(announce.kind(), true).pick(share, announce.peerId(), random, picked);
    }
    someLeeches.pick(wanted - picked.size(), announce.peerId(), random, picked);
    return picked;
  }

  private void makeRoom(InetAddress address) {
    if (peersPerAddress.getOrDefault(address, 0) >= options.maxPeersPerAddress()) {
      // Looks at the whole swarm, but only for a newcomer from a crowded address.
      peers.values().stream()
          .filter(peer -> peer.address().equals(address))
          .findFirst()
          .ifPresent(this::remove);
    }
    PeerEntry oldest = oldest();
    if (oldest != null && peers.size() >= options.maxPeersPerTorrent()) {
      remove(oldest);
    }
  }

  private @Nullable PeerEntry oldest() {
    return peers.isEmpty() ? null : peers.values().iterator().next();
  }

  private void add(PeerEntry peer) {
    peers.put(peer.key, peer);
    peersPerAddress.merge(peer.address(), 1, Integer::sum);
    ipv6 += peer.isIpv6() ? 1 : 0;
    bag(peer.kind, peer.isSeed).add(peer);
  }

  private void remove(PeerEntry peer) {
    peers.remove(peer.key);
    peersPerAddress.computeIfPresent(peer.address(), (a, count) -> count == 1 ? null : count - 1);
    ipv6 -= peer.isIpv6() ? 1 : 0;
    bag(peer.kind, peer.isSeed).remove(peer);
  }

  private PeerBag bag(PeerKind kind, boolean isSeed) {
    return switch (kind) {
      case ADDRESS -> isSeed ? seeds : leeches;
      case SIGNALLED -> isSeed ? signalledSeeds : signalledLeeches;
    };
  }
}
