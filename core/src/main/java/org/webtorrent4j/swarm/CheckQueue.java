package org.webtorrent4j.swarm;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Lets a few torrents at a time be checked, the smallest first: more of them would only make the
 * disk seek, and downloads wait for the workers that hash. Confined to the event loop.
 */
final class CheckQueue {
  private static final int MAX_RUNNING = 8;

  private final PriorityQueue<Checking> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Checking::totalLength));
  private final Set<Checking> running = new HashSet<>();

  /** Begins a check as soon as there is room. */
  void add(Checking checking) {
    waiting.add(checking);
    beginNext();
  }

  /** A check has ended, or is not wanted any more. */
  void remove(Checking checking) {
    if (running.remove(checking)) {
      beginNext();
    } else {
      waiting.remove(checking); // looks at all of them, so not for each that ends well
    }
  }

  private void beginNext() {
    while (running.size() < MAX_RUNNING && !waiting.isEmpty()) {
      Checking next = waiting.remove();
      running.add(next);
      next.begin();
    }
  }
}
