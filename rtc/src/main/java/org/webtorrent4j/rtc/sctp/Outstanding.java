package org.webtorrent4j.rtc.sctp;

import java.util.Arrays;
import org.webtorrent4j.rtc.sctp.control.AckSample;

/**
 * The chunks that were sent and are not yet acknowledged by the cumulative TSN: a ring by TSN of
 * parallel arrays, so that no chunk is an object, and a list of those on the way in the order of
 * their last sending. What a SACK costs grows with what it tells anew, not with what it repeats.
 */
final class Outstanding {
  private static final int MIN_CAPACITY = 16;
  private static final long NONE = -1;

  private static final byte ON_THE_WAY = 0;
  private static final byte LOST = 1;
  private static final byte ACKED = 2;

  private static final byte RESENT = 1;
  private static final byte LIMITED = 2;

  private int mask = -1;
  private long first;
  private long next;

  // What a chunk is.
  private long[] offsets = Empty.LONGS;
  private short[] lengths = Empty.SHORTS;
  private byte[] flags = Empty.BYTES;
  private int[] streams = Empty.INTS;
  private int[] payloadTypes = Empty.INTS;

  // What became of it.
  private byte[] states = Empty.BYTES;
  private byte[] marks = Empty.BYTES;
  private int[] serials = Empty.INTS;
  private long[] sentAt = Empty.LONGS;
  private long[] earlier = Empty.LONGS;
  private long[] later = Empty.LONGS;

  /** How far the next chunk that is not acknowledged may be: a jump over runs that are. */
  private int[] skips = Empty.INTS;

  // How the path did when it was sent, for the rate of delivery.
  private long[] deliveredBefore = Empty.LONGS;
  private long[] deliveredAt = Empty.LONGS;
  private long[] firstSentAt = Empty.LONGS;

  private long oldest = NONE;
  private long newest = NONE;
  private long inFlight;
  private int lost;
  private long firstLost;

  private long delivered;
  private long lastDelivery;
  private long firstSent;
  private long limitedUntil;

  // The chunk sent last among those that the present SACK acknowledged.
  private boolean hasNewestAcked;
  private int newestSerial;
  private long newestSentAt;
  private long interval;

  /** Begins with the TSN of the first chunk. */
  void start(long firstTsn) {
    first = firstTsn;
    next = firstTsn;
    firstLost = firstTsn;
  }

  long first() {
    return first;
  }

  long next() {
    return next;
  }

  int count() {
    return (int) (next - first);
  }

  boolean isEmpty() {
    return next == first;
  }

  /** Payload bytes on the way: neither acknowledged nor taken for lost. */
  long inFlight() {
    return inFlight;
  }

  boolean hasLost() {
    return lost > 0;
  }

  boolean isOnTheWay() {
    return oldest != NONE;
  }

  /** Adds a chunk that is being sent; returns its TSN. */
  long add(long offset, int length, int chunkFlags, int streamAndSsn, int payloadType) {
    if (count() > mask) {
      grow();
    }
    long tsn = next++;
    int i = index(tsn);
    offsets[i] = offset;
    lengths[i] = (short) length;
    flags[i] = (byte) chunkFlags;
    streams[i] = streamAndSsn;
    payloadTypes[i] = payloadType;
    skips[i] = 0;
    marks[i] = 0;
    return tsn;
  }

  /** A chunk leaves in the packet with this number. */
  void onSent(long tsn, int serial, long now) {
    int i = index(tsn);
    if (oldest == NONE) {
      firstSent = now;
      lastDelivery = now;
    }
    states[i] = ON_THE_WAY;
    inFlight += lengths[i];
    serials[i] = serial;
    sentAt[i] = now;
    deliveredBefore[i] = delivered;
    deliveredAt[i] = lastDelivery;
    firstSentAt[i] = firstSent;
    marks[i] = (byte) ((marks[i] & RESENT) | (delivered < limitedUntil ? LIMITED : 0));
    link(tsn, i);
  }

  /** What limits us now is not the path: rates until these chunks are delivered say little. */
  void onLimited() {
    limitedUntil = delivered + inFlight + 1;
  }

  /** The oldest lost chunk becomes one to be sent again; returns its TSN. */
  long takeLost() {
    while (states[index(firstLost)] != LOST) {
      firstLost++;
    }
    lost--;
    marks[index(firstLost)] |= RESENT;
    return firstLost;
  }

  /** Length of the chunk that {@link #takeLost} would take. */
  int lostLength() {
    while (states[index(firstLost)] != LOST) {
      firstLost++;
    }
    return lengths[index(firstLost)];
  }

