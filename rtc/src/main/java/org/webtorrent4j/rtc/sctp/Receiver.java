package org.webtorrent4j.rtc.sctp;

import java.net.ProtocolException;
import java.util.Arrays;
import org.webtorrent4j.rtc.sctp.control.Rto;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/**
 * The receiving half of an association: what has arrived, what waits for something before it, how
 * much more may come, and when to say so.
 */
final class Receiver {
  private static final long MS = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final long SACK_DELAY = 20 * MS;
  private static final int MAX_DUPLICATES = 20;

  /** Packets in which the rule of two is followed to the letter: some senders grow by SACKs. */
  private static final int SLOW_START = 100;

  private static final int MAX_UNACKED = 8;

  /** With more gaps than this SACKs are long, and less often. */
  private static final int MANY_GAPS = 32;

  private final ReceivedTsns received = new ReceivedTsns();
  private final HeldChunks held = new HeldChunks();
  private final Reassembly reassembly;
  private final Streams streams;
  private final Rto rto;
  private final int maxWindow;
  private int window;

  private long lent;
  private long announced;
  private long arrived;
  private long arrivedSince;

  private int packets;
  private int unacked;
  private boolean hasData;
  private boolean mustAck;
  private long ackAt = NEVER;
  private int[] duplicates = Empty.INTS;
  private int duplicateCount;

  Receiver(SctpSettings settings, Streams streams, Rto rto, Reassembly reassembly) {
    this.reassembly = reassembly;
    this.streams = streams;
    this.rto = rto;
    window = settings.receiveWindow();
    maxWindow = Math.max(window, settings.maxReceiveWindow());
    announced = window;
  }

  /** The peer's first TSN is known. */
  void start(int firstTsn) {
    received.start((firstTsn & 0xffff_ffffL) - 1);
  }

  long cumulative() {
    return received.cumulative();
  }

  Reassembly reassembly() {
    return reassembly;
  }

  /** Works a DATA chunk in. */
  void onData(byte[] b, int at, long now) throws ProtocolException {
    int length = Chunks.u16(b, at + 2) - Chunks.DATA_HEADER;
    if (length == 0) {
      throw new ProtocolException("no user data");
    }
    int flags = Chunks.u8(b, at + 1);
    long tsn = Chunks.unwrap(Chunks.i32(b, at + 4), received.cumulative());
    hasData = true;
    mustAck |= (flags & Chunks.IMMEDIATE) != 0;
    if (tsn <= received.cumulative() || received.contains(tsn)) {
      onDuplicate((int) tsn);
    } else if (tsn == received.cumulative() + 1) {
      onNext(tsn, flags, b, at, length);
    } else if (free() < length + HeldChunks.COST || !received.mayAdd(tsn)) {
      // Not noted, so that it comes again; what it waits for is taken and makes room.
      mustAck = true;
    } else {
      received.add(tsn);
      held.hold(
          tsn,
          tsn - received.cumulative(),
          flags,
          Chunks.i32(b, at + 8),
          Chunks.i32(b, at + 12),
          Arrays.copyOfRange(b, at + Chunks.DATA_HEADER, at + Chunks.DATA_HEADER + length));
    }
    widen(length, now);
  }

  /** The next one is taken even if others that wait fill the window: only it can free them. */
  private void onNext(long tsn, int flags, byte[] b, int at, int length) throws ProtocolException {
    if (lent + reassembly.held() >= window) {
      mustAck = true;
      return;
    }
    int payload = at + Chunks.DATA_HEADER;
    received.add(tsn);
    reassembly.accept(
        flags,
        Chunks.u16(b, at + 8),
        Chunks.u16(b, at + 10),
        Chunks.i32(b, at + 12),
        b,
        payload,
        length);
    drain(tsn + 1);
  }

  private void drain(long from) throws ProtocolException {
    for (long tsn = from; held.holds(tsn); tsn++) {
      release(tsn);
    }
  }

  private void release(long tsn) throws ProtocolException {
    byte[] payload = held.take(tsn);
    reassembly.accept(
        held.flags(tsn),
        held.stream(tsn),
        held.ssn(tsn),
        held.payloadType(tsn),
        payload,
        0,
        payload.length);
  }

  private void onDuplicate(int tsn) {
    mustAck = true;
    if (duplicates.length == 0) {
      duplicates = new int[MAX_DUPLICATES];
    }
    if (duplicateCount < MAX_DUPLICATES) {
      duplicates[duplicateCount++] = tsn;
    }
  }

