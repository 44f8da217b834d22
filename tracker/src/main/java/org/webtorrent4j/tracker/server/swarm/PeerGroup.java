package org.webtorrent4j.tracker.server.swarm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.PeerId;

/**
 * The peers of one torrent that are reached in the same way, and so can meet. Guarded by the lock
 * of the {@link SwarmTable}.
 */
final class PeerGroup {
  /** The one silent longest comes first. Most groups are tiny. */
  private final Map<Object, PeerEntry> peers = new LinkedHashMap<>(2);

  private final PeerBag seeds = new PeerBag();
  private final PeerBag leeches = new PeerBag();
  private final PeerKind kind;

  PeerGroup(PeerKind kind) {
    this.kind = kind;
  }

  PeerKind kind() {
    return kind;
  }

  int size() {
    return peers.size();
  }

  int seeds() {
    return seeds.size();
  }

  Collection<PeerEntry> peers() {
    return Collections.unmodifiableCollection(peers.values());
  }

  @Nullable PeerEntry find(Object key) {
    return peers.get(key);
  }

  @Nullable PeerEntry oldest() {
    return peers.isEmpty() ? null : peers.values().iterator().next();
  }

  void add(PeerEntry peer) {
    peers.put(peer.key(), peer);
    (peer.isSeed ? seeds : leeches).add(peer);
  }

  void remove(PeerEntry peer) {
    peers.remove(peer.key());
    (peer.isSeed ? seeds : leeches).remove(peer);
  }

  /**
   * Random other peers that one can use: seeds want leeches, leeches want both in equal parts. Of
   * peers with one id those come first that joined first: peer ids are no secret, and who repeats
   * another's takes nothing away from it. The old link of a client that came back goes first, too,
   * until it is found dead.
   */
  List<PeerEntry> pick(PeerAnnounce announce, RandomGenerator random) {
    List<PeerEntry> picked = new ArrayList<>();
    Predicate<PeerEntry> test = peer -> isUsable(peer, announce);
    int wanted = announce.wanted();
    if (!announce.isSeed()) {
      int others = leeches.size() - 1; // it is one of them itself
      seeds.pick(Math.max((wanted + 1) / 2, wanted - others), test, random, picked);
    }
    leeches.pick(wanted - picked.size(), test, random, picked);
    return kind == PeerKind.SIGNALLED ? eldersOf(picked, announce) : picked;
  }

  /** As many of each id as were picked, those who joined first; one look at the whole group. */
  private List<PeerEntry> eldersOf(List<PeerEntry> picked, PeerAnnounce announce) {
    Map<PeerId, Integer> wanted = new HashMap<>();
    picked.forEach(peer -> wanted.merge(peer.peerId, 1, Integer::sum));
    List<PeerEntry> namesakes = new ArrayList<>(picked.size());
    for (PeerEntry peer : peers.values()) {
      if (wanted.containsKey(peer.peerId)
          && isUsable(peer, announce)
          && !(peer.isSeed && announce.isSeed())) {
        namesakes.add(peer);
      }
    }
    if (namesakes.size() == picked.size()) {
      return picked; // as nearly always
    }
    namesakes.sort((one, other) -> Long.signum(one.joined - other.joined)); // times may wrap
    namesakes.removeIf(peer -> wanted.merge(peer.peerId, -1, Integer::sum) < 0);
    return namesakes;
  }

  private static boolean isUsable(PeerEntry peer, PeerAnnounce announce) {
    return !peer.peerId.equals(announce.peerId())
        && (announce.family() == PeerAnnounce.Family.ANY
            || peer.address().getClass() == announce.endpoint().getAddress().getClass());
  }
}
