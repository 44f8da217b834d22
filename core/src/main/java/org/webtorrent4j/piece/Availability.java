package org.webtorrent4j.piece;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How many connected peers have each piece, and which piece to begin next: the candidates stand in
 * buckets by priority and number of peers, so that every change costs a constant time and a pick
 * looks at few pieces, however many there are. Confined to the event loop.
 *
 * <p>Peers that have everything are only counted: they change no order.
 */
final class Availability {
  /** Pieces that more peers have than this are common; their order does not matter. */
  private static final int LEVELS = 64;

  /** After so many candidates that the peer lacks, order gives way to speed. */
  private static final int MAX_PROBES = 256;

  private static final int NOT_A_CANDIDATE = -1;

  private final int[] counts;
  private final boolean[] high;
  private final int[] positions;
  private final IntBucket[] buckets = new IntBucket[2 * LEVELS];
  private final Bitfield[] candidates; // 0 = high, 1 = normal
  private final RandomGenerator random;
  private long changes;

  Availability(int pieceCount, RandomGenerator random) {
    this.counts = new int[pieceCount];
    this.high = new boolean[pieceCount];
    this.positions = new int[pieceCount];
    this.candidates = new Bitfield[] {new Bitfield(pieceCount), new Bitfield(pieceCount)};
    this.random = random;
    Arrays.fill(positions, NOT_A_CANDIDATE);
    Arrays.setAll(buckets, i -> new IntBucket());
  }

  /** A peer that does not have everything has this piece. */
  void increment(int piece) {
    int from = key(piece);
    counts[piece]++;
    changes++;
    move(piece, from);
  }

  /** Such a peer has it no longer, or is gone. */
  void decrement(int piece) {
    assert counts[piece] > 0;
    int from = key(piece);
    counts[piece]--;
    changes++;
    move(piece, from);
  }

  /** How many peers, but for those that have everything, have this piece. */
  int count(int piece) {
    return counts[piece];
  }

  boolean isCandidate(int piece) {
    return positions[piece] != NOT_A_CANDIDATE;
  }

  boolean hasCandidates() {
    return !candidates[0].isEmpty() || !candidates[1].isEmpty();
  }

  /** Whether some candidate is with a peer that was counted. */
  boolean hasCountedCandidates() {
    for (int key = 0; key < buckets.length; key++) {
      if (key % LEVELS != 0 && buckets[key].size() > 0) {
        return true;
      }
    }
    return false;
  }

  /** How often a peer's piece was counted in or out. */
  long changes() {
    return changes;
  }

  /** The piece is wanted and not begun. */
  void add(int piece, boolean isHigh) {
    remove(piece);
    high[piece] = isHigh;
    candidates[isHigh ? 0 : 1].set(piece);
    insert(piece, key(piece));
  }

  /** The piece is begun, had or not wanted; does nothing if it was no candidate. */
  void remove(int piece) {
    if (isCandidate(piece)) {
      candidates[high[piece] ? 0 : 1].clear(piece);
      takeOut(piece, key(piece));
    }
  }

  /** A rarest candidate of the highest priority that is in {@code has}; -1 if there is none. */
  int pickRarest(Bitfield has) {
    int probes = 0;
    for (int rank = 0; rank < 2; rank++) {
      if (candidates[rank].isEmpty()) {
        continue;
      }
      for (int key = rank * LEVELS; key < (rank + 1) * LEVELS; key++) {
        IntBucket bucket = buckets[key];
        for (int i = bucket.size() - 1; i >= 0; i--) {
          if (has.get(bucket.get(i))) {
            return bucket.get(i);
          }
          if (++probes > MAX_PROBES) {
            return pickRandom(has);
          }
        }
      }
    }
    return -1;
  }

  /** Any candidate of the highest priority that is in {@code has}; -1 if there is none. */
  int pickRandom(Bitfield has) {
    for (Bitfield rank : candidates) {
      if (!rank.isEmpty()) {
        int start = random.nextInt(rank.size());
        int piece = rank.nextCommon(has, start);
        if (piece < 0 && start > 0) {
          piece = rank.nextCommon(has, 0);
        }
        if (piece >= 0) {
          return piece;
        }
      }
    }
    return -1;
  }

  /** The first candidate of the highest priority that is in {@code has}; -1 if there is none. */
  int pickFirst(Bitfield has) {
    int piece = candidates[0].isEmpty() ? -1 : candidates[0].nextCommon(has, 0);
    return piece >= 0 || candidates[1].isEmpty() ? piece : candidates[1].nextCommon(has, 0);
  }

  private int key(int piece) {
    return (high[piece] ? 0 : LEVELS) + Math.min(counts[piece], LEVELS - 1);
  }

  private void move(int piece, int from) {
    int to = key(piece);
    if (isCandidate(piece) && to != from) {
      takeOut(piece, from);
      insert(piece, to);
    }
  }

  private void takeOut(int piece, int key) {
    IntBucket bucket = buckets[key];
    int position = positions[piece];
    int last = bucket.removeLast();
    if (last != piece) {
      bucket.set(position, last);
      positions[last] = position;
    }
    positions[piece] = NOT_A_CANDIDATE;
  }

  /** Adds at a random position: peers that pick at the same time should pick differently. */
  private void insert(int piece, int key) {
    IntBucket bucket = buckets[key];
    bucket.add(piece);
    int last = bucket.size() - 1;
    int position = random.nextInt(last + 1);
    int displaced = bucket.get(position);
    bucket.set(last, displaced);
    positions[displaced] = last;
    bucket.set(position, piece);
    positions[piece] = position;
  }
}
