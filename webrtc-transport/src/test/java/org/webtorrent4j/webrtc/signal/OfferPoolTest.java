package org.webtorrent4j.webrtc.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.webrtc.rtc.FakeEngine.FakePeer;

/** Offers that are made ahead. */
class OfferPoolTest extends SignalFixture {
  @Test
  void offersAreReadyBeforeTheFirstAnnounce() {
    tracker();

    assertEquals(engine.spareOffers(), engine.open().size());
    assertEquals(List.of(), script.sockets);
  }

  @Test
  void engineWhoseOffersTakeNoTimeMakesNoneAhead() {
    engine.spareOffers = 0;
    Tracker tracker = tracker();
    assertEquals(List.of(), engine.peers);

    start(tracker, A);

    assertEquals(5, ScriptedTracker.offers(script.last().takeOne()).size());
    assertEquals(5, engine.peers.size());
  }

  /** As it does where STUN answers late. */
  @Test
  void offerThatGetsBetterWhileItIsReadyIsSentAtItsBest() {
    Tracker tracker = tracker();
    engine.peers.get(0).describe("v=0\r\ns=better\r\n");

    start(tracker, A);

    assertEquals("v=0\r\ns=better\r\n", ScriptedTracker.sdp(script.last().takeOne(), 0));
  }

  @Test
  void withoutATrackerThereAreNone() {
    signalling.onEngine(engine);
    advance(1);
    assertEquals(0, engine.peers.size());

    Tracker tracker = tracker();
    tracker.close();
    advance(1);

    assertEquals(0, engine.open().size());
    assertEquals(engine.spareOffers(), engine.peers.size());
  }

  @Test
  void takenOffersAreReplaced() {
    start(tracker(), A);

    assertEquals(2 * engine.spareOffers(), engine.open().size());
  }

  @Test
  void oldOffersAreMadeAnew() {
    tracker();
    List<FakePeer> first = List.copyOf(engine.peers);
    advance(119);
    assertFalse(first.get(0).isClosed);

    advance(1);

    first.forEach(peer -> assertTrue(peer.isClosed));
    assertEquals(engine.spareOffers(), engine.open().size());
  }

  @Test
  void offersOutAreBounded() {
    Tracker tracker = tracker();
    for (int i = 0; i < 200; i++) {
      start(tracker, hash(i));
      assertTrue(engine.open().size() <= limits.maxOffers());
    }
    advance(2);

    assertEquals(200, script.last().take().size());
    assertTrue(engine.open().size() <= limits.maxOffers());
    advance(60);
    assertTrue(engine.open().size() <= limits.maxOffers());
  }

  @Test
  void noOffersAreAnOption() {
    limits = new SignalLimits(0, 100, 32);
    signalling = newSignalling();

    start(tracker(), A);

    assertEquals(0, ScriptedTracker.offers(script.last().takeOne()).size());
    assertEquals(0, engine.peers.size());
  }

  @Test
  void engineThatFailsIsNotAskedAllTheTime() {
    engine.isBroken = true;
    Tracker tracker = tracker();
    Outcome outcome = start(tracker, A);
    assertEquals(0, ScriptedTracker.offers(script.last().takeOne()).size());

    advance(100);

    assertTrue(engine.peers.size() < 50, () -> "asked " + engine.peers.size());
    assertEquals("no answer within 30 s", outcome.reason());
    engine.isBroken = false;
    advance(40);
    assertEquals(engine.spareOffers() + 1, engine.open().size());
    assertEquals(1, ScriptedTracker.offers(script.last().takeOne()).size());
  }

  @Test
  void offersOfATorrentThatLeftInTheMeantimeGoToTheNext() {
    Tracker tracker = tracker();
    engine.gatherNanos = Duration.ofMillis(500).toNanos();
    start(tracker, A);
    start(tracker, B);
    announce(tracker, B, AnnounceEvent.STOPPED);
    script.last().take();

    advanceMillis(500);

    assertEquals(List.of(), script.last().take());
    start(tracker, hash(3));
    assertEquals(5, ScriptedTracker.offers(script.last().takeOne()).size());
  }

  @Test
  void whenFewAreLeftEachTorrentGetsLess() {
    Tracker tracker = tracker();
    for (int i = 0; i < 40; i++) {
      start(tracker, hash(i));
    }
    advance(2);

    List<Integer> counts =
        script.last().take().stream()
            .map(message -> ScriptedTracker.offers(message).size())
            .toList();
    assertEquals(5, counts.get(0));
    assertTrue(counts.stream().filter(count -> count > 0).count() >= 30, counts::toString);
  }

  /** Ten thousand torrents announce 80 times a second; there cannot be offers for all of them. */
  @Test
  void whereNoOffersCanBeMadeNobodyWaits() {
    engine.gatherNanos = Duration.ofMillis(900).toNanos();
    Tracker tracker = tracker();
    script.answers = true;
    advance(1);
    for (int i = 0; i < 3000; i++) {
      start(tracker, hash(i));
      advanceMillis(10);
    }

    int sent = script.last().take().size();
    assertTrue(sent > 2900, () -> "sent " + sent);
  }
}
