package org.webtorrent4j.rtc.sctp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.Init;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/** A peer that sends what a test tells it to, and the association that has to stand it. */
final class ScriptedPeer implements SctpAssociation.Output {
  static final long MS = 1_000_000;
  static final int TAG = 0x0badcafe;
  static final int FIRST_TSN = 0xfffffff0;
  static final int STREAM = 1;

  final SctpAssociation association;
  final Deque<byte[]> sent = new ArrayDeque<>();
  final List<String> events = new ArrayList<>();
  long delivered;
  @Nullable SctpEnd end;
  String reason = "";
  long now = 1000 * MS;
  boolean isConsuming = true;
  int ownTag;
  int ownFirstTsn;

  private final PacketBuffer packet = new PacketBuffer();

  ScriptedPeer(SctpSettings settings) {
    association = new SctpAssociation(settings, new PacketBuffer(), new Random(7), this);
  }

  /** An association that the peer set up, with a stream that is open. */
  static ScriptedPeer established(SctpSettings settings) {
    ScriptedPeer peer = new ScriptedPeer(settings);
    peer.sendInit(TAG);
    byte[] initAck = peer.sent.remove();
    peer.ownTag = Chunks.i32(initAck, 16);
    peer.ownFirstTsn = Chunks.i32(initAck, 28);
    peer.sendChunk(Chunks.COOKIE_ECHO, 0, peer.cookieOf(initAck));
    peer.sent.clear();
    peer.association.open(STREAM);
    return peer;
  }

  byte[] cookieOf(byte[] initAck) {
    int at = Init.findCookie(initAck, 12);
    return Arrays.copyOfRange(initAck, at + 4, at + Chunks.u16(initAck, at + 2));
  }

  void sendInit(int tag) {
    packet.begin(5000, 5000, 0);
    new Init(tag, 1 << 20, 1024, 1024, FIRST_TSN, true, false).write(packet, new byte[0]);
    deliver();
  }

  void sendChunk(int type, int flags, byte[] value) {
    packet.begin(5000, 5000, ownTag);
    packet.beginChunk(type, flags);
    packet.put(value, 0, value.length);
    packet.endChunk();
    deliver();
  }

  void sendChunk(int type, String value) {
    sendChunk(type, 0, HexFormat.of().parseHex(value.replace(" ", "")));
  }

  /** DATA with the TSN that is so far behind the first one. */
  void sendData(int index, int flags, int stream, int ssn, int payloadType, int length) {
    packet.begin(5000, 5000, ownTag);
    packet.beginChunk(Chunks.DATA, flags);
    packet.put32(FIRST_TSN + index);
    packet.put16(stream);
    packet.put16(ssn);
    packet.put32(payloadType);
    packet.put(new byte[length], 0, length);
    packet.endChunk();
    deliver();
  }

  /** The chunks of a packet, under our tag and with a right checksum. */
  void sendRaw(byte[] bytes) {
    packet.begin(5000, 5000, ownTag);
    packet.put(bytes, Chunks.COMMON_HEADER, bytes.length - Chunks.COMMON_HEADER);
    deliver();
  }

  private void deliver() {
    packet.seal(true);
    association.receive(packet.bytes(), 0, packet.length(), now);
  }

  void flush() {
    association.flush(now);
  }

  /** Types of the first chunks of the packets that were sent. */
  List<Integer> types() {
    return sent.stream().map(bytes -> Chunks.u8(bytes, 12)).toList();
  }

  /** Packets sent whose first chunk is of this type. */
  long count(int type) {
    return types().stream().filter(each -> each == type).count();
  }

  @Override
  public void send(byte[] bytes, int offset, int length) {
    sent.add(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void onEstablished() {
    events.add("established");
  }

  @Override
  public void onData(
      int stream, int type, boolean isOrdered, boolean isEnd, byte[] b, int offset, int length) {
    delivered += length;
    events.add("data " + stream + " " + type + " " + length);
    if (isConsuming) {
      association.consumed(length);
    }
  }

  @Override
  public void onPeerReset(int stream) {
    events.add("peer reset " + stream);
  }

  @Override
  public void onOwnReset(int stream) {
    events.add("own reset " + stream);
  }

  @Override
  public void onWritable() {
    events.add("writable");
  }

  @Override
  public void onClosed(SctpEnd why, String text) {
    end = why;
    reason = text;
  }
}
