package org.webtorrent4j.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers in the order of their times; those of the same time in the order they were added. A binary
 * heap whose entries know their place, so that a cancelled timer leaves it at once: peers re-arm
 * their timers all the time. Confined to the event loop; time comes in as an argument.
 */
final class TimerHeap {
  private Entry[] heap = new Entry[64];
  private int size;
  private long added;

  /** Adds a task for a time on the clock of {@link System#nanoTime}. */
  EventLoop.Timer add(long deadline, Runnable task) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    Entry entry = new Entry(deadline, added++, task);
    siftUp(size++, entry);
    return entry;
  }

  /** The number of timers that wait. */
  int size() {
    return size;
  }

  /**
   * Nanoseconds until the first timer is due, 0 if it is; {@code Long.MAX_VALUE} without timers.
   */
  long nanosToNext(long now) {
    return size == 0 ? Long.MAX_VALUE : Math.max(0, heap[0].deadline - now);
  }

  /** The number that the next added timer will have, a limit for {@link #takeDue}. */
  long nextNumber() {
    return added;
  }

  /**
   * Takes the task of the first timer that is due and was added before the one of a number, so that
   * timers which add timers for now do not keep a turn from ending; null if there is none.
   */
  @Nullable Runnable takeDue(long now, long beforeNumber) {
    if (size == 0 || heap[0].deadline - now > 0 || heap[0].number >= beforeNumber) {
      return null;
    }
    Entry first = heap[0];
    first.cancel();
    return first.task;
  }

  private void remove(Entry entry) {
    Entry last = heap[--size];
    heap[size] = null;
    if (last != entry) {
      int place = entry.place;
      siftDown(place, last);
      if (last.place == place) {
        siftUp(place, last);
      }
    }
    entry.place = -1;
  }

  private void siftUp(int place, Entry entry) {
    int hole = place;
    while (hole > 0 && entry.isBefore(heap[(hole - 1) / 2])) {
      put(hole, heap[(hole - 1) / 2]);
      hole = (hole - 1) / 2;
    }
    put(hole, entry);
  }

  private void siftDown(int place, Entry entry) {
    int hole = place;
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(entry)) {
        break;
      }
      put(hole, heap[child]);
      hole = child;
    }
    put(hole, entry);
  }

  private void put(int place, Entry entry) {
    heap[place] = entry;
    entry.place = place;
  }

  private final class Entry implements EventLoop.Timer {
    final long deadline;
    final long number;
    final Runnable task;
    int place;

    Entry(long deadline, long number, Runnable task) {
      this.deadline = deadline;
      this.number = number;
      this.task = task;
    }

    boolean isBefore(Entry other) {
      // By difference: the origin of nanoTime is arbitrary and the sum may wrap.
      long difference = deadline - other.deadline;
      return difference != 0 ? difference < 0 : number < other.number;
    }

    @Override
    public void cancel() {
      if (place >= 0) {
        remove(this);
      }
    }
  }
}
