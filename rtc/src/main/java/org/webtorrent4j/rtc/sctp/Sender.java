package org.webtorrent4j.rtc.sctp;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.rtc.sctp.control.AckSample;
import org.webtorrent4j.rtc.sctp.control.Congestion;
import org.webtorrent4j.rtc.sctp.control.Pacer;
import org.webtorrent4j.rtc.sctp.control.Rto;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/**
 * The sending half of an association: what is queued, what is on the way, and when either may
 * leave. While anything is outstanding its timer runs, whatever the windows say.
 */
final class Sender {
  private static final long MS = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;

  /** Some receivers drop what lies further ahead of their cumulative TSN (usrsctp: 4,096). */
  private static final int MAX_TSNS = 4000;

  private static final long MAX_WINDOW = 4 << 20;

  /** How long a receiver may hold back the SACK of a lone packet. */
  private static final long SACK_DELAY = 200 * MS;

  private static final int MAX_BAD_SACKS = 100;

  private final SendQueue queue;
  private final Outstanding outstanding = new Outstanding();

  /** Not there while idle: thousands of associations are. */
  private @Nullable AckSample spareSample;

  private final LossDetector loss = new LossDetector();
  private final Pacer pacer = new Pacer();
  private final Streams streams;
  private final Rto rto;
  private final Congestion congestion;

  private final long firstTsn;
  private long peerWindow;
  private int serial;
  private long timeoutAt = NEVER;
  private long probeAt = NEVER;
  private boolean isProbed;
  private int timeouts;
  private boolean maySendOne;
  private int badSacks;
  private int retransmissions;

  Sender(int firstTsn, int limit, long initialRtt, Congestion congestion, Streams streams) {
    this.firstTsn = firstTsn & 0xffff_ffffL;
    this.congestion = congestion;
    this.streams = streams;
    queue = new SendQueue(limit);
    rto = new Rto(initialRtt);
    outstanding.start(this.firstTsn);
  }

  /** The peer said how much it takes. */
  void start(long window) {
    peerWindow = window;
  }

  SendQueue queue() {
    return queue;
  }

  Outstanding outstanding() {
    return outstanding;
  }

  Rto rto() {
    return rto;
  }

  /** Whether everything that was written has been acknowledged. */
  boolean isDone() {
    return outstanding.isEmpty() && !queue.hasUnsent();
  }

  /** Whether all that was written on this stream has been acknowledged. */
  boolean isDone(int stream) {
    return !queue.hasUnsent(stream) && streams.lastTsn(stream) < outstanding.first();
  }

  /** The TSN given last. */
  int lastTsn() {
    return (int) (outstanding.next() - 1);
  }

  long window() {
    return Math.min(congestion.window(), MAX_WINDOW);
  }

  int write(int stream, boolean isUnordered, int type, ByteBuffer data, int maxMessage) {
    int before = data.remaining();
    if (!isUnordered) {
      queue.extend(stream, type, data, maxMessage);
    }
    while (data.hasRemaining() && queue.room() > 0) {
      int part = Math.min(Math.min(data.remaining(), maxMessage), queue.room());
      queue.add(stream, isUnordered, type, data, part);
    }
    return before - data.remaining();
  }

  /** Appends as many chunks to a packet as fit and may leave; whether there was one. */
  boolean fill(PacketBuffer out, long now) {
    boolean isPacketNew = true;
    while (out.room() > Chunks.DATA_HEADER && (!isPacketNew || pacer.maySend(now))) {
      boolean isSent = outstanding.hasLost() ? resend(out, now) : sendNew(out, now);
      if (!isSent) {
        break;
      }
      isPacketNew = false;
    }
    if (!isPacketNew) {
      serial++;
      pacer.onSent(out.length(), congestion.pacingRate(), now);
    }
    return !isPacketNew;
  }

  private boolean resend(PacketBuffer out, long now) {
    int length = outstanding.lostLength();
    if (!(mayFly(length) || maySendOne) || !fits(length, out)) {
      return false;
    }
    maySendOne = false;
    long tsn = outstanding.takeLost();
    retransmissions++;
    writeChunk(tsn, outstanding.hasLost() ? 0 : Chunks.IMMEDIATE, out, now);
    return true;
  }

