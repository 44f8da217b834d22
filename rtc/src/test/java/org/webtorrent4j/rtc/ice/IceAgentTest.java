package org.webtorrent4j.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.rtc.stun.StunAuth;
import org.webtorrent4j.rtc.stun.StunMessage;
import org.webtorrent4j.rtc.stun.StunWriter;

class IceAgentTest {
  private IceLink link = new IceLink(1);
  private IceLink.End offerer = link.new End(true, "10.0.0.1:1000");
  private IceLink.End answerer = link.new End(false, "10.0.0.2:2000");

  private void meet() {
    offerer.agent.start(answerer.description(), link.now);
    answerer.agent.start(offerer.description(), link.now);
  }

  @Test
  void twoEndsMeetAfterOneRoundTripAndAgree() {
    meet();
    link.run(25);
    assertEquals(1, offerer.valids);
    assertEquals(1, answerer.valids);

    link.run(50);
    assertTrue(offerer.isReady());
    assertTrue(answerer.isReady());
    assertEquals(answerer.addresses, offerer.selected);
    assertEquals(offerer.addresses, answerer.selected);
    assertTrue(link.packets <= 8, link.packets + " packets");
  }

  @ParameterizedTest
  @CsvSource({"0.05, 200", "0.2, 198", "0.3, 192"})
  void endsMeetOverALinkThatLosesAndNoneWaitsForEver(double loss, int least) {
    int met = 0;
    for (int seed = 0; seed < 200; seed++) {
      link = new IceLink(seed);
      link.loss = loss;
      offerer = link.new End(true, "10.0.0.1:1000", "10.0.0.1:1001");
      answerer = link.new End(false, "10.0.0.2:2000");
      link.dead.add(IceLink.address("10.0.0.1:1001"));
      meet();
      for (int i = 0; i < 250 && !isSettled(); i++) {
        link.run(100);
      }

      assertTrue(isSettled(), "seed " + seed);
      met += offerer.isReady() && answerer.isReady() ? 1 : 0;
    }
    assertTrue(met >= least, met + " of 200");
  }

  private boolean isSettled() {
    return (offerer.isReady() || offerer.failure != null)
        && (answerer.isReady() || answerer.failure != null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000, 5_000, 10_000})
  void offererMayLearnOfTheAnswerLate(int millis) {
    answerer.agent.start(offerer.description(), link.now);
    link.run(millis);
    offerer.agent.start(answerer.description(), link.now);
    link.run(100);

    assertTrue(offerer.isReady());
    assertTrue(answerer.isReady());
  }

  @Test
  void earlyCheckLeadsToAPeerWhoseAnswerNamesNoAddress() {
    answerer.agent.start(offerer.description(), link.now);
    link.run(30);
    assertTrue(offerer.agent.isEarly(answerer.addresses.get(0)));

    RemoteIce nameless = new RemoteIce(answerer.credentials, false, List.of());
    offerer.agent.start(nameless, link.now);
    link.run(60);

    assertTrue(offerer.isReady());
  }

  @Test
  void earlyCheckOfSomebodyElseIsForgotten() {
    IceLink.End other = link.new End(false, "10.0.0.3:3000");
    other.agent.start(offerer.description(), link.now);
    link.run(30);

    offerer.agent.start(new RemoteIce(answerer.credentials, false, List.of()), link.now);
    link.run(1_000);

    assertFalse(offerer.sentTo.isEmpty());
    assertFalse(offerer.isReady());
    assertFalse(offerer.agent.mayReceive(other.addresses.get(0)));
  }

  @Test
  void endsWithTheSameRoleSettleIt() {
    for (boolean controlling : new boolean[] {true, false}) {
      link = new IceLink(2);
      offerer = link.new End(controlling, "10.0.0.1:1000");
      answerer = link.new End(controlling, "10.0.0.2:2000");
      meet();
      link.run(1_000);

      assertTrue(offerer.isReady());
      assertTrue(answerer.isReady());
      assertTrue(offerer.agent.isControlling() != answerer.agent.isControlling());
    }
  }

  @Test
  void peerThatAlwaysClaimsAConflictGetsFewPackets() {
    offerer.agent.start(answerer.description(), link.now);
    StunWriter writer = new StunWriter(new StunAuth());
    for (int i = 0; i < 1_000; i++) {
      link.run(25);
      if (!offerer.sent.isEmpty()) {
        byte[] last = offerer.sent.get(offerer.sent.size() - 1);
        writer.begin(StunMessage.Kind.ERROR, java.util.Arrays.copyOfRange(last, 8, 20));
        int length = writer.error(487).end(StunAuth.key(answerer.credentials.password()));
        link.deliver(
            answerer.addresses.get(0),
            offerer.addresses.get(0),
            java.util.Arrays.copyOf(writer.array(), length));
      }
    }

    assertEquals(IceFailure.UNREACHABLE, offerer.failure);
    assertTrue(offerer.sent.size() <= 40, offerer.sent.size() + " packets");
  }

