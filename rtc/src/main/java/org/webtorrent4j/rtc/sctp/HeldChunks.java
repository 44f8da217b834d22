package org.webtorrent4j.rtc.sctp;

import java.util.Arrays;

/** Chunks that wait for one before them: a ring by TSN, each with a copy of its payload. */
final class HeldChunks {
  /** Bytes that a chunk costs besides its payload. */
  static final int COST = 48;

  private static final int MIN_CAPACITY = 16;

  private int mask = -1;
  private byte[][] payloads = Empty.BLOCKS;
  private int[] streams = Empty.INTS;
  private int[] payloadTypes = Empty.INTS;
  private byte[] flags = Empty.BYTES;
  private int count;
  private long memory;

  /** Holds a chunk, {@code distance} TSNs above the cumulative one. */
  void hold(long tsn, long distance, int chunkFlags, int streamAndSsn, int type, byte[] payload) {
    if (distance > mask) {
      grow((int) distance, tsn - distance);
    }
    int i = index(tsn);
    payloads[i] = payload;
    streams[i] = streamAndSsn;
    payloadTypes[i] = type;
    flags[i] = (byte) chunkFlags;
    count++;
    memory += payload.length + COST;
  }

  boolean holds(long tsn) {
    return count > 0 && payloads[index(tsn)].length > 0;
  }

  /** Gives a held chunk's payload up. */
  byte[] take(long tsn) {
    int i = index(tsn);
    byte[] payload = payloads[i];
    payloads[i] = Empty.BYTES;
    count--;
    memory -= payload.length + COST;
    return payload;
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

  /** Bytes held, with what they cost. */
  long memory() {
    return memory;
  }

  /** Bytes of the ring itself. */
  long overhead() {
    return 17L * (mask + 1);
  }

  void clear() {
    count = 0;
    memory = 0;
    tidy();
  }

  void tidy() {
    if (count == 0) {
      mask = -1;
      payloads = Empty.BLOCKS;
      streams = Empty.INTS;
      payloadTypes = Empty.INTS;
      flags = Empty.BYTES;
    }
  }

  private int index(long tsn) {
    return (int) tsn & mask;
  }

  private void grow(int distance, long cumulative) {
    int oldMask = mask;
    int capacity = Math.max(MIN_CAPACITY, Integer.highestOneBit(distance) * 2);
    byte[][] newPayloads = new byte[capacity][];
    Arrays.fill(newPayloads, Empty.BYTES);
    int[] newStreams = new int[capacity];
    int[] newTypes = new int[capacity];
    byte[] newFlags = new byte[capacity];
    mask = capacity - 1;
    for (long tsn = cumulative + 1; tsn <= cumulative + oldMask + 1; tsn++) {
      int from = (int) tsn & oldMask;
      newPayloads[index(tsn)] = payloads[from];
      newStreams[index(tsn)] = streams[from];
      newTypes[index(tsn)] = payloadTypes[from];
      newFlags[index(tsn)] = flags[from];
    }
    payloads = newPayloads;
    streams = newStreams;
    payloadTypes = newTypes;
    flags = newFlags;
  }
}
