package org.webtorrent4j.tracker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trackers of which one is used at a time, in the order of their tiers (BEP 12). */
final class AnnounceGroup {
  /** A tracker that is silent for longer does not keep the next one of its tier waiting. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private final boolean isStrict;
  private final List<TrackerEntry> entries = new ArrayList<>();
  private @Nullable TrackerEntry lastWorking;

  /**
   * An empty group.
   *
   * @param isStrict whether never more than one is asked at a time, however silent it is
   */
  AnnounceGroup(boolean isStrict) {
    this.isStrict = isStrict;
  }

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
   * asked now, else the first that may be asked again. Null while the answer to an announce is
   * waited for, see {@link #patienceNanos}.
   */
  @Nullable TrackerEntry next(long nanoTime) {
    if (patienceNanos(nanoTime) > 0) {
      return null;
    }
    TrackerEntry next = null;
    for (TrackerEntry entry : entries) {
      boolean isFree = entry.ticket == null && !entry.isDisabled;
      if (isFree && (next == null || isBefore(entry, next, nanoTime))) {
        next = entry;
      }
    }
    return next;
  }

  /** How much longer an answer is waited for before another tracker is asked; 0 = no more. */
  long patienceNanos(long nanoTime) {
    long patience = 0;
    for (TrackerEntry entry : entries) {
      if (entry.ticket != null) {
        boolean isWaitedFor = isStrict || entry.isWorking || entries.size() == 1;
        long rest = entry.askedNanos + PATIENCE_NANOS - nanoTime;
        patience = Math.max(patience, isWaitedFor ? Long.MAX_VALUE : rest);
      }
    }
    return patience;
  }

  private static boolean isBefore(TrackerEntry entry, TrackerEntry other, long nanoTime) {
    if (entry.isWorking || other.isWorking) {
      return !other.isWorking; // of two, where one was slow, the one that answered last is in front
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
