package org.webtorrent4j.rtc.sctp;

import java.util.Arrays;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/**
 * Which TSNs have arrived: all up to the cumulative one, and ranges above it. What was once named
 * in a gap block is never taken back.
 */
final class ReceivedTsns {
  /** TSNs above the cumulative one that are taken. */
  static final int MAX_AHEAD = 4096;

  /** Ranges that are kept; a TSN that would open another one is refused. */
  static final int MAX_RANGES = 512;

  /** Gap blocks of a SACK: some senders take back what a later one does not name. */
  private static final int MAX_BLOCKS = 200;

  private long cumulative;
  private int count;
  private long[] begins = Empty.LONGS;
  private long[] ends = Empty.LONGS;
  private long newest;

  void start(long cumulativeTsn) {
    cumulative = cumulativeTsn;
    count = 0;
    newest = cumulativeTsn;
  }

  long cumulative() {
    return cumulative;
  }

  boolean hasGaps() {
    return count > 0;
  }

  /** Whether a TSN above the cumulative one has arrived. */
  boolean contains(long tsn) {
    int at = find(tsn);
    return at < count && begins[at] <= tsn;
  }

  /** Whether a TSN that has not arrived can be noted. */
  boolean mayAdd(long tsn) {
    if (tsn - cumulative > MAX_AHEAD) {
      return false;
    }
    int at = find(tsn);
    return count < MAX_RANGES
        || tsn == cumulative + 1
        || (at < count && begins[at] == tsn + 1)
        || (at > 0 && ends[at - 1] == tsn - 1);
  }

  /** Notes a TSN that {@link #mayAdd} and has not arrived. */
  void add(long tsn) {
    newest = tsn;
    if (tsn == cumulative + 1) {
      advance(tsn);
      return;
    }
    int at = find(tsn);
    boolean joinsBefore = at > 0 && ends[at - 1] == tsn - 1;
    boolean joinsAfter = at < count && begins[at] == tsn + 1;
    if (joinsBefore && joinsAfter) {
      ends[at - 1] = ends[at];
      remove(at, 1);
    } else if (joinsBefore) {
      ends[at - 1] = tsn;
    } else if (joinsAfter) {
      begins[at] = tsn;
    } else {
      insert(at, tsn);
    }
  }

  /** Moves the cumulative TSN to this one, and over what has arrived behind it. */
  void advance(long tsn) {
    cumulative = tsn;
    int passed = 0;
    while (passed < count && begins[passed] <= cumulative + 1) {
      cumulative = Math.max(cumulative, ends[passed++]);
    }
    remove(0, passed);
  }

  /**
   * Gap blocks to be written, at most 200: the lowest ones, and if there are more also that of the
   * newest TSN, since a sender counts what is missing below it.
   */
  int blocks() {
    return Math.min(count, MAX_BLOCKS);
  }

  void writeBlocks(PacketBuffer out) {
    int blocks = blocks();
    for (int i = 0; i < blocks; i++) {
      int at = i == blocks - 1 ? lastBlock(i) : i;
      out.put16((int) (begins[at] - cumulative));
      out.put16((int) (ends[at] - cumulative));
    }
  }

  private int lastBlock(int last) {
    return newest > cumulative ? Math.max(last, Math.min(find(newest), count - 1)) : last;
  }

  void clear() {
    count = 0;
    tidy();
  }

  void tidy() {
    if (count == 0) {
      begins = Empty.LONGS;
      ends = Empty.LONGS;
    }
  }

  long memory() {
    return 16L * begins.length;
  }

  /** The first range that does not end before {@code tsn}. */
  private int find(long tsn) {
    // Nearly always what comes is the newest.
    if (count > 0 && ends[count - 1] < tsn) {
      return count;
    }
    int at = Arrays.binarySearch(ends, 0, count, tsn);
    return at >= 0 ? at : -at - 1;
  }

  private void insert(int at, long tsn) {
    if (count == begins.length) {
      int capacity = Math.max(8, 2 * count);
      begins = Arrays.copyOf(begins, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    System.arraycopy(begins, at, begins, at + 1, count - at);
    System.arraycopy(ends, at, ends, at + 1, count - at);
    begins[at] = tsn;
    ends[at] = tsn;
    count++;
  }

  private void remove(int at, int number) {
    System.arraycopy(begins, at + number, begins, at, count - at - number);
    System.arraycopy(ends, at + number, ends, at, count - at - number);
    count -= number;
  }
}
