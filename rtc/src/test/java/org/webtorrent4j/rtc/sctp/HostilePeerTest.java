package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.rtc.sctp.packet.Chunks;

/** Every attack that we thought of has a limit. */
class HostilePeerTest {
  private static final int BINARY = 53;
  private static final int WHOLE = Chunks.BEGIN | Chunks.END;
  private static final long BOUND = 2 << 20;

  private final ScriptedPeer peer = ScriptedPeer.established(SctpSettings.ofStream());

  @Test
  void dataFarAheadIsNotKept() {
    for (int ahead : new int[] {5000, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      peer.sendData(ahead, WHOLE, 1, 0, BINARY, 1000);
    }

    assertNull(peer.end);
    assertTrue(peer.association.memory() < 1000);
  }

  @Test
  void everySecondTsnOpensNoMoreThan512Gaps() {
    for (int i = 1; i < 4096; i += 2) {
      peer.sendData(i, WHOLE, 1, i, BINARY, 1);
    }

    assertTrue(peer.association.memory() < 200_000, "memory " + peer.association.memory());
    peer.sendData(0, WHOLE, 1, 0, BINARY, 1);
    assertNull(peer.end);
  }

  @Test
  void bytesThatWaitStayWithinTheWindow() {
    SctpSettings small = SctpSettings.ofStream().withBuffers(1 << 20, 64 << 10, 64 << 10);
    ScriptedPeer greedy = ScriptedPeer.established(small);

    for (int i = 4000; i > 0; i--) {
      greedy.sendData(i, WHOLE, 1, i, BINARY, 1160);
    }

    assertTrue(greedy.association.memory() < 200_000, "memory " + greedy.association.memory());
  }

  @Test
  void whatTheOwnerDoesNotTakeStaysWithinTheWindow() {
    SctpSettings small = SctpSettings.ofStream().withBuffers(1 << 20, 64 << 10, 64 << 10);
    ScriptedPeer greedy = ScriptedPeer.established(small);
    greedy.isConsuming = false;

    for (int i = 0; i < 1000; i++) {
      greedy.sendData(i, WHOLE, 1, i, BINARY, 1160);
    }

    assertTrue(greedy.delivered <= (64 << 10) + 1160, "delivered " + greedy.delivered);
  }

  @Test
  void sequenceNumberThatCanNeverComeIsABreach() {
    peer.sendData(0, WHOLE, 1, 1, BINARY, 10);

    assertEquals(SctpEnd.PROTOCOL, peer.end);
    assertTrue(peer.reason.contains("message 1 of a stream"), peer.reason);
  }

  @Test
  void streamsThatNobodyOpenedCostNothingAndEndThePeerInTime() {
    for (int i = 0; i < 60; i++) {
      peer.sendData(i, WHOLE, 100 + i, 0, BINARY, 1000);
    }
    assertNull(peer.end);
    assertTrue(peer.association.memory() < 2000, "memory " + peer.association.memory());

    for (int i = 60; i < 70; i++) {
      peer.sendData(i, WHOLE, 100 + i, 0, BINARY, 1000);
    }
    assertEquals(SctpEnd.PROTOCOL, peer.end);
  }

  @Test
  void messageWithoutEndIsNotCollectedForEver() {
    ScriptedPeer borders =
        ScriptedPeer.established(SctpSettings.ofMessages().withMaxMessage(10_000, 65536));

    for (int i = 0; i < 20 && borders.end == null; i++) {
      borders.sendData(i, i == 0 ? Chunks.BEGIN : 0, 1, 0, BINARY, 1000);
    }

    assertEquals(SctpEnd.PROTOCOL, borders.end);
  }

  @Test
  void channelMessageWithoutEndIsNotCollectedForEver() {
    for (int i = 0; i < 20 && peer.end == null; i++) {
      peer.sendData(i, i == 0 ? Chunks.BEGIN : 0, 9, 0, 50, 1000);
    }

    assertEquals(SctpEnd.PROTOCOL, peer.end);
  }

  @Test
  void fragmentsThatDoNotBelongTogetherAreABreach() {
    int[][] second = {
      {0, 1, 0, BINARY + 1},
      {0, 1, 1, BINARY},
      {0, 2, 0, BINARY},
      {4, 1, 0, BINARY},
      {Chunks.BEGIN, 1, 0, BINARY}
    };
    for (int[] fragment : second) {
      ScriptedPeer liar = ScriptedPeer.established(SctpSettings.ofStream());
      liar.sendData(0, Chunks.BEGIN, 1, 0, BINARY, 10);
      liar.sendData(1, fragment[0], fragment[1], fragment[2], fragment[3], 10);
      assertEquals(SctpEnd.PROTOCOL, liar.end);
    }
    peer.sendData(0, Chunks.END, 1, 0, BINARY, 10);
    assertEquals(SctpEnd.PROTOCOL, peer.end);
  }

  @Test
  void chunkWithoutUserDataIsABreach() {
    peer.sendData(0, WHOLE, 1, 0, BINARY, 0);

    assertEquals(SctpEnd.PROTOCOL, peer.end);
  }

  @Test
  void acknowledgingWhatWasNeverSentEndsThePeerInTime() {
    for (int i = 0; i < 100; i++) {
      peer.sendChunk(Chunks.SACK, "7fffffff 00100000 0000 0000");
    }
    assertNull(peer.end);

    for (int i = 0; i < 10; i++) {
      peer.sendChunk(Chunks.SACK, "7fffffff 00100000 0000 0000");
    }
    assertTrue(peer.end == null || peer.end == SctpEnd.PROTOCOL);
  }

  @Test
  void wideGapBlocksAcknowledgeNothingThatIsNotOut() {
    peer.association.write(1, BINARY, true, ByteBuffer.allocate(50_000));
    peer.flush();
    Random random = new Random(5);
    for (int i = 0; i < 90; i++) {
      StringBuilder sack = new StringBuilder();
      sack.append(String.format("%08x", peer.ownFirstTsn - 1)).append("00100000 0122 0000");
      for (int block = 0; block < 290; block++) {
        sack.append(String.format("%04x%04x", random.nextInt(65536), random.nextInt(65536)));
      }
      peer.sendChunk(Chunks.SACK, sack.toString());
      peer.flush();
      assertTrue(peer.association.sender().outstanding().isConsistent());
    }
    assertNull(peer.end);
  }

  @Test
  void peerThatTakesBackWhatItNamedStillGetsEverything() {
    peer.association.write(1, BINARY, true, ByteBuffer.allocate(5 * 1160));
    peer.flush();
    peer.sendChunk(
        Chunks.SACK, String.format("%08x 00100000 0001 0000 00020005", peer.ownFirstTsn - 1));
    peer.sent.clear();

    for (int i = 0; i < 40; i++) {
      peer.now = Math.max(peer.now, peer.association.nextTime());
      peer.association.onTime(peer.now);
      peer.sendChunk(Chunks.SACK, String.format("%08x 00100000 0000 0000", peer.ownFirstTsn));
    }

    assertTrue(
        peer.sent.stream().anyMatch(bytes -> Chunks.i32(bytes, 16) == peer.ownFirstTsn + 1),
        "the second is sent again");
  }

  @Test
  void windowOf4GiBIsNotBelieved() {
    peer.sendChunk(Chunks.SACK, String.format("%08x ffffffff 0000 0000", peer.ownFirstTsn - 1));
    peer.association.write(1, BINARY, true, ByteBuffer.allocate(1 << 20));
    for (int i = 0; i < 100; i++) {
      peer.flush();
    }

    assertTrue(peer.sent.size() < 50, "sent " + peer.sent.size());
  }

  @Test
  void initsAreAnsweredTwiceASecondAndChangeNothing() {
    for (int i = 0; i < 1000; i++) {
      peer.sendInit(ScriptedPeer.TAG);
    }
    assertTrue(peer.sent.size() <= 2, "answers " + peer.sent.size());
    peer.sendInit(12345);
    assertNull(peer.end);
    peer.sendData(0, WHOLE, 1, 0, BINARY, 10);
    assertEquals(10, peer.delivered);
  }

  @Test
  void cookiesOfOthersAndOldOnesOpenNothing() {
    ScriptedPeer fresh = new ScriptedPeer(SctpSettings.ofStream());
    fresh.sendInit(ScriptedPeer.TAG);
    byte[] initAck = fresh.sent.remove();
    fresh.ownTag = Chunks.i32(initAck, 16);
    byte[] cookie = fresh.cookieOf(initAck);
    for (int i = 0; i < cookie.length; i++) {
      byte[] forged = cookie.clone();
      forged[i] ^= 1;
      fresh.sendChunk(Chunks.COOKIE_ECHO, 0, forged);
    }
    assertTrue(fresh.events.isEmpty());

    fresh.now += Cookie.LIFE + 1;
    fresh.sendChunk(Chunks.COOKIE_ECHO, 0, cookie);
    assertTrue(fresh.events.isEmpty());
    assertEquals(1, fresh.count(Chunks.ERROR));
  }

  @Test
  void heartbeatsAreEchoedTenTimesASecond() {
    for (int i = 0; i < 1000; i++) {
      peer.sendChunk(Chunks.HEARTBEAT, "0001000c0102030405060708");
    }

    assertEquals(10, peer.sent.size());
  }

  @Test
  void resetsAreAnsweredTenTimesASecondAndKeptNowhere() {
    for (int i = 0; i < 10_000; i++) {
      peer.sendChunk(Chunks.RE_CONFIG, String.format("000d0010%08x00000000%08x", 1000 + i, 5));
      peer.flush();
    }

    assertTrue(peer.sent.size() <= 10, "answers " + peer.sent.size());
    assertNull(peer.end);
  }

  @Test
  void forwardTsnFarAheadIsIgnoredAndOneThatSkipsDataEndsAStream() {
    peer.sendChunk(Chunks.FORWARD_TSN, String.format("%08x", ScriptedPeer.FIRST_TSN + (1 << 30)));
    assertNull(peer.end);

    peer.sendChunk(Chunks.FORWARD_TSN, String.format("%08x", ScriptedPeer.FIRST_TSN + 3));
    assertEquals(SctpEnd.PROTOCOL, peer.end);
  }

  @Test
  void abortWithAWrongTagIsIgnored() {
    peer.ownTag++;
    peer.sendChunk(Chunks.ABORT, "000c0004");
    assertNull(peer.end);

    peer.ownTag = ScriptedPeer.TAG;
    peer.sendChunk(Chunks.ABORT, Chunks.TAG_REFLECTED, new byte[0]);
    assertEquals(SctpEnd.ABORTED, peer.end);
  }

  @Test
  void unknownChunksAreReportedTenTimesAtMostAndByTheirBits() {
    peer.sendChunk(0x3f, "00");
    assertEquals(0, peer.sent.size());
    for (int i = 0; i < 100; i++) {
      peer.sendChunk(0x7f, "00");
    }
    assertEquals(10, peer.count(Chunks.ERROR));
  }

  @Test
  void nothingThatIsMutatedBreaksMoreThanTheAssociation() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      ScriptedPeer each = round % 50 == 0 ? ScriptedPeer.established(modes(random)) : last;
      last = each;
      byte[] value = new byte[random.nextInt(60)];
      random.nextBytes(value);
      int[] types = {0, 0, 0, 1, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 14, 130, 192, 64, 200, 77};
      int type = types[random.nextInt(types.length)];
      if (type == Chunks.DATA) {
        each.sendData(
            random.nextInt(40) - 5,
            random.nextInt(16),
            random.nextInt(3),
            random.nextInt(4),
            50 + random.nextInt(9),
            random.nextInt(200));
      } else {
        each.sendChunk(type, random.nextInt(2), value);
      }
      if (each.association.isEstablished() && random.nextInt(5) == 0) {
        each.association.write(
            ScriptedPeer.STREAM, BINARY, true, ByteBuffer.allocate(random.nextInt(3000)));
      }
      each.flush();
      each.now += random.nextInt(100) * ScriptedPeer.MS;
      if (each.association.nextTime() <= each.now) {
        each.association.onTime(each.now);
      }
      each.sent.clear();
      assertTrue(each.association.memory() < BOUND);
    }
  }

  private ScriptedPeer last = peer;

  private static SctpSettings modes(Random random) {
    return random.nextBoolean() ? SctpSettings.ofStream() : SctpSettings.ofMessages();
  }
}
