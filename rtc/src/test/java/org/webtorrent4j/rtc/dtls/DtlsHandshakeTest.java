package org.webtorrent4j.rtc.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ends of ours over good and bad links, and beside the JDK's own. */
class DtlsHandshakeTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @Test
  void twoEndsAreUpAfterTwoRoundTripsAndFourDatagrams() {
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1).up();

    assertEquals(4, pair.link.datagrams);
    assertEquals(1, pair.link.left.ups);
    assertEquals(1, pair.link.right.ups);
  }

  @Test
  void dataIsReceivedOnceAndClosingIsToldOnce() {
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1).up();

    pair.client.write(HELLO, 0, HELLO.length);
    pair.server.write(HELLO, 1, 3);
    pair.link.run(100);
    pair.client.close();
    pair.link.run(100);

    assertArrayEquals(HELLO, pair.link.right.received.get(0));
    assertEquals(1, pair.link.right.received.size());
    assertEquals("ell", new String(pair.link.left.received.get(0), StandardCharsets.UTF_8));
    assertEquals(1, pair.link.right.downs);
    assertNull(pair.link.right.cause);
    assertEquals(0, pair.link.left.downs);
    assertFalse(pair.server.isUp());
  }

  @Test
  void largestRecordArrivesWhole() {
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1).up();
    byte[] large = new byte[DtlsEndpoint.MAX_PLAINTEXT];

    pair.client.write(large, 0, large.length);
    pair.link.run(100);

    assertArrayEquals(large, pair.link.right.received.get(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2, 0.3})
  void everyHandshakeEndsOverALinkThatLosesDelaysAndDoubles(double loss) {
    for (long seed = 0; seed < 100; seed++) {
      DtlsFixture.Pair pair = new DtlsFixture.Pair(seed);
      pair.link.loss = loss;
      pair.link.late = 0.3;
      pair.link.doubled = 0.1;
      pair.link.start();

      assertTrue(pair.link.runUntilUp(25_000), "seed " + seed);
    }
  }

  @Test
  void noDatagramIsMissedForLongerThanAFewTimeouts() {
    for (int lost = 0; lost < 4; lost++) {
      DtlsFixture.Pair pair = new DtlsFixture.Pair(1);
      int which = lost;
      pair.link.left.party = losing(pair, pair.client, which);
      pair.link.right.party = losing(pair, pair.server, which);
      pair.link.start();

      assertTrue(pair.link.runUntilUp(500), "datagram " + lost);
    }
  }

  /** A party that never gets the datagram of this number, counted over both ends. */
  private static DtlsLink.Party losing(DtlsFixture.Pair pair, DtlsEndpoint endpoint, int which) {
    DtlsLink.Party inner = DtlsLink.ours(endpoint);
    return new DtlsLink.Party() {
      @Override
      public void start(long now) {
        inner.start(now);
      }

      @Override
      public void receive(byte[] data, long now) {
        int sent = pair.link.left.sent.indexOf(data);
        int number = sent >= 0 ? 2 * sent : 2 * pair.link.right.sent.indexOf(data) + 1;
        if (number != which) {
          inner.receive(data, now);
        }
      }

      @Override
      public void onTime(long now) {
        inner.onTime(now);
      }

      @Override
      public long nextTime() {
        return inner.nextTime();
      }

      @Override
      public boolean isUp() {
        return inner.isUp();
      }
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void speaksWithTheJdkInBothRoles(boolean weAreClient) throws Exception {
    DtlsLink link = new DtlsLink(1);
    DtlsLink.End ours = weAreClient ? link.left : link.right;
    DtlsLink.End theirs = weAreClient ? link.right : link.left;
    DtlsEndpoint endpoint = weAreClient ? DtlsFixture.client(ours) : DtlsFixture.server(ours);
    EngineParty jdk =
        new EngineParty(!weAreClient, weAreClient ? DtlsFixture.BOB : DtlsFixture.ALICE, theirs);
    ours.party = DtlsLink.ours(endpoint);
    theirs.party = jdk;
    link.start();
    assertTrue(link.runUntilUp(5_000));

    endpoint.write(HELLO, 0, HELLO.length);
    jdk.write(HELLO);
    link.run(100);
    jdk.close();
    link.run(100);

    assertArrayEquals(HELLO, ours.received.get(0));
    assertArrayEquals(HELLO, theirs.received.get(0));
    assertEquals(1, ours.downs);
    assertNull(ours.cause);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void otherFingerprintEndsIt(boolean clientIsWrong) {
    DtlsLink link = new DtlsLink(1);
    DtlsIdentity wrong = clientIsWrong ? DtlsFixture.BOB : DtlsFixture.ALICE;
    DtlsEndpoint client =
        DtlsEndpoint.client(
            clientIsWrong ? wrong : DtlsFixture.ALICE,
            List.of(DtlsFixture.BOB.fingerprint()),
            DtlsFixture.RANDOM,
            DtlsFixture.TIMEOUT,
            new DtlsBuffers(),
            link.left);
    DtlsEndpoint server =
        DtlsEndpoint.server(
            clientIsWrong ? DtlsFixture.BOB : wrong,
            List.of(DtlsFixture.ALICE.fingerprint()),
            DtlsFixture.RANDOM,
            DtlsFixture.TIMEOUT,
            new DtlsBuffers(),
            link.right);
    link.left.party = DtlsLink.ours(client);
    link.right.party = DtlsLink.ours(server);
    link.start();
    link.run(2_000);

    DtlsLink.End judge = clientIsWrong ? link.right : link.left;
    assertEquals(1, judge.downs);
    assertEquals(Alert.BAD_CERTIFICATE, assertInstanceOf(DtlsException.class, judge.cause).alert());
    assertEquals(0, link.left.ups);
    assertEquals(0, link.right.ups);
  }

  @Test
  void lastFlightIsRepeatedForTwoMinutesAndNoLonger() {
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1).up();
    byte[] flight = pair.link.left.sent.get(1);
    int before = pair.link.right.sent.size();

    pair.link.run(119_000);
    pair.link.right.party().receive(flight, pair.link.now);
    assertEquals(before + 1, pair.link.right.sent.size());
    pair.link.right.party().receive(flight, pair.link.now);
    assertEquals(before + 1, pair.link.right.sent.size(), "too soon");

    pair.link.run(2_000);
    pair.link.right.party().receive(flight, pair.link.now);
    assertEquals(before + 1, pair.link.right.sent.size(), "too late");
  }

  @Test
  void noTimerRunsOnceUpOrClosed() {
    DtlsFixture.Pair pair = new DtlsFixture.Pair(1).up();

    assertEquals(Long.MAX_VALUE, pair.client.nextTime());
    assertEquals(Long.MAX_VALUE, pair.server.nextTime());
    pair.client.close();
    assertEquals(Long.MAX_VALUE, pair.client.nextTime());
  }
}