  /** The newest chunk on the way is taken off it, to be sent again; returns its TSN. */
  long takeNewest() {
    long tsn = newest;
    int i = index(tsn);
    unlink(tsn, i);
    inFlight -= lengths[i];
    marks[i] |= RESENT;
    return tsn;
  }

  void beginSack() {
    hasNewestAcked = false;
  }

  /** Everything up to {@code cumulative} has arrived; returns where the bytes behind it begin. */
  long ackUpTo(long cumulative, AckSample sample, LossDetector loss, long now) {
    long released = -1;
    while (first <= cumulative) {
      int i = index(first);
      released = offsets[i] + lengths[i];
      if (states[i] != ACKED) {
        onAcked(first, i, sample, loss, now);
      }
      first++;
    }
    firstLost = Math.max(firstLost, first);
    return released;
  }

  /** These have arrived, though not all before them. */
  void ackRange(long begin, long end, AckSample sample, LossDetector loss, long now) {
    for (long tsn = unacked(begin); tsn <= end; tsn = unacked(tsn + 1)) {
      onAcked(tsn, index(tsn), sample, loss, now);
    }
  }

  /** The first chunk from {@code tsn} on that is not acknowledged; may be {@link #next}. */
  private long unacked(long tsn) {
    long at = tsn;
    while (at < next && skips[index(at)] > 0) {
      int i = index(at);
      long target = at + skips[i];
      if (target < next && skips[index(target)] > 0) {
        skips[i] += skips[index(target)];
      }
      at = target;
    }
    return at;
  }

  private void onAcked(long tsn, int i, AckSample sample, LossDetector loss, long now) {
    int length = lengths[i];
    if (states[i] == ON_THE_WAY) {
      inFlight -= length;
      unlink(tsn, i);
    } else {
      lost--;
    }
    states[i] = ACKED;
    skips[i] = 1;
    delivered += length;
    sample.acked += length;
    boolean isResent = (marks[i] & RESENT) != 0;
    if (isResent && loss.isOfFirstCopy(now - sentAt[i])) {
      return;
    }
    if (!isResent) {
      loss.onFirstCopyAcked(serials[i]);
    }
    if (!hasNewestAcked || serials[i] - newestSerial > 0) {
      hasNewestAcked = true;
      newestSerial = serials[i];
      newestSentAt = sentAt[i];
      sample.rtt = isResent ? 0 : Math.max(1, now - sentAt[i]);
      measureRate(i, sample, now);
    }
  }

  private void measureRate(int i, AckSample sample, long now) {
    sample.deliveredBefore = deliveredBefore[i];
    sample.isAppLimited = (marks[i] & LIMITED) != 0;
    interval = Math.max(sentAt[i] - firstSentAt[i], now - deliveredAt[i]);
    firstSent = sentAt[i];
  }

  /** Completes what the SACK told: rate, newest chunk, bytes on the way. */
  void endSack(AckSample sample, LossDetector loss, long now) {
    sample.delivered = delivered;
    if (!hasNewestAcked) {
      return;
    }
    lastDelivery = now;
    sample.rate =
        interval < loss.minRtt() || interval <= 0
            ? 0
            : (long) ((delivered - sample.deliveredBefore) * 1e9 / interval);
    loss.onNewestAcked(newestSerial, newestSentAt, now);
  }

  /**
   * Takes for lost what was sent so long before the newest acknowledged chunk that it should have
   * arrived; returns the bytes.
   */
  long detectLost(LossDetector loss, long now) {
    long bytes = 0;
    loss.clearDeadline();
    while (oldest != NONE && loss.isLost(serials[index(oldest)], sentAt[index(oldest)], now)) {
      bytes += lose(oldest);
    }
    return bytes;
  }

  /** Takes everything on the way for lost; returns the bytes. */
  long loseAll() {
    long bytes = 0;
    while (oldest != NONE) {
      bytes += lose(oldest);
    }
    return bytes;
  }

  private long lose(long tsn) {
    int i = index(tsn);
    unlink(tsn, i);
    states[i] = LOST;
    inFlight -= lengths[i];
    lost++;
    firstLost = Math.min(firstLost, tsn);
    return lengths[i];
  }

  /** The peer seems to have thrown away what its SACKs named: all but its first is lost too. */
  void forgetGaps() {
    for (long tsn = first; tsn < next; tsn++) {
      int i = index(tsn);
      skips[i] = 0;
      if (states[i] == ACKED) {
        states[i] = LOST;
        marks[i] |= RESENT;
        lost++;
        firstLost = Math.min(firstLost, tsn);
      }
    }
  }

  long offset(long tsn) {
    return offsets[index(tsn)];
  }

  int length(long tsn) {
    return lengths[index(tsn)];
  }

