package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.rtc.sctp.packet.Chunks;

class AcknowledgementTest {
  private static final int BINARY = 53;
  private static final int WHOLE = 3;

  private final ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofStream());

  @Test
  void firstDataIsAcknowledgedAtOnceAndALonePacketALittleLater() {
    peer.sendData(0, WHOLE, 1, 0, BINARY, 10);
    peer.flush();
    assertEquals(1, peer.count(Chunks.SACK));

    peer.sendData(1, WHOLE, 1, 1, BINARY, 10);
    peer.flush();
    assertEquals(1, peer.count(Chunks.SACK));
    assertEquals(peer.now + 20 * ScriptedPeer.MS, peer.association.nextTime());

    peer.now = peer.association.nextTime();
    peer.association.onTime(peer.now);
    assertEquals(2, peer.count(Chunks.SACK));
  }

  @Test
  void everySecondPacketIsAcknowledged() {
    for (int i = 0; i < 20; i++) {
      peer.sendData(i, WHOLE, 1, i, BINARY, 10);
    }

    assertEquals(10, peer.count(Chunks.SACK));
  }

  @Test
  void sackNamesGapsAndDuplicates() {
    for (int index : new int[] {0, 1, 3, 4, 6, 1}) {
      peer.sendData(index, WHOLE, 1, index, BINARY, 10);
    }
    peer.flush();
    String sack = HexFormat.of().formatHex(peer.sent.getLast());

    // cumulative, window, two gaps and one duplicate
    assertEquals("fffffff1", sack.substring(32, 40));
    assertEquals("00020001" + "00020003" + "00050005" + "fffffff1", sack.substring(48));
  }

  @Test
  void acknowledgementRidesWithData() {
    peer.sendData(0, WHOLE, 1, 0, BINARY, 10);
    peer.flush();
    peer.sent.clear();
    peer.sendData(1, WHOLE, 1, 1, BINARY, 10);
    peer.association.write(1, BINARY, true, ByteBuffer.allocate(10));
    peer.flush();

    assertEquals(1, peer.sent.size());
    assertEquals(Chunks.SACK, Chunks.u8(peer.sent.getLast(), 12));
    assertEquals(Chunks.DATA, Chunks.u8(peer.sent.getLast(), 28));
  }

  @Test
  void windowThatTheOwnerFilledIsAnnouncedAndItsOpeningToo() {
    ScriptedPeer slow =
        ScriptedPeer.established(SctpSettings.ofStream().withBuffers(1 << 20, 32 << 10, 32 << 10));
    slow.isConsuming = false;
    for (int i = 0; i < 40; i++) {
      slow.sendData(i, WHOLE, 1, i, BINARY, 1160);
    }
    slow.flush();
    assertEquals(0, Chunks.i32(slow.sent.getLast(), 20));

    slow.sent.clear();
    slow.association.consumed((int) slow.delivered);
    slow.flush();
    assertEquals(1, slow.count(Chunks.SACK));
    assertTrue(Chunks.i32(slow.sent.getLast(), 20) > 30_000);
  }

  @Test
  void closedWindowIsAskedNowAndThen() {
    peer.association.write(1, BINARY, true, ByteBuffer.allocate(5000));
    peer.sendChunk(Chunks.SACK, String.format("%08x 00000000 0000 0000", peer.ownFirstTsn - 1));
    for (int i = 0; i < 20; i++) {
      peer.flush();
      peer.now = peer.association.nextTime();
      peer.association.onTime(peer.now);
    }

    assertTrue(peer.count(Chunks.DATA) > 5, "probes " + peer.count(Chunks.DATA));
    assertTrue(
        peer.sent.stream()
            .filter(bytes -> Chunks.u8(bytes, 12) == Chunks.DATA)
            .allMatch(bytes -> Chunks.i32(bytes, 16) == peer.ownFirstTsn));
  }

  @Test
  void lostChunkIsSentAgainWhenThreePacketsOvertookIt() {
    peer.association.write(1, BINARY, true, ByteBuffer.allocate(6 * 1160));
    peer.flush();
    peer.sent.clear();
    peer.now += 100 * ScriptedPeer.MS;
    peer.sendChunk(
        Chunks.SACK, String.format("%08x 00100000 0001 0000 00020004", peer.ownFirstTsn - 1));
    peer.flush();

    assertEquals(peer.ownFirstTsn, Chunks.i32(peer.sent.getFirst(), 16));
    assertEquals(1, peer.count(Chunks.DATA));
  }

  @Test
  void tailThatNobodyAcknowledgesIsProbedWithItsNewestChunk() {
    peer.association.write(1, BINARY, true, ByteBuffer.allocate(3 * 1160));
    peer.flush();
    peer.sent.clear();
    peer.now = peer.association.nextTime();
    peer.association.onTime(peer.now);

    assertEquals(1, peer.sent.size());
    assertEquals(peer.ownFirstTsn + 2, Chunks.i32(peer.sent.getFirst(), 16));
    assertTrue((peer.sent.getFirst()[13] & Chunks.IMMEDIATE) != 0);
  }
}