  @Test
  void nobodyThereEndsAfterTwentySecondsAndSevenPackets() {
    link.dead.add(answerer.addresses.get(0));
    meet();
    link.run(19_900);
    assertNull(offerer.failure);
    link.run(200);

    assertEquals(IceFailure.UNREACHABLE, offerer.failure);
    assertEquals(7, offerer.sent.size());
    assertEquals(Long.MAX_VALUE, offerer.agent.nextTime());
  }

  @Test
  void silenceEndsAConnectionAfterFifteenSeconds() {
    meet();
    link.run(5_000);
    link.dead.addAll(answerer.addresses);
    link.run(10_000);
    assertNull(offerer.failure);
    link.run(10_000);

    assertEquals(IceFailure.CONSENT_LOST, offerer.failure);
  }

  @Test
  void dataWithoutAnswersEndsAfterThirtySeconds() {
    meet();
    link.run(5_000);
    link.dead.addAll(answerer.addresses);
    for (int i = 0; i < 240; i++) {
      link.run(100);
      offerer.agent.onHeard(link.now);
    }
    assertNull(offerer.failure);
    for (int i = 0; i < 100; i++) {
      link.run(100);
      offerer.agent.onHeard(link.now);
    }

    assertEquals(IceFailure.CONSENT_LOST, offerer.failure);
  }

  @Test
  void aFewLostPacketsDoNotEndAConnection() {
    meet();
    link.run(1_000);
    link.loss = 0.3;
    link.run(600_000);

    assertTrue(offerer.isReady());
    assertTrue(answerer.isReady());
  }

  @Test
  void idleConnectionAsksOnceInFourSeconds() {
    meet();
    link.run(20_000);
    int before = link.packets;
    link.run(400_000);

    int each = (link.packets - before) / 4; // two ends, a request and an answer each
    assertTrue(each >= 83 && each <= 125, each + " requests in 400 s");
  }

  @Test
  void peerThatMovesIsFollowed() {
    meet();
    link.run(2_000);
    InetSocketAddress old = answerer.addresses.get(0);
    InetSocketAddress moved = IceLink.address("10.0.0.2:2222");
    link.dead.add(old);
    answerer.live(moved);
    answerer.addresses.remove(old);
    link.run(14_000);

    assertTrue(offerer.isReady());
    assertEquals(moved, offerer.selected.get(offerer.selected.size() - 1));
  }

  @Test
  void forgedSourceGetsFewPacketsAndNoData() {
    meet();
    link.run(1_000);
    InetSocketAddress victim = IceLink.address("192.0.2.9:53000");
    StunWriter writer = new StunWriter(new StunAuth());
    for (int i = 0; i < 100; i++) {
      byte[] transaction = new byte[12];
      link.random.nextBytes(transaction);
      writer
          .begin(StunMessage.Kind.REQUEST, transaction)
          .username(offerer.credentials.ufrag(), answerer.credentials.ufrag())
          .priority(1)
          .role(false, 5);
      int length = writer.end(StunAuth.key(offerer.credentials.password()));
      link.deliver(
          victim, offerer.addresses.get(0), java.util.Arrays.copyOf(writer.array(), length));
      link.run(50);
    }
    link.run(20_000);

    long checks =
        java.util.stream.IntStream.range(0, offerer.sent.size())
            .filter(i -> offerer.sentTo.get(i).equals(victim) && offerer.sent.get(i)[0] == 0)
            .count();
    assertTrue(checks <= 20, checks + " checks");
    assertFalse(offerer.agent.mayReceive(victim));
    assertEquals(answerer.addresses.get(0), offerer.agent.path());
  }

  @Test
  void manyNamedAddressesOfOneHostGetAFewPacketsASecond() {
    List<IceCandidate> named = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      named.add(
          new IceCandidate(
              IceCandidate.Type.HOST, IceLink.address("192.0.2.9:" + (4_000 + i)), 99 + i));
    }
    offerer.agent.start(new RemoteIce(answerer.credentials, false, named), link.now);
    link.run(5_000);

    assertTrue(offerer.sent.size() <= 5 * 6 * 4, offerer.sent.size() + " packets in 5 s");
  }

  @Test
  void wrongPasswordIsNotAnswered() {
    answerer.agent.start(
        new RemoteIce(
            new IceCredentials(offerer.credentials.ufrag(), "x".repeat(22)),
            false,
            offerer.description().candidates()),
        link.now);
    link.run(1_000);

    assertTrue(offerer.sent.isEmpty());
  }

  @Test
  void litePeerIsControlledWhoeverOffers() {
    answerer.agent.start(new RemoteIce(offerer.credentials, true, List.of()), link.now);

    assertTrue(answerer.agent.isControlling());
  }

  @Test
  void nothingIsSentAfterClosing() {
    meet();
    link.run(1_000);
    offerer.agent.close();
    int before = offerer.sent.size();
    link.run(10_000);

    assertEquals(before, offerer.sent.size());
    assertEquals(Long.MAX_VALUE, offerer.agent.nextTime());
  }
}