  /**
   * Doubles the window while the peer fills much of it in a round trip, or what waits for something
   * lost fills half of it: then it is the window that bounds the peer's speed.
   */
  private void widen(int length, long now) {
    arrived += length;
    boolean isHalfHeld = held.memory() > window / 2;
    if (isHalfHeld || now - arrivedSince > Math.max(rto.smoothed(), MS)) {
      if (isHalfHeld || arrived > window / 4) {
        window = (int) Math.min(2L * window, maxWindow);
      }
      arrived = 0;
      arrivedSince = now;
    }
  }

  /** Works a FORWARD-TSN in: the peer gives up what is missing up to there. */
  void onForwardTsn(byte[] b, int at) throws ProtocolException {
    long target = Chunks.unwrap(Chunks.i32(b, at + 4), received.cumulative());
    hasData = true;
    mustAck = true;
    if (target <= received.cumulative()
        || target - received.cumulative() > ReceivedTsns.MAX_AHEAD) {
      return;
    }
    for (long tsn = received.cumulative() + 1; tsn <= target; tsn++) {
      if (held.holds(tsn)) {
        release(tsn);
      } else {
        reassembly.onSkipped();
      }
    }
    received.advance(target);
    int end = at + Chunks.u16(b, at + 2);
    for (int entry = at + 8; entry + 4 <= end; entry += 4) {
      skip(Chunks.u16(b, entry), Chunks.u16(b, entry + 2));
    }
    drain(target + 1);
  }

  private void skip(int stream, int ssn) {
    if (streams.isOpen(stream) && (short) (ssn - streams.nextIn(stream)) >= 0) {
      streams.setNextIn(stream, ssn + 1);
    }
  }

  /** The owner is done with bytes that were lent to it. */
  void consumed(long bytes) {
    lent = Math.max(0, lent - bytes);
    if (announced < window / 4 && free() >= window / 2) {
      mustAck = true;
    }
  }

  /** Bytes were lent to the owner. */
  void onLent(int bytes) {
    lent += bytes;
  }

  /** A packet has been worked in. */
  void endPacket(long now) {
    if (!hasData) {
      return;
    }
    hasData = false;
    packets++;
    unacked++;
    mustAck |= packets == 1;
    if (ackAt == NEVER) {
      ackAt = now + Math.min(SACK_DELAY, rto.timeout() / 2);
    }
  }

  /** Whether a SACK must leave although more packets of the batch may follow. */
  boolean mustAckInBatch() {
    boolean isExact = packets < SLOW_START || (received.hasGaps() && !hasManyGaps());
    return unacked >= (isExact ? 2 : MAX_UNACKED);
  }

  /** Whether a SACK must leave now, at the end of a batch. */
  boolean mustAck(long now) {
    if (hasManyGaps()) {
      return unacked >= MAX_UNACKED / 2 || now >= ackAt;
    }
    return mustAck || unacked >= 2 || (unacked > 0 && received.hasGaps()) || now >= ackAt;
  }

  /** Whether a SACK would be of use in a packet that leaves anyway. */
  boolean owesAck() {
    return mustAck || unacked > 0;
  }

  long nextTime(long now) {
    return mustAck(now) ? now : ackAt;
  }

  private boolean hasManyGaps() {
    return received.blocks() > MANY_GAPS;
  }

  void askForAck() {
    mustAck = true;
  }

  /** Writes a SACK; what chunks cost besides their payload is no room for payload. */
  void writeSack(PacketBuffer out) {
    announced = free() * 15 / 16;
    out.beginChunk(Chunks.SACK, 0);
    out.put32((int) received.cumulative());
    out.put32((int) announced);
    out.put16(received.blocks());
    out.put16(duplicateCount);
    received.writeBlocks(out);
    for (int i = 0; i < duplicateCount; i++) {
      out.put32(duplicates[i]);
    }
    out.endChunk();
    duplicateCount = 0;
    unacked = 0;
    mustAck = false;
    ackAt = NEVER;
  }

  private long free() {
    return Math.max(0, window - lent - held.memory() - reassembly.held());
  }

  /** Whether nothing waits here. */
  boolean isIdle() {
    return held.memory() == 0 && reassembly.held() == 0;
  }

  void end() {
    received.clear();
    held.clear();
    reassembly.clear();
    duplicates = Empty.INTS;
    duplicateCount = 0;
    unacked = 0;
    mustAck = false;
    ackAt = NEVER;
  }

  void tidy() {
    received.tidy();
    held.tidy();
    if (duplicateCount == 0) {
      duplicates = Empty.INTS;
    }
  }

  /** Bytes of memory held. */
  long memory() {
    return held.memory()
        + held.overhead()
        + received.memory()
        + reassembly.memory()
        + 4L * duplicates.length;
  }
}
