package org.webtorrent4j.rtc.sctp;

import java.nio.ByteBuffer;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/**
 * What is to be sent and what has been sent and is not acknowledged: one long row of bytes, for
 * fragments take their TSNs in its order. A message is no more than a mark in it, until it has been
 * cut into fragments.
 */
final class SendQueue {
  /** Bytes that a message costs besides its own. */
  static final int MESSAGE_COST = 32;

  private static final int BLOCK = 16 * 1024;
  private static final int MIN_MESSAGES = 8;

  private final int limit;
  private byte[][] blocks = Empty.BLOCKS;
  private long head;
  private long cut;
  private long tail;

  // Messages that are not cut to their end: a ring of their ends and of stream, payload type,
  // order.
  private long[] ends = Empty.LONGS;
  private int[] payloadTypes = Empty.INTS;
  private int[] streams = Empty.INTS;
  private int firstMessage;
  private int messages;
  private boolean isBegun;

  // The fragment that was cut last.
  private int length;
  private int flags;
  private int stream;
  private int payloadType;

  SendQueue(int limit) {
    this.limit = limit;
  }

  /** Bytes of one more message that are taken. */
  int room() {
    return (int) Math.max(0, limit - (tail - head) - (messages + 1L) * MESSAGE_COST);
  }

  /** Bytes that are not acknowledged, sent or not. */
  long size() {
    return tail - head;
  }

  boolean hasUnsent() {
    return messages > 0;
  }

  /** Whether something of this stream has not been sent. */
  boolean hasUnsent(int streamId) {
    for (int i = 0; i < messages; i++) {
      if ((streams[ring(firstMessage + i)] & 0xffff) == streamId) {
        return true;
      }
    }
    return false;
  }

  /** Appends {@code count} bytes of {@code from} as one message. */
  void add(int streamId, boolean isUnordered, int type, ByteBuffer from, int count) {
    if (messages == ends.length) {
      growMessages();
    }
    append(from, count);
    int at = ring(firstMessage + messages++);
    ends[at] = tail;
    payloadTypes[at] = type;
    streams[at] = streamId | (isUnordered ? 1 << 16 : 0);
  }

  /**
   * Makes the last message longer, if none of it but whole fragments has left and it stays within
   * {@code maxMessage} bytes from here; returns how many bytes it took.
   */
  int extend(int streamId, int type, ByteBuffer from, int maxMessage) {
    if (messages == 0) {
      return 0;
    }
    int last = ring(firstMessage + messages - 1);
    if (streams[last] != streamId || payloadTypes[last] != type) {
      return 0;
    }
    long begin = messages == 1 ? cut : ends[ring(firstMessage + messages - 2)];
    long free = Math.min(maxMessage - (ends[last] - begin), limit - (tail - head));
    // A begun message has an end that the peer may rely on: it grows no more.
    int count = messages == 1 && isBegun ? 0 : (int) Math.min(Math.max(free, 0), from.remaining());
    append(from, count);
    ends[last] = tail;
    return count;
  }

  private void append(ByteBuffer from, int count) {
    int left = count;
    while (left > 0) {
      int at = (int) (tail % BLOCK);
      int part = Math.min(left, BLOCK - at);
      from.get(writable(tail / BLOCK), at, part);
      tail += part;
      left -= part;
    }
  }

  private byte[] writable(long number) {
    int needed = (int) (number - head / BLOCK) + 1;
    if (needed > blocks.length) {
      int capacity = Math.min(Math.max(4, 2 * blocks.length), limit / BLOCK + 2);
      byte[][] grown = new byte[Math.max(needed, capacity)][];
      for (long block = head / BLOCK; blocks.length > 0 && block < number; block++) {
        grown[(int) (block % grown.length)] = blocks[(int) (block % blocks.length)];
      }
      blocks = grown;
    }
    int at = (int) (number % blocks.length);
    if (blocks[at] == null) {
      blocks[at] = new byte[BLOCK];
    }
    return blocks[at];
  }

  /** Length of the fragment that {@link #cut} would cut. */
  int nextLength(int max) {
    return messages == 0 ? 0 : (int) Math.min(max, ends[firstMessage] - cut);
  }

  /** Cuts the next fragment, and returns where its bytes begin. */
  long cut(int max) {
    long begin = cut;
    length = nextLength(max);
    cut += length;
    boolean isEnd = cut == ends[firstMessage];
    stream = streams[firstMessage] & 0xffff;
    payloadType = payloadTypes[firstMessage];
    flags =
        (isBegun ? 0 : Chunks.BEGIN)
            | (isEnd ? Chunks.END : 0)
            | (streams[firstMessage] >> 16 != 0 ? Chunks.UNORDERED : 0);
    isBegun = !isEnd;
    if (isEnd) {
      firstMessage = ring(firstMessage + 1);
      messages--;
    }
    return begin;
  }

  int length() {
    return length;
  }

  int flags() {
    return flags;
  }

  int stream() {
    return stream;
  }

  int payloadType() {
    return payloadType;
  }

  /** Writes bytes that are not acknowledged into a packet. */
  void copy(long offset, int count, PacketBuffer out) {
    long at = offset;
    int left = count;
    while (left > 0) {
      int from = (int) (at % BLOCK);
      int part = Math.min(left, BLOCK - from);
      out.put(blocks[(int) (at / BLOCK % blocks.length)], from, part);
      at += part;
      left -= part;
    }
  }

  /** Forgets what lies before {@code offset}: it is acknowledged. Its blocks are used again. */
  void release(long offset) {
    head = offset;
  }

  /** Forgets everything. */
  void clear() {
    head = tail;
    cut = tail;
    messages = 0;
    isBegun = false;
    tidy();
  }

  /** Gives memory back that an idle association does not need. */
  void tidy() {
    if (head == tail) {
      blocks = Empty.BLOCKS;
      ends = Empty.LONGS;
      payloadTypes = Empty.INTS;
      streams = Empty.INTS;
      firstMessage = 0;
    }
  }

  /** Bytes of memory held. */
  long memory() {
    long sum = 0;
    for (byte[] block : blocks) {
      sum += block == null ? 0 : BLOCK;
    }
    return sum + 16L * ends.length;
  }

  private int ring(int index) {
    return index % ends.length;
  }

  private void growMessages() {
    int capacity = Math.max(MIN_MESSAGES, 2 * ends.length);
    long[] newEnds = new long[capacity];
    int[] newTypes = new int[capacity];
    int[] newStreams = new int[capacity];
    for (int i = 0; i < messages; i++) {
      int from = ring(firstMessage + i);
      newEnds[i] = ends[from];
      newTypes[i] = payloadTypes[from];
      newStreams[i] = streams[from];
    }
    ends = newEnds;
    payloadTypes = newTypes;
    streams = newStreams;
    firstMessage = 0;
  }
}
