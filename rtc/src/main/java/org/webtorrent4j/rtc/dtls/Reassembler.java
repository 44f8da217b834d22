package org.webtorrent4j.rtc.dtls;

import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts handshake messages together from fragments of any size, in any order, and hands them out in
 * the order of their numbers. What it holds of one peer is bounded: fragments of epoch 0 are
 * anybody's.
 */
final class Reassembler {
  /** How far ahead of the next message fragments are kept. */
  private static final int AHEAD = 8;

  private static final int MAX_HELD = 20 * 1024;
  private static final int MAX_CERTIFICATE = 16 * 1024;
  private static final int MAX_HELLO = 4 * 1024;
  private static final int MAX_OTHER = 2 * 1024;

  private final @Nullable Slot[] slots = new Slot[AHEAD];
  private int next;
  private int held;

  /** One message, as far as it has come. */
  private static final class Slot {
    final int type;
    final byte[] body;
    final BitSet have = new BitSet();

    Slot(int type, int length) {
      this.type = type;
      this.body = new byte[length];
    }

    boolean isWhole() {
      return have.cardinality() == body.length;
    }
  }

  /**
   * Takes the fragments of one record; what is not one ends the record.
   *
   * @param mayCome which types may come in this record at all
   * @return whether a part of it belongs to a message that was handed out before: the peer repeats
   *     itself
   */
  boolean add(byte[] data, int at, int end, IntPredicate mayCome) {
    boolean sawOld = false;
    while (end - at >= HandshakeMessage.HEADER) {
      int type = data[at] & 0xff;
      int total = uint24(data, at + 1);
      int sequence = (data[at + 4] & 0xff) << 8 | (data[at + 5] & 0xff);
      int offset = uint24(data, at + 6);
      int length = uint24(data, at + 9);
      at += HandshakeMessage.HEADER;
      if (length > end - at || offset + length > total || total > maxLength(type)) {
        return sawOld;
      }
      if (sequence < next) {
        sawOld = true;
      } else if (sequence - next < AHEAD && mayCome.test(type) && (length > 0 || total == 0)) {
        put(type, total, sequence, offset, data, at, length);
      }
      at += length;
    }
    return sawOld;
  }

  /** The next message, if it is whole; it stays until it is {@linkplain #accept accepted}. */
  @Nullable HandshakeMessage peek() {
    Slot slot = slots[next % AHEAD];
    return slot != null && slot.isWhole() ? new HandshakeMessage(slot.type, next, slot.body) : null;
  }

  /** The next message was good: goes on to the one after it. */
  void accept() {
    drop();
    next++;
  }

  /** The next message cannot be right, so it was forged: waits for another. */
  void drop() {
    Slot slot = slots[next % AHEAD];
    if (slot != null) {
      held -= slot.body.length;
      slots[next % AHEAD] = null;
    }
  }

  private void put(int type, int total, int sequence, int offset, byte[] data, int at, int length) {
    Slot slot = slots[sequence % AHEAD];
    if (slot == null || slot.type != type || slot.body.length != total) {
      // A forged fragment must not keep the real ones out for ever.
      int freed = slot == null ? 0 : slot.body.length;
      if (held - freed + total > MAX_HELD) {
        return;
      }
      slot = new Slot(type, total);
      slots[sequence % AHEAD] = slot;
      held += total - freed;
    }
    System.arraycopy(data, at, slot.body, offset, length);
    slot.have.set(offset, offset + length);
  }

  private static int maxLength(int type) {
    return switch (type) {
      case HandshakeMessage.CERTIFICATE -> MAX_CERTIFICATE;
      case HandshakeMessage.CLIENT_HELLO -> MAX_HELLO;
      default -> MAX_OTHER;
    };
  }

  private static int uint24(byte[] d, int at) {
    return (d[at] & 0xff) << 16 | (d[at + 1] & 0xff) << 8 | (d[at + 2] & 0xff);
  }
}
