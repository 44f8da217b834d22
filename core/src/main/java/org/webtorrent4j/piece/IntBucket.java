package org.webtorrent4j.piece;

import java.util.Arrays;

/** A growable list of ints without order, for buckets of pieces. */
final class IntBucket {
  private int[] values = new int[0];
  private int size;

  int size() {
    return size;
  }

  int get(int position) {
    return values[position];
  }

  void set(int position, int value) {
    values[position] = value;
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(4, size + (size >> 1)));
    }
    values[size++] = value;
  }

  /** Takes out the last value. */
  int removeLast() {
    return values[--size];
  }
}