  int flags(long tsn) {
    return flags[index(tsn)];
  }

  int stream(long tsn) {
    return streams[index(tsn)] >>> 16;
  }

  int ssn(long tsn) {
    return streams[index(tsn)] & 0xffff;
  }

  int payloadType(long tsn) {
    return payloadTypes[index(tsn)];
  }

  /** Forgets all chunks. */
  void clear() {
    first = next;
    oldest = NONE;
    newest = NONE;
    inFlight = 0;
    lost = 0;
    tidy();
  }

  /** Gives memory back that an idle association does not need. */
  void tidy() {
    if (isEmpty() && mask >= 0) {
      mask = -1;
      release();
    }
  }

  /** Bytes of memory held. */
  long memory() {
    return 78L * (mask + 1);
  }

  /** Whether the sums are those of the chunks; for tests. */
  boolean isConsistent() {
    long bytes = 0;
    int losses = 0;
    int linked = 0;
    for (long tsn = first; tsn < next; tsn++) {
      int i = index(tsn);
      bytes += states[i] == ON_THE_WAY ? lengths[i] : 0;
      losses += states[i] == LOST ? 1 : 0;
      linked += states[i] == ON_THE_WAY ? 1 : 0;
    }
    for (long tsn = oldest; tsn != NONE; tsn = later[index(tsn)]) {
      linked--;
    }
    return bytes == inFlight && losses == lost && linked == 0;
  }

  private int index(long tsn) {
    return (int) tsn & mask;
  }

  private void link(long tsn, int i) {
    earlier[i] = newest;
    later[i] = NONE;
    if (newest == NONE) {
      oldest = tsn;
    } else {
      later[index(newest)] = tsn;
    }
    newest = tsn;
  }

  private void unlink(long tsn, int i) {
    if (tsn == oldest) {
      oldest = later[i];
    } else {
      later[index(earlier[i])] = later[i];
    }
    if (tsn == newest) {
      newest = earlier[i];
    } else {
      earlier[index(later[i])] = earlier[i];
    }
  }

  private void grow() {
    int oldMask = mask;
    int capacity = Math.max(MIN_CAPACITY, 2 * (mask + 1));
    mask = capacity - 1;
    resize(capacity);
    // Doubled, a ring's upper half is where those belong whose next bit is set.
    for (long tsn = first; oldMask >= 0 && tsn < next; tsn++) {
      move((int) tsn & oldMask, index(tsn), oldMask + 1);
    }
  }

  private void release() {
    offsets = Empty.LONGS;
    lengths = Empty.SHORTS;
    flags = Empty.BYTES;
    streams = Empty.INTS;
    payloadTypes = Empty.INTS;
    states = Empty.BYTES;
    marks = Empty.BYTES;
    serials = Empty.INTS;
    sentAt = Empty.LONGS;
    earlier = Empty.LONGS;
    later = Empty.LONGS;
    skips = Empty.INTS;
    deliveredBefore = Empty.LONGS;
    deliveredAt = Empty.LONGS;
    firstSentAt = Empty.LONGS;
  }

  private void resize(int capacity) {
    offsets = Arrays.copyOf(offsets, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    flags = Arrays.copyOf(flags, capacity);
    streams = Arrays.copyOf(streams, capacity);
    payloadTypes = Arrays.copyOf(payloadTypes, capacity);
    states = Arrays.copyOf(states, capacity);
    marks = Arrays.copyOf(marks, capacity);
    serials = Arrays.copyOf(serials, capacity);
    sentAt = Arrays.copyOf(sentAt, capacity);
    earlier = Arrays.copyOf(earlier, capacity);
    later = Arrays.copyOf(later, capacity);
    skips = Arrays.copyOf(skips, capacity);
    deliveredBefore = Arrays.copyOf(deliveredBefore, capacity);
    deliveredAt = Arrays.copyOf(deliveredAt, capacity);
    firstSentAt = Arrays.copyOf(firstSentAt, capacity);
  }

  private void move(int from, int to, int oldCapacity) {
    if (from == to || to < oldCapacity) {
      return;
    }
    offsets[to] = offsets[from];
    lengths[to] = lengths[from];
    flags[to] = flags[from];
    streams[to] = streams[from];
    payloadTypes[to] = payloadTypes[from];
    states[to] = states[from];
    marks[to] = marks[from];
    serials[to] = serials[from];
    sentAt[to] = sentAt[from];
    earlier[to] = earlier[from];
    later[to] = later[from];
    skips[to] = skips[from];
    deliveredBefore[to] = deliveredBefore[from];
    deliveredAt[to] = deliveredAt[from];
    firstSentAt[to] = firstSentAt[from];
  }
}
