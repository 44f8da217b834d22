package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What webrtc-java answers with the end of the process, if it is let. */
class HazardTest {
  /** 100 for the whole proof. */
  private static final int REPETITIONS = Integer.getInteger("webrtc.repetitions", 8);

  private static final int IN_FLIGHT = 50;

  @Test
  @Timeout(120)
  void callbackThatThrowsCostsItsPeerOnly() {
    try (RtcHost ours = RtcHost.open();
        RtcHost theirs = RtcHost.open()) {
      TestPeer.Pair bad = ours.connect(theirs);

      theirs.breakCallbacks(true);
      bad.offerer().write(10);

      assertTrue(bad.answerer().closeReason().startsWith("internal error"));
      theirs.breakCallbacks(false);
      TestPeer.Pair good = ours.connect(theirs);
      good.offerer().write(10);
      await().until(() -> good.answerer().received.get() == 10);
    }
  }

  @Test
  @Timeout(300)
  void closeMayMeetWrites() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 15; round++) {
      List<TestPeer.Pair> pairs;
      try (RtcHost ours = RtcHost.open();
          RtcHost theirs = RtcHost.open()) {
        pairs = connect(ours, theirs, 10);
        for (TestPeer.Pair pair : pairs) {
          flood(ours, pair.offerer());
          flood(theirs, pair.answerer());
        }
        for (TestPeer.Pair pair : pairs) {
          Thread.sleep(random.nextInt(10));
          TestPeer closer = random.nextBoolean() ? pair.offerer() : pair.answerer();
          closer.close();
          // The news is one packet, which such a flood may drown; so it is not waited for.
          assertEquals("", closer.closeReason());
        }
      }
      for (TestPeer.Pair pair : pairs) {
        assertEquals(1, pair.offerer().closings.get());
        assertEquals(1, pair.answerer().closings.get());
      }
    }
  }

  private static void flood(RtcHost host, TestPeer peer) {
    Runnable pump =
        () -> {
          for (int i = 0; i < 100 && peer.writeNow(100_000) == 100_000; i++) {
            assertTrue(host.loop().inLoop());
          }
        };
    peer.onWritable = pump;
    host.loop().execute(pump);
  }

  static List<TestPeer.Pair> connect(RtcHost ours, RtcHost theirs, int count) {
    List<TestPeer> offerers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      offerers.add(ours.offer());
    }
    List<TestPeer.Pair> pairs = new ArrayList<>();
    for (TestPeer offerer : offerers) {
      pairs.add(new TestPeer.Pair(offerer, theirs.answer(RtcHost.get(offerer.description))));
    }
    for (TestPeer.Pair pair : pairs) {
      pair.offerer().accept(RtcHost.get(pair.answerer().description));
    }
    for (TestPeer.Pair pair : pairs) {
      RtcHost.get(pair.offerer().opened);
      RtcHost.get(pair.answerer().opened);
    }
    return pairs;
  }

  @Test
  @Timeout(1200)
  void engineMayBeClosedWhileFiftyNegotiationsAreInFlight() throws Exception {
    Random random = new Random(11);
    long slowest = 0;
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      RtcHost ours = RtcHost.open();
      RtcHost theirs = RtcHost.open();
      List<TestPeer> offerers = new ArrayList<>();
      List<TestPeer> answerers = new ArrayList<>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        TestPeer offerer = ours.offer();
        offerers.add(offerer);
        // Some are gathering, some are answered, some are open when the end comes.
        var ignored =
            offerer.description.thenAccept(
                offer -> {
                  TestPeer answerer = new TestPeer(theirs);
                  theirs
                      .loop()
                      .execute(
                          () -> {
                            answerers.add(answerer);
                            answerer.use(theirs.engine().answer(offer, answerer));
                          });
                  var unused =
                      answerer.description.thenAccept(
                          answer -> ours.loop().execute(() -> offerer.peer().accept(answer)));
                });
      }
      Thread.sleep(random.nextInt(250));

      long start = System.nanoTime();
      ours.close();
      theirs.close();

      slowest = Math.max(slowest, System.nanoTime() - start);
      for (TestPeer offerer : offerers) {
        RtcHost.get(offerer.closed);
        assertEquals(1, offerer.closings.get());
      }
      for (TestPeer answerer : answerers) {
        RtcHost.get(answerer.closed);
        assertEquals(1, answerer.closings.get());
      }
    }
    System.out.printf(
        "%d engines closed with %d negotiations in flight, the slowest in %d ms%n",
        2 * REPETITIONS, IN_FLIGHT, TimeUnit.NANOSECONDS.toMillis(slowest));
    assertTrue(Duration.ofNanos(slowest).toSeconds() < 60);
  }
}