  private boolean sendNew(PacketBuffer out, long now) {
    int length = queue.nextLength(PacketBuffer.MAX_PAYLOAD);
    if (length == 0 || !mayFly(length) || !fits(length, out)) {
      return false;
    }
    if (outstanding.count() >= MAX_TSNS || !isTaken(length)) {
      outstanding.onLimited();
      return false;
    }
    long offset = queue.cut(PacketBuffer.MAX_PAYLOAD);
    int stream = queue.stream();
    boolean isUnordered = (queue.flags() & Chunks.UNORDERED) != 0;
    int ssn = isUnordered ? 0 : streams.nextOut(stream);
    long tsn =
        outstanding.add(offset, length, queue.flags(), stream << 16 | ssn, queue.payloadType());
    streams.onSent(stream, tsn);
    if (!isUnordered && (queue.flags() & Chunks.END) != 0) {
      streams.onMessageSent(stream);
    }
    writeChunk(tsn, isLast(length) ? Chunks.IMMEDIATE : 0, out, now);
    if (!queue.hasUnsent()) {
      outstanding.onLimited();
    }
    return true;
  }

  /** Whether nothing can follow at once, so that the peer had better acknowledge now. */
  private boolean isLast(int length) {
    int next = queue.nextLength(PacketBuffer.MAX_PAYLOAD);
    long after = outstanding.inFlight() + length + next;
    return next == 0 || after > window() || after > peerWindow;
  }

  private boolean fits(int length, PacketBuffer out) {
    return Chunks.DATA_HEADER + length <= out.room();
  }

  private boolean mayFly(int length) {
    long inFlight = outstanding.inFlight();
    return inFlight == 0 || inFlight + length <= window();
  }

  /** Whether the peer has room; one chunk may always ask whether it has (RFC 9260 §6.1 A). */
  private boolean isTaken(int length) {
    return outstanding.isEmpty() || outstanding.inFlight() + length <= peerWindow;
  }

  private void writeChunk(long tsn, int moreFlags, PacketBuffer out, long now) {
    out.beginChunk(Chunks.DATA, outstanding.flags(tsn) | moreFlags);
    out.put32((int) tsn);
    out.put16(outstanding.stream(tsn));
    out.put16(outstanding.ssn(tsn));
    out.put32(outstanding.payloadType(tsn));
    queue.copy(outstanding.offset(tsn), outstanding.length(tsn), out);
    out.endChunk();
    outstanding.onSent(tsn, serial, now);
    if (timeoutAt == NEVER) {
      timeoutAt = now + rto.timeout();
    }
    armProbe(now);
  }

  private void armProbe(long now) {
    if (isProbed) {
      return;
    }
    long patience = 2 * rto.smoothed() + 20 * MS;
    probeAt = now + patience + (outstanding.count() == 1 ? SACK_DELAY : 0);
  }

  /**
   * Works a SACK in.
   *
   * @throws ProtocolException if the peer acknowledges what was never sent, again and again
   */
  void onSack(byte[] b, int at, long now) throws ProtocolException {
    long cumulative = Chunks.unwrap(Chunks.i32(b, at + 4), outstanding.first() - 1);
    if (cumulative >= outstanding.next()) {
      onBadSack();
      return;
    }
    if (cumulative < outstanding.first() - 1) {
      return;
    }
    AckSample sample = spareSample == null ? new AckSample() : spareSample;
    spareSample = sample;
    sample.clear();
    outstanding.beginSack();
    boolean isMoving = cumulative >= outstanding.first();
    if (isMoving) {
      queue.release(outstanding.ackUpTo(cumulative, sample, loss, now));
    }
    readGaps(b, at, cumulative, sample, now);
    if (Chunks.u16(b, at + 14) > 0 && retransmissions > 0) {
      retransmissions = 0;
      loss.onDuplicate();
    }
    outstanding.endSack(sample, loss, now);
    if (sample.rtt > 0) {
      rto.onSample(sample.rtt);
      loss.onRtt(sample.rtt);
    }
    peerWindow = Chunks.i32(b, at + 8) & 0x7fff_ffffL;
    if (b[at + 8] < 0) {
      peerWindow = Integer.MAX_VALUE;
    }
    detectLoss(sample, now);
    restartTimers(isMoving, sample.acked > 0, now);
    sample.inFlight = outstanding.inFlight();
    congestion.onAck(sample, now);
  }

