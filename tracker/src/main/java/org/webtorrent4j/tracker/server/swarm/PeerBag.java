package org.webtorrent4j.tracker.server.swarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Peers in no order, of which a few random ones can be taken without looking at the others. Guarded
 * by the lock of the {@link SwarmTable}.
 */
final class PeerBag {
  private final List<PeerEntry> peers = new ArrayList<>(0);

  int size() {
    return peers.size();
  }

  void add(PeerEntry peer) {
    peer.index = peers.size();
    peers.add(peer);
  }

  void remove(PeerEntry peer) {
    int last = peers.size() - 1;
    swap(peer.index, last);
    peers.remove(last);
  }

  /** Adds at most {@code count} random peers to a list, only such as pass the test. */
  void pick(int count, Predicate<PeerEntry> test, RandomGenerator random, List<PeerEntry> picked) {
    int most = picked.size() + count;
    // The first steps of a shuffle: what stands in front now is a fair draw.
    for (int i = 0; i < peers.size() && picked.size() < most; i++) {
      swap(i, i + random.nextInt(peers.size() - i));
      if (test.test(peers.get(i))) {
        picked.add(peers.get(i));
      }
    }
  }

  private void swap(int one, int other) {
    Collections.swap(peers, one, other);
    peers.get(one).index = one;
    peers.get(other).index = other;
  }
}
