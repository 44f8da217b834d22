package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sim.Path;

class HandshakeTest {
  private static final int BINARY = 53;

  @Test
  void bothMaySendInitAtOnce() {
    SimPair pair = new SimPair(1, Path.ofDelay(50)).connect();

    assertTrue(pair.net.runUntil(pair::areEstablished, 160_000_000));
  }

  @Test
  void oneMayWaitForTheOther() {
    SimPair pair = new SimPair(1, Path.ofDelay(50));
    pair.a.connect();

    assertTrue(pair.net.runUntil(pair::areEstablished, 220_000_000));
  }

  @Test
  void whoOnlyAnswersSendsNoInit() {
    ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofStream());
    peer.association.connect(peer.now);

    assertEquals(List.of("established"), peer.events);
    assertTrue(peer.sent.isEmpty());
  }

  @Test
  void initIsRepeatedSlowerAndSlowerUntilSomebodyAnswers() {
    ScriptedPeer peer = new ScriptedPeer(SctpSettings.ofStream().withInitialRtt(0));
    long begin = peer.now;
    peer.association.connect(begin);
    for (int i = 0; i < 5; i++) {
      peer.now = peer.association.nextTime();
      peer.association.onTime(peer.now);
    }

    assertEquals(6, peer.count(Chunks.INIT));
    assertEquals((300 + 600 + 1200 + 2400 + 3000) * ScriptedPeer.MS, peer.now - begin);
  }

  @Test
  void collisionIsAnsweredWithTheSameTagAndTsn() {
    ScriptedPeer peer = new ScriptedPeer(SctpSettings.ofStream());
    peer.association.connect(peer.now);
    byte[] init = peer.sent.remove();
    peer.sendInit(ScriptedPeer.TAG);
    byte[] initAck = peer.sent.remove();

    assertEquals(Chunks.INIT_ACK, Chunks.u8(initAck, 12));
    assertEquals(Chunks.i32(init, 16), Chunks.i32(initAck, 16));
    assertEquals(Chunks.i32(init, 28), Chunks.i32(initAck, 28));
    assertEquals(ScriptedPeer.TAG, Chunks.i32(initAck, 4));
  }

  @Test
  void cookieEchoCarriesTheFirstData() {
    ScriptedPeer peer = new ScriptedPeer(SctpSettings.ofStream());
    peer.association.open(1);
    peer.association.write(1, BINARY, true, ByteBuffer.allocate(100));
    peer.association.connect(peer.now);
    peer.ownTag = Chunks.i32(peer.sent.remove(), 16);
    peer.sendChunk(Chunks.INIT_ACK, "0badcafe 00100000 ffff ffff 00000005 0007 0008 01020304");
    byte[] echo = peer.sent.remove();

    assertEquals(Chunks.COOKIE_ECHO, Chunks.u8(echo, 12));
    assertEquals(0x01020304, Chunks.i32(echo, 16));
    assertEquals(Chunks.DATA, Chunks.u8(echo, 20));
    assertEquals(12 + 8 + 16 + 100, echo.length);

    peer.sendChunk(Chunks.COOKIE_ACK, "");
    assertEquals(List.of("established"), peer.events);
  }

  @Test
  void dataProvesThatOurCookieWasTaken() {
    ScriptedPeer peer = new ScriptedPeer(SctpSettings.ofStream());
    peer.association.open(1);
    peer.association.connect(peer.now);
    peer.ownTag = Chunks.i32(peer.sent.remove(), 16);
    peer.sendChunk(
        Chunks.INIT_ACK,
        String.format(
            "0badcafe 00100000 ffff ffff %08x 0007 0008 01020304", ScriptedPeer.FIRST_TSN));
    peer.sendData(0, 3, 1, 0, BINARY, 10);

    assertEquals(List.of("established", "data 1 53 10"), peer.events);
  }

  @Test
  void initAckWithoutCookieEndsIt() {
    ScriptedPeer peer = new ScriptedPeer(SctpSettings.ofStream());
    peer.association.connect(peer.now);
    peer.ownTag = Chunks.i32(peer.sent.remove(), 16);
    peer.sendChunk(Chunks.INIT_ACK, "0badcafe 00100000 ffff ffff 00000005");

    assertEquals(SctpEnd.PROTOCOL, peer.end);
  }

  @Test
  void peerThatTakesTooFewStreamsIsOfNoUse() {
    ScriptedPeer peer = new ScriptedPeer(SctpSettings.ofStream());
    peer.association.open(1);
    peer.association.connect(peer.now);
    peer.ownTag = Chunks.i32(peer.sent.remove(), 16);
    peer.sendChunk(Chunks.INIT_ACK, "0badcafe 00100000 0001 0001 00000005 0007 0008 01020304");
    peer.sendChunk(Chunks.COOKIE_ACK, "");

    assertEquals(SctpEnd.PROTOCOL, peer.end);
    assertEquals(List.of(), peer.events);
  }

  @Test
  void staleCookieBeginsAgainOnce() {
    ScriptedPeer peer = new ScriptedPeer(SctpSettings.ofStream());
    peer.association.connect(peer.now);
    peer.ownTag = Chunks.i32(peer.sent.remove(), 16);
    for (int i = 0; i < 3; i++) {
      peer.sendChunk(Chunks.INIT_ACK, "0badcafe 00100000 ffff ffff 00000005 0007 0008 01020304");
      peer.sendChunk(Chunks.ERROR, "0003000800000000");
    }

    assertEquals(1, peer.count(Chunks.INIT));
  }

  @Test
  void checksumsAreLeftOutOnlyIfBothAgree() {
    SimPair agreed =
        new SimPair(1, Path.ofDelay(5), SctpSettings.ofStream().withZeroChecksum()).connect();
    agreed.a.send(100_000);
    assertTrue(agreed.transfer(5));

    ScriptedPeer other = ScriptedPeer.established(SctpSettings.ofStream().withZeroChecksum());
    other.association.write(1, BINARY, true, ByteBuffer.allocate(10));
    other.flush();
    assertTrue(Chunks.i32(other.sent.remove(), 8) != 0);
  }
}