  private void readGaps(byte[] b, int at, long cumulative, AckSample sample, long now)
      throws ProtocolException {
    int gaps = Chunks.u16(b, at + 12);
    boolean isBad = false;
    for (int i = 0; i < gaps; i++) {
      int begin = Chunks.u16(b, at + 16 + 4 * i);
      int end = Chunks.u16(b, at + 18 + 4 * i);
      long last = Math.min(cumulative + end, outstanding.next() - 1);
      isBad |= begin < 1 || end < begin || last != cumulative + end;
      if (begin > 1) {
        outstanding.ackRange(cumulative + begin, last, sample, loss, now);
      }
    }
    if (isBad) {
      onBadSack();
    }
  }

  private void onBadSack() throws ProtocolException {
    if (++badSacks > MAX_BAD_SACKS) {
      throw new ProtocolException("acknowledges what was never sent");
    }
  }

  private void detectLoss(AckSample sample, long now) {
    boolean hadLost = outstanding.hasLost();
    sample.lost = outstanding.detectLost(loss, now);
    maySendOne |= !hadLost && sample.lost > 0;
  }

  private void restartTimers(boolean isMoving, boolean isNews, long now) {
    if (isNews) {
      isProbed = false;
      rto.onProgress();
      timeouts = 0;
    }
    if (outstanding.isEmpty()) {
      timeoutAt = NEVER;
      probeAt = NEVER;
    } else if (isMoving || isNews) {
      timeoutAt = now + rto.timeout();
      armProbe(now);
    }
  }

  /** Does what is due; a probe goes into the packet. */
  void onTime(PacketBuffer out, long now) {
    if (now >= loss.deadline()) {
      boolean hadLost = outstanding.hasLost();
      long bytes = outstanding.detectLost(loss, now);
      maySendOne |= !hadLost && bytes > 0;
      congestion.onLost(bytes, now);
    }
    boolean isDue = now >= timeoutAt;
    if ((isDue || now >= probeAt) && !isProbed) {
      isProbed = true;
      probeAt = NEVER;
      if (outstanding.isOnTheWay() && !outstanding.hasLost() && timeouts == 0) {
        timeoutAt = now + rto.timeout();
        probe(out, now);
        return;
      }
    }
    if (isDue) {
      onTimeout(now);
    }
  }

  /** Sends the newest chunk again, so that a SACK shows what is missing before it. */
  private void probe(PacketBuffer out, long now) {
    long tsn = outstanding.takeNewest();
    retransmissions++;
    writeChunk(tsn, Chunks.IMMEDIATE, out, now);
    serial++;
  }

  private void onTimeout(long now) {
    rto.onTimeout();
    timeouts++;
    if (timeouts > 1) {
      // Nothing helped: perhaps the peer dropped what it had named in gap blocks, as it may.
      outstanding.forgetGaps();
    }
    outstanding.loseAll();
    loss.clearDeadline();
    if (peerWindow > 0) {
      congestion.onTimeout(now);
    }
    timeoutAt = now + rto.timeout();
  }

  /** When there is something to do: {@code now} if a packet may leave at once. */
  long nextTime(long now) {
    long time = Math.min(Math.min(timeoutAt, probeAt), loss.deadline());
    if (wantsToSend()) {
      time = Math.min(time, pacer.maySend(now) ? now : pacer.nextTime());
    }
    return time;
  }

  private boolean wantsToSend() {
    if (outstanding.hasLost()) {
      return maySendOne || mayFly(outstanding.lostLength());
    }
    int length = queue.nextLength(PacketBuffer.MAX_PAYLOAD);
    return length > 0 && mayFly(length) && outstanding.count() < MAX_TSNS && isTaken(length);
  }

  /** Drops everything: the association has ended. */
  void end() {
    timeoutAt = NEVER;
    probeAt = NEVER;
    spareSample = null;
    queue.clear();
    outstanding.clear();
    loss.clearDeadline();
  }

  void tidy() {
    spareSample = null;
    queue.tidy();
    outstanding.tidy();
  }

  long memory() {
    return queue.memory() + outstanding.memory();
  }
}
