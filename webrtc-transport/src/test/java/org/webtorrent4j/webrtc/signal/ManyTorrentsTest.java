package org.webtorrent4j.webrtc.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.offers;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.string;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.Tracker;

/** Torrents that share the offers there are, and those that come too early for any. */
class ManyTorrentsTest extends SignalFixture {
  private final Map<String, Integer> offersByTorrent = new HashMap<>();

  /** How many offers each torrent has sent. */
  private Collection<Integer> sent() {
    for (JsonObject message : script.last().take()) {
      if (message.has("offers")) {
        offersByTorrent.merge(string(message, "info_hash"), offers(message).size(), Integer::sum);
      }
    }
    return offersByTorrent.values();
  }

  private void gathersIn(int millis) {
    engine.gatherNanos = Duration.ofMillis(millis).toNanos();
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "10, 20", "10, 500", "11, 500", "30, 0", "30, 500", "100, 0", "100, 20"})
  void everyOneOfManyHasAnOfferOutWithinSeconds(int torrents, int gatherMillis) {
    gathersIn(gatherMillis);
    script.answers = true;
    Tracker tracker = tracker();
    for (int i = 0; i < torrents; i++) {
      start(tracker, hash(i));
    }

    advance(8);

    assertEquals(torrents, sent().size());
    assertFalse(sent().contains(0), () -> "offers: " + sent());
    assertTrue(engine.open().size() <= limits.maxOffers());
  }

  /** As a person adds them, or a program that reads them from a list. */
  @ParameterizedTest
  @CsvSource({"100, 1", "100, 10", "100, 100"})
  void thoseThatComeOneAfterTheOtherFindOthersReadyToShare(int torrents, int pauseMillis) {
    gathersIn(50);
    script.answers = true;
    Tracker tracker = tracker();
    for (int i = 0; i < torrents; i++) {
      start(tracker, hash(i));
      advanceMillis(pauseMillis);
    }

    advance(8);

    assertFalse(sent().contains(0), () -> "offers: " + sent());
  }

  @Test
  void nobodyGetsASecondOfferBeforeAllHaveOne() {
    gathersIn(900);
    Tracker tracker = tracker();

    for (int i = 0; i < 10; i++) {
      start(tracker, hash(i));
    }
    advance(1);

    assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), List.copyOf(sent()));
  }

  @Test
  void announceWithoutOffersIsFollowedByOneAsSoonAsThereIsOne() {
    gathersIn(5000);
    script.answers = true;
    start(tracker(), A);
    advance(2);
    assertEquals(0, offers(script.last().takeOne()).size());

    advance(3);

    JsonObject message = script.last().takeOne();
    assertTrue(offers(message).size() > 0);
    assertFalse(message.has("event"));
    advance(40);
    assertEquals(List.of(), script.last().take());
  }

  @Test
  void trackerThatSaysNothingIsToldOfTheOffersAllTheSame() {
    gathersIn(5000);
    start(tracker(), A);

    advance(31);

    assertEquals(2, script.last().take().size());
  }

  @Test
  void whoIsAloneIsNotAnnouncedAgainForTheOffers() {
    gathersIn(5000);
    start(tracker(), A);
    advance(2);
    script.last().answer(A, 120, 0, 1);
    script.last().take();

    advance(20);

    assertEquals(List.of(), script.last().take());
  }

  @Test
  void refusedTorrentIsLeftAlone() {
    gathersIn(5000);
    start(tracker(), A);
    advance(2);
    script.last().say(ScriptedTracker.failure(A, "not here"));
    script.last().take();

    advance(20);

    assertEquals(List.of(), script.last().take());
  }

  @Test
  void torrentThatHasLeftIsNotAnnouncedAgain() {
    gathersIn(5000);
    script.answers = true;
    Tracker tracker = tracker();
    start(tracker, A);
    advance(2);
    announce(tracker, A, AnnounceEvent.STOPPED);
    script.last().take();

    advance(20);

    assertEquals(List.of(), script.last().take());
    assertTrue(
        engine.open().size() <= 2 * engine.spareOffers(), () -> "open " + engine.open().size());
  }

  @Test
  void announceOfItsOwnTakesTheOffersThatATorrentWaitsFor() {
    gathersIn(5000);
    script.answers = true;
    Tracker tracker = tracker();
    start(tracker, A);
    advance(2);
    script.last().take();
    announce(tracker, A, AnnounceEvent.NONE);
    advance(2);
    assertEquals(0, offers(script.last().takeOne()).size());

    advance(2);

    assertTrue(offers(script.last().takeOne()).size() > 0);
  }

  @Test
  void leechComesBeforeSeedsThatHoldEveryOffer() {
    left = 0;
    script.answers = true;
    Tracker tracker = tracker();
    for (int i = 0; i < 150; i++) {
      start(tracker, hash(i));
    }
    advance(10);
    sent();
    offersByTorrent.clear();
    left = 1000;

    start(tracker, hash(1000));
    advance(5);

    sent();
    assertTrue(offersByTorrent.getOrDefault(ScriptedTracker.text(hash(1000)), 0) > 0);
  }

  @Test
  void torrentsOfAnotherTrackerShareToo() {
    script.answers = true;
    Tracker first = tracker();
    for (int i = 0; i < 60; i++) {
      start(first, hash(i));
    }
    Tracker second = tracker(java.net.URI.create("ws://second.example/"));
    for (int i = 0; i < 40; i++) {
      start(second, hash(i));
    }

    advance(8);

    assertFalse(sent().contains(0), () -> "offers: " + sent());
  }
}
