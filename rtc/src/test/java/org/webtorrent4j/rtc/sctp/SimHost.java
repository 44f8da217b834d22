package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;
import org.webtorrent4j.rtc.sim.Link;
import org.webtorrent4j.rtc.sim.SimNet;

/**
 * One end of an association on a simulated network: it sends bytes that tell their place, checks
 * those of the peer, and after each step that the association's sums are right.
 */
final class SimHost implements SctpAssociation.Output {
  static final int STREAM = 1;
  static final int BINARY = 53;

  final SctpAssociation association;
  final List<Integer> peerResets = new ArrayList<>();
  final List<Integer> ownResets = new ArrayList<>();
  final List<String> messages = new ArrayList<>();
  int established;
  int closed;
  @Nullable SctpEnd end;
  String reason = "";

  /** Whether what arrives is taken at once. */
  boolean isReading = true;

  /** Whether messages are kept as text rather than checked as places in a row. */
  boolean keepsMessages;

  long toSend;
  long written;
  long read;
  int unread;
  long maxMemory;

  private final SimNet net;
  private final Link out;
  private @Nullable SimHost peer;
  private long armed = Long.MAX_VALUE;
  private boolean isFlushing;
  private int checks;

  SimHost(SimNet net, Link out, PacketBuffer packet, SctpSettings settings, Random random) {
    this.net = net;
    this.out = out;
    association = new SctpAssociation(settings, packet, random, this);
    association.open(STREAM);
  }

  /** Two hosts with a link each way. */
  static void join(SimHost one, SimHost other) {
    one.peer = other;
    other.peer = one;
  }

  void connect() {
    association.connect(net.now());
    settle();
  }

  /** Sends so many bytes more. */
  void send(long bytes) {
    toSend += bytes;
    touch();
  }

  boolean sendMessage(int stream, String text, boolean isOrdered) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    int taken = association.write(stream, BINARY, isOrdered, bytes);
    touch();
    return taken > 0;
  }

  /** Takes what waits. */
  void resume() {
    isReading = true;
    association.consumed(unread);
    unread = 0;
    touch();
  }

  void receive(byte[] bytes) {
    association.receive(bytes, 0, bytes.length, net.now());
    touch();
  }

  /** The turn ends when all that happens at this time has happened. */
  void touch() {
    check();
    if (!isFlushing) {
      isFlushing = true;
      net.at(
          net.now(),
          () -> {
            isFlushing = false;
            pump();
            association.flush(net.now());
            settle();
          });
    }
  }

  private void pump() {
    while (written < toSend && !association.isEnded() && established > 0) {
      byte[] chunk = new byte[(int) Math.min(16 * 1024 + 13, toSend - written)];
      for (int i = 0; i < chunk.length; i++) {
        chunk[i] = at(written + i);
      }
      int taken = association.write(STREAM, BINARY, true, ByteBuffer.wrap(chunk));
      written += taken;
      if (taken < chunk.length) {
        return;
      }
    }
  }

  private static byte at(long position) {
    long mixed = (position + 1) * 0x9E3779B97F4A7C15L;
    return (byte) (mixed >>> 56);
  }

  private void settle() {
    check();
    long next = association.nextTime();
    if (next < armed) {
      armed = next;
      net.at(
          next,
          () -> {
            if (armed == next) {
              armed = Long.MAX_VALUE;
              pump();
              association.onTime(net.now());
              settle();
            }
          });
    }
  }

  /** What must be so after each step. */
  private void check() {
    Outstanding outstanding = association.sender().outstanding();
    if (outstanding.count() < 64 || ++checks % 4096 == 0) {
      assertTrue(outstanding.isConsistent(), "sums of outstanding chunks");
    }
    assertTrue(association.sender().window() <= 4 << 20, "window");
    if (association.isEnded()) {
      assertEquals(Long.MAX_VALUE, association.nextTime(), "timer after the end");
      assertEquals(0, association.memory(), "memory after the end");
    } else if (!outstanding.isEmpty()) {
      assertTrue(association.nextTime() < Long.MAX_VALUE, "a timer while chunks are outstanding");
    }
    maxMemory = Math.max(maxMemory, association.memory());
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    assertFalse(closed > 0, "packet after the end");
    assertTrue(length <= PacketBuffer.MAX_PACKET, "packet of " + length);
    SimHost to = peer;
    if (to != null) {
      out.send(bytes, offset, length, to::receive);
    }
  }

  @Override
  public void onEstablished() {
    established++;
    touch();
  }

  @Override
  public void onData(
      int stream,
      int payloadType,
      boolean isOrdered,
      boolean isEnd,
      byte[] bytes,
      int offset,
      int length) {
    assertEquals(0, closed, "data after the end");
    if (keepsMessages) {
      messages.add(
          stream
              + ":"
              + new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8));
    } else {
      for (int i = 0; i < length; i++) {
        if (bytes[offset + i] != at(read + i)) {
          throw new AssertionError("wrong byte at " + (read + i));
        }
      }
    }
    read += length;
    if (isReading) {
      association.consumed(length);
    } else {
      unread += length;
    }
  }

  @Override
  public void onPeerReset(int stream) {
    peerResets.add(stream);
  }

  @Override
  public void onOwnReset(int stream) {
    ownResets.add(stream);
  }

  @Override
  public void onWritable() {
    touch();
  }

  @Override
  public void onClosed(SctpEnd why, String text) {
    closed++;
    end = why;
    reason = text;
    assertEquals(1, closed, "ends");
  }
}
