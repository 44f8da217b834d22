package org.webtorrent4j.tracker.server.swarm;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Peers in no order, of which a few random ones can be taken without looking at the others. Guarded
 * by the lock of the {@link SwarmTable}.
 */
final class PeerBag {
  private static final @Nullable PeerEntry[] NONE = {};

  /** An array and no list, because there are two of these for every torrent. */
  private @Nullable PeerEntry[] peers = NONE;

  private int size;

  int size() {
    return size;
  }

  void add(PeerEntry peer) {
    if (size == peers.length) {
      peers = Arrays.copyOf(peers, size + size / 2 + 1);
    }
    peer.index = size;
    peers[size++] = peer;
  }

  void remove(PeerEntry peer) {
    swap(peer.index, size - 1);
    peers[--size] = null;
  }

  /** Adds at most {@code count} random peers to a list, only such as pass the test. */
  void pick(int count, Predicate<PeerEntry> test, RandomGenerator random, List<PeerEntry> picked) {
    int most = picked.size() + count;
    // The first steps of a shuffle: what stands in front now is a fair draw.
    for (int i = 0; i < size && picked.size() < most; i++) {
      swap(i, i + random.nextInt(size - i));
      if (test.test(at(i))) {
        picked.add(at(i));
      }
    }
  }

  private void swap(int one, int other) {
    PeerEntry first = at(one);
    PeerEntry second = at(other);
    peers[one] = second;
    second.index = one;
    peers[other] = first;
    first.index = other;
  }

  private PeerEntry at(int index) {
    return Objects.requireNonNull(peers[index]);
  }
}
