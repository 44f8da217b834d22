package org.webtorrent4j.tracker;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trackers of which one is used at a time, in the order of their tiers (BEP 12). */
final class AnnounceGroup {
  private final List<TrackerEntry> entries = new ArrayList<>();
  private @Nullable TrackerEntry lastWorking;

  void add(TrackerEntry entry) {
    entries.add(entry);
  }

  /** Forgets a tracker; returns whether it was here. */
  boolean remove(TrackerEntry entry) {
    return entries.remove(entry);
  }

  boolean contains(TrackerEntry entry) {
    return entries.contains(entry);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * The tracker to announce to next, now or later: the one that works, else the first that may be
   * asked now, else the first that may be asked again. Null while an announce is under way.
   */
  @Nullable TrackerEntry next(long nanoTime) {
    TrackerEntry next = null;
    for (TrackerEntry entry : entries) {
      if (entry.ticket != null) {
        return null;
      } else if (!entry.isDisabled && (next == null || isBefore(entry, next, nanoTime))) {
        next = entry;
      }
    }
    return next;
  }

  private static boolean isBefore(TrackerEntry entry, TrackerEntry other, long nanoTime) {
    if (entry.isWorking != other.isWorking) {
      return entry.isWorking;
    }
    long otherWait = Math.max(0, other.waitNanos(nanoTime));
    return Math.max(0, entry.waitNanos(nanoTime)) < otherWait;
  }

  /**
   * Moves a tracker that answered to the front of its tier.
   *
   * @return whether another one was used until now
   */
  boolean onWorking(TrackerEntry entry) {
    entries.remove(entry);
    int front = 0;
    while (front < entries.size() && entries.get(front).tier < entry.tier) {
      front++;
    }
    entries.add(front, entry);
    boolean isSwitch = lastWorking != null && lastWorking != entry;
    lastWorking = entry;
    return isSwitch;
  }
}
