package org.webtorrent4j.rtc.sctp;

import java.util.Arrays;

/**
 * The streams that both ends have opened, at most {@link #MAX} of them: their sequence numbers both
 * ways. Others have no state, whatever the peer sends on them.
 */
final class Streams {
  /** What we send has been reset; what the peer sends has. */
  static final int OWN = 1 << 16;

  static final int PEER = 1 << 17;

  /** More streams than this are refused. */
  static final int MAX = 16;

  private int count;

  // Stream ids, and in the bits above which directions have been reset.
  private int[] ids = new int[1];
  private short[] nextIn = new short[1];
  private short[] nextOut = new short[1];
  private long[] lastTsn = new long[1];

  /** Opens a stream whose next ordered message from the peer has this number; whether it could. */
  boolean open(int id, int firstSsnIn) {
    if (find(id) >= 0 || count == MAX) {
      return false;
    }
    if (count == ids.length) {
      int capacity = Math.min(MAX, 4 * count);
      ids = Arrays.copyOf(ids, capacity);
      nextIn = Arrays.copyOf(nextIn, capacity);
      nextOut = Arrays.copyOf(nextOut, capacity);
      lastTsn = Arrays.copyOf(lastTsn, capacity);
    }
    ids[count] = id;
    nextIn[count] = (short) firstSsnIn;
    nextOut[count] = 0;
    lastTsn[count++] = Long.MIN_VALUE;
    return true;
  }

  /** One direction has been reset; whether it is news. The second one closes the stream. */
  boolean onReset(int id, int direction) {
    int at = find(id);
    if (at < 0 || (ids[at] & direction) != 0) {
      return false;
    }
    ids[at] |= direction;
    return true;
  }

  boolean isReset(int id, int direction) {
    int at = find(id);
    return at >= 0 && (ids[at] & direction) != 0;
  }

  /** Forgets a stream. */
  void close(int id) {
    int at = find(id);
    if (at >= 0) {
      count--;
      ids[at] = ids[count];
      nextIn[at] = nextIn[count];
      nextOut[at] = nextOut[count];
      lastTsn[at] = lastTsn[count];
    }
  }

  boolean isOpen(int id) {
    return find(id) >= 0;
  }

  int count() {
    return count;
  }

  int id(int index) {
    return ids[index] & 0xffff;
  }

  /** The number that the next ordered message from the peer must have. */
  int nextIn(int id) {
    return nextIn[find(id)] & 0xffff;
  }

  void setNextIn(int id, int ssn) {
    nextIn[find(id)] = (short) ssn;
  }

  /** The number of our next ordered message. */
  int nextOut(int id) {
    return nextOut[find(id)] & 0xffff;
  }

  /** An ordered message has been cut to its end. */
  void onMessageSent(int id) {
    nextOut[find(id)]++;
  }

  /** A fragment of the stream was given this TSN. */
  void onSent(int id, long tsn) {
    lastTsn[find(id)] = tsn;
  }

  /** The TSN of the stream's last fragment; {@link Long#MIN_VALUE} if nothing was sent. */
  long lastTsn(int id) {
    return lastTsn[find(id)];
  }

  private int find(int id) {
    for (int i = 0; i < count; i++) {
      if ((ids[i] & 0xffff) == id) {
        return i;
      }
    }
    return -1;
  }
}
