package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sim.Path;

class StreamAndMessageTest {
  private static final Path LOSSY = Path.ofDelay(20).withLoss(0.1).withReorder(0.2, 30);

  @Test
  void fragmentsOfAByteStreamAreDeliveredAsTheyCome() {
    ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofStream());
    peer.sendData(0, Chunks.BEGIN, 1, 0, 53, 100);
    peer.sendData(1, 0, 1, 0, 53, 100);

    assertEquals(200, peer.delivered);
  }

  @Test
  void messagesAreDeliveredWholeWithTheirBorders() {
    SimPair pair = new SimPair(4, LOSSY, SctpSettings.ofMessages()).connect();
    pair.b.keepsMessages = true;
    pair.net.runUntil(pair::areEstablished, 5 * SimPair.SECOND);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String text = i + "x".repeat(i * 211);
      assertTrue(pair.a.sendMessage(SimHost.STREAM, text, i % 3 != 0));
      sent.add(SimHost.STREAM + ":" + text);
    }

    assertTrue(pair.net.runUntil(() -> pair.b.messages.size() == 40, 60 * SimPair.SECOND));
    assertEquals(sent, pair.b.messages);
  }

  @Test
  void sequenceNumbersOfAStreamWrap() {
    SimPair pair = new SimPair(5, Path.ofDelay(1).withLoss(0.01), SctpSettings.ofMessages());
    pair.connect();
    pair.b.keepsMessages = true;
    pair.net.runUntil(pair::areEstablished, 5 * SimPair.SECOND);
    for (int round = 0; round < 70; round++) {
      for (int i = 0; i < 1000; i++) {
        assertTrue(pair.a.sendMessage(SimHost.STREAM, "m" + i, true));
      }
      assertTrue(pair.net.runUntil(() -> pair.b.messages.size() == 1000, 60 * SimPair.SECOND));
      pair.b.messages.clear();
    }
  }

  @Test
  void bothDirectionsOfAStreamAreResetAndItsNumberCanBeUsedAgain() {
    SimPair pair = new SimPair(6, LOSSY).connect();
    pair.a.send(50_000);
    assertTrue(pair.transfer(60));

    pair.a.association.reset(SimHost.STREAM);
    pair.a.touch();
    assertTrue(pair.net.runUntil(() -> !pair.b.peerResets.isEmpty(), 60 * SimPair.SECOND));
    assertEquals(0, pair.a.association.write(1, 53, true, java.nio.ByteBuffer.allocate(1)));
    pair.b.association.reset(SimHost.STREAM);
    pair.b.touch();
    assertTrue(
        pair.net.runUntil(
            () -> !pair.a.peerResets.isEmpty() && !pair.b.ownResets.isEmpty(),
            60 * SimPair.SECOND));
    assertEquals(List.of(1), pair.a.ownResets);

    assertTrue(pair.a.association.open(SimHost.STREAM));
    assertTrue(pair.b.association.open(SimHost.STREAM));
    pair.a.send(20_000);
    assertTrue(pair.transfer(60));
  }

  @Test
  void resetWaitsForWhatWasSentBeforeIt() {
    ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofStream());
    String request =
        String.format(
            "000d0012%08x00000000%08x0001", ScriptedPeer.FIRST_TSN, ScriptedPeer.FIRST_TSN);
    peer.sendChunk(Chunks.RE_CONFIG, request);
    peer.flush();
    assertEquals(6, Chunks.i32(peer.sent.getLast(), 24), "in progress");
    assertFalse(peer.events.contains("peer reset 1"));

    peer.sendData(0, 3, 1, 0, 53, 10);
    peer.sendChunk(Chunks.RE_CONFIG, request);
    peer.flush();
    assertTrue(peer.events.contains("peer reset 1"));
  }

  @Test
  void skippedMessagesAreLeftOutWhereBordersAreKept() {
    ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofMessages());
    peer.sendData(0, 3, 1, 0, 53, 10);
    peer.sendData(2, Chunks.END, 1, 1, 53, 11);
    peer.sendData(3, 3, 1, 2, 53, 12);
    peer.sendChunk(Chunks.FORWARD_TSN, String.format("%08x 0001 0001", ScriptedPeer.FIRST_TSN + 2));

    assertEquals(List.of("established", "data 1 53 10", "data 1 53 12"), peer.events);
  }

  @Test
  void skippingPartOfAMessageLeavesOutItsRestToo() {
    ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofMessages());
    peer.sendChunk(Chunks.FORWARD_TSN, String.format("%08x", ScriptedPeer.FIRST_TSN + 1));
    peer.sendData(2, Chunks.END, 1, 0, 53, 11);
    peer.sendData(3, 3, 1, 1, 53, 12);

    assertEquals(List.of("established", "data 1 53 12"), peer.events);
  }

  @Test
  void shutdownOfBothAtOnceEndsBothAfterWhatWasWritten() {
    SimPair pair = new SimPair(8, LOSSY).connect();
    pair.net.runUntil(pair::areEstablished, 10 * SimPair.SECOND);
    pair.a.send(30_000);
    pair.b.send(20_000);
    pair.net.runUntil(() -> pair.a.written == 30_000 && pair.b.written == 20_000, SimPair.SECOND);
    pair.a.association.shutdown(pair.net.now());
    pair.b.association.shutdown(pair.net.now());
    pair.a.touch();
    pair.b.touch();

    assertTrue(pair.net.runUntil(() -> pair.a.closed + pair.b.closed == 2, 120 * SimPair.SECOND));
    assertEquals(30_000, pair.b.read);
    assertEquals(20_000, pair.a.read);
  }
}
