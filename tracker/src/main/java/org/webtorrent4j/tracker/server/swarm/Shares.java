package org.webtorrent4j.tracker.server.swarm;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.net.Network;

/**
 * Who holds how much of something that is bounded: whoever holds most makes room when all is taken,
 * so that nobody can drive out the others. The addresses of an IPv6 network of 64 bits are one. All
 * is done in constant time, with an entry for each address and none for each thing. Not
 * thread-safe.
 */
public final class Shares<T extends Held<T>> {
  /** What one address holds, oldest first. */
  static final class Share<T extends Held<T>> {
    final InetAddress network;
    int size;
    @Nullable T oldest;
    @Nullable T newest;

    Share(InetAddress network) {
      this.network = network;
    }
  }

  /** Of so many that hold about the same, the one with most is looked for. */
  private static final int COMPARED = 16;

  private final Map<InetAddress, Share<T>> shares = new HashMap<>();

  /** Those who hold 2 or 3, 4 to 7, 8 to 15 and so on: most hold one, which is not worth noting. */
  private final List<Set<Share<T>>> crowds = new ArrayList<>();

  /** Nobody holds anything. */
  public Shares() {}

  /** How much this address, or its network, holds. */
  public int of(InetAddress address) {
    Share<T> share = shares.get(Network.of(address));
    return share == null ? 0 : share.size;
  }

  /** Adds the newest of what an address holds. */
  public void add(InetAddress address, T held) {
    Share<T> share = shares.computeIfAbsent(Network.of(address), Share::new);
    held.share = share;
    append(share, held);
    resize(share, 1);
  }

  /** Takes it off its share. Idempotent. */
  public void remove(T held) {
    Share<T> share = held.share;
    if (share == null) {
      return;
    }
    unlink(share, held);
    held.share = null;
    resize(share, -1);
    if (share.size == 0) {
      shares.remove(share.network);
    }
  }

  /** Makes it the newest of its share, if it has one. */
  void renew(T held) {
    Share<T> share = held.share;
    if (share != null && share.newest != held) {
      unlink(share, held);
      append(share, held);
    }
  }

  /** How much the holder of this holds; 0 if it is held by nobody. */
  int beside(T held) {
    return held.share == null ? 0 : held.share.size;
  }

  /** The oldest of what this address holds. */
  public Optional<T> oldestOf(InetAddress address) {
    return Optional.ofNullable(shares.get(Network.of(address))).map(share -> share.oldest);
  }

  /** How much the address holds that holds most; 0 if nobody holds more than one. */
  public int largest() {
    Share<T> largest = findLargest();
    return largest == null ? 0 : largest.size;
  }

  /** The oldest of what the address holds that holds most; none if nobody holds more than one. */
  public Optional<T> oldestOfLargest() {
    Share<T> largest = findLargest();
    return largest == null ? Optional.empty() : Optional.ofNullable(largest.oldest);
  }

  private @Nullable Share<T> findLargest() {
    for (int i = crowds.size() - 1; i >= 0; i--) {
      if (!crowds.get(i).isEmpty()) {
        return crowds.get(i).stream()
            .limit(COMPARED)
            .reduce((one, other) -> other.size > one.size ? other : one)
            .orElse(null);
      }
    }
    return null;
  }

  private static <T extends Held<T>> void append(Share<T> share, T held) {
    held.earlier = share.newest;
    if (share.newest == null) {
      share.oldest = held;
    } else {
      share.newest.later = held;
    }
    share.newest = held;
  }

  private static <T extends Held<T>> void unlink(Share<T> share, T held) {
    if (held.earlier == null) {
      share.oldest = held.later;
    } else {
      held.earlier.later = held.later;
    }
    if (held.later == null) {
      share.newest = held.earlier;
    } else {
      held.later.earlier = held.earlier;
    }
    held.earlier = null;
    held.later = null;
  }

  private void resize(Share<T> share, int change) {
    int before = crowd(share.size);
    share.size += change;
    int after = crowd(share.size);
    if (before == after) {
      return;
    }
    if (before >= 0) {
      crowds.get(before).remove(share);
    }
    if (after >= 0) {
      while (crowds.size() <= after) {
        crowds.add(new LinkedHashSet<>());
      }
      crowds.get(after).add(share);
    }
  }

  /** -1 for none. */
  private static int crowd(int size) {
    return size < 2 ? -1 : Integer.SIZE - 2 - Integer.numberOfLeadingZeros(size);
  }
}
