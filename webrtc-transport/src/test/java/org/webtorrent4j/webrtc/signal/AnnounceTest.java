package org.webtorrent4j.webrtc.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.offer;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.offers;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.string;

import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;

/** What is announced, and what becomes of the answers. */
class AnnounceTest extends SignalFixture {
  @Test
  void firstAnnounceOfALeech() {
    Outcome outcome = start(tracker(), A);

    JsonObject message = script.last().takeOne();
    assertEquals(TRACKER, script.last().uri);
    assertEquals("announce", string(message, "action"));
    assertEquals(ScriptedTracker.text(A), string(message, "info_hash"));
    assertEquals(ScriptedTracker.text(us), string(message, "peer_id"));
    assertEquals("started", string(message, "event"));
    assertEquals(1000, message.get("left").getAsLong());
    assertEquals(11, message.get("uploaded").getAsLong());
    assertEquals(22, message.get("downloaded").getAsLong());
    assertEquals(5, message.get("numwant").getAsInt());
    assertEquals(5, offers(message).size());
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      ids.add(string(offer(message, i), "offer_id"));
      assertTrue(ScriptedTracker.sdp(message, i).startsWith("v=0"));
    }
    assertEquals(5, ids.size());
    ids.forEach(id -> assertEquals(20, id.length()));
    assertEquals(0, outcome.calls);
  }

  @Test
  void answerIsPassedOn() {
    Outcome outcome = start(tracker(), A);
    JsonObject response = ScriptedTracker.response(A, 120, 3, 4);
    response.addProperty("warning message", "old client");
    response.addProperty("min interval", 20);

    script.last().say(response);

    assertEquals(Duration.ofMinutes(2), outcome.response().interval());
    assertEquals(Duration.ofSeconds(20), outcome.response().minInterval());
    assertEquals(OptionalInt.of(3), outcome.response().seeds());
    assertEquals(OptionalInt.of(4), outcome.response().leeches());
    assertEquals(Optional.of("old client"), outcome.response().warning());
    assertEquals(List.of(), outcome.response().peers());
    script.last().say(response);
    assertEquals(1, outcome.calls);
  }

  @Test
  void whoIsAloneNeedNotHurry() {
    Tracker tracker = tracker();
    Outcome alone = start(tracker, A);
    script.last().answer(A, 120, 0, 1);
    Outcome withOthers = start(tracker, B);
    script.last().answer(B, 120, 0, 2);

    assertEquals(Duration.ofMinutes(2), alone.response().minInterval());
    assertEquals(Duration.ofMinutes(1), withOthers.response().minInterval());
  }

  @Test
  void seedMakesFewerOffers() {
    left = 0;

    start(tracker(), A);

    JsonObject message = script.last().takeOne();
    assertEquals(2, offers(message).size());
    assertEquals(0, message.get("left").getAsInt());
  }

  @Test
  void whereNobodyIsOneOfferIsEnough() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().answer(A, 120, 0, 1);
    script.last().take();

    announce(tracker, A, AnnounceEvent.NONE);

    JsonObject message = script.last().takeOne();
    assertEquals(1, offers(message).size());
    assertFalse(message.has("event"));
  }

  @Test
  void whoWantsNobodyMakesNoOffer() {
    wanted = 0;

    start(tracker(), A);

    JsonObject message = script.last().takeOne();
    assertEquals(0, offers(message).size());
    assertEquals(0, message.get("numwant").getAsInt());
  }

  @Test
  void torrentsShareASocketAndAPeerId() {
    Tracker tracker = tracker();

    start(tracker, A);
    start(tracker, B);

    List<JsonObject> messages = script.last().take();
    assertEquals(1, script.sockets.size());
    assertEquals(ScriptedTracker.text(B), string(messages.get(1), "info_hash"));
    assertEquals(string(messages.get(0), "peer_id"), string(messages.get(1), "peer_id"));
  }

  @Test
  void completedHasNoOffers() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().answer(A, 120, 1, 1);
    script.last().take();

    left = 0;
    Outcome outcome = announce(tracker, A, AnnounceEvent.COMPLETED);
    JsonObject message = script.last().takeOne();
    script.last().answer(A, 120, 2, 0);

    assertEquals("completed", string(message, "event"));
    assertEquals(0, message.get("numwant").getAsInt());
    assertFalse(message.has("offers"));
    assertEquals(OptionalInt.of(2), outcome.response().seeds());
  }

  @Test
  void stoppedNeedsNoAnswer() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().answer(A, 120, 1, 1);
    script.last().take();

    Outcome outcome = announce(tracker, A, AnnounceEvent.STOPPED);

    outcome.response();
    JsonObject message = script.last().takeOne();
    assertEquals("stopped", string(message, "event"));
    assertEquals(1000, message.get("left").getAsInt());
    assertFalse(message.has("offers"));
    tracker.close();
    assertTrue(script.last().isClosed);
  }

  @Test
  void torrentThatLeavesEndsWhatItHasUnderWay() {
    Tracker tracker = tracker();
    Outcome started = start(tracker, A);
    Outcome completed = announce(tracker, A, AnnounceEvent.COMPLETED);

    Outcome stopped = announce(tracker, A, AnnounceEvent.STOPPED);

    assertEquals("the torrent has left", started.reason());
    assertEquals("the torrent has left", completed.reason());
    stopped.response();
    List<JsonObject> messages = script.last().take();
    assertEquals("stopped", string(messages.get(messages.size() - 1), "event"));
    assertEquals(2, messages.size());
  }

  @Test
  void trackerThatNeverHeardOfATorrentNeedNoGoodbye() {
    script.isUp = false;
    Tracker tracker = tracker();
    start(tracker, A);

    Outcome stopped = announce(tracker, A, AnnounceEvent.STOPPED);

    stopped.response();
    script.last().open();
    assertEquals(List.of(), script.last().take());
  }

  @Test
  void announcesOfATorrentKeepTheirOrder() {
    Tracker tracker = tracker();
    start(tracker, A);
    Outcome completed = announce(tracker, A, AnnounceEvent.COMPLETED);
    assertEquals("started", string(script.last().takeOne(), "event"));

    script.last().answer(A, 120, 1, 1);

    assertEquals("completed", string(script.last().takeOne(), "event"));
    script.last().answer(A, 120, 1, 1);
    completed.response();
  }

  @Test
  void refusalsAreShownAndSpareTheTracker() {
    Tracker tracker = tracker();
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Outcome outcome = start(tracker, A);
      script.last().say(ScriptedTracker.failure(A, "torrent not allowed"));
      assertEquals("torrent not allowed", outcome.reason());
      pauses.add(outcome.failure().retryAfter().orElseThrow());
    }

    assertEquals(Duration.ofSeconds(30), pauses.get(0));
    assertEquals(Duration.ofMinutes(1), pauses.get(1));
    assertEquals(Duration.ofMinutes(64), pauses.get(9));
    assertFalse(script.last().isClosed);
  }

  @Test
  void complaintAboutNothingInParticularIsShownIfThereIsNoAnswer() {
    Outcome outcome = start(tracker(), A);

    script.last().say("{\"failure reason\":\"Invalid request\"}");
    assertEquals(0, outcome.calls);
    advance(30);

    assertEquals("no answer within 30 s; it said: Invalid request", outcome.reason());
    assertFalse(script.last().isClosed);
  }

  @Test
  void answerThatNobodyWaitsForIsIgnored() {
    Tracker tracker = tracker();
    Outcome first = start(tracker, A);
    script.last().answer(A, 120, 1, 1);

    script.last().answer(A, 5, 9, 9); // to an answer of ours, as aquatic does
    script.last().say(ScriptedTracker.failure(A, "Could not find the offer"));

    assertEquals(1, first.calls);
    Outcome second = announce(tracker, A, AnnounceEvent.NONE);
    assertEquals(0, second.calls);
    script.last().answer(A, 120, 1, 1);
    assertEquals(OptionalInt.of(1), second.response().seeds());
  }

  @Test
  void trackerIdIsToldAgain() {
    Tracker tracker = tracker();
    start(tracker, A);
    JsonObject response = ScriptedTracker.response(A, 120, 1, 1);
    response.addProperty("tracker id", "t\u00e9");
    script.last().say(response);
    script.last().take();

    announce(tracker, A, AnnounceEvent.NONE);
    start(tracker, B);

    List<JsonObject> messages = script.last().take();
    assertEquals("t\u00e9", string(messages.get(0), "trackerid"));
    assertFalse(messages.get(1).has("trackerid"));
  }

  @Test
  void announcesWaitForTheEngine() {
    Tracker tracker = signalling.open(TRACKER);
    Outcome outcome = start(tracker, A);
    assertTrue(script.last().isOpen);
    assertEquals(List.of(), script.last().take());
    advance(1);

    signalling.onEngine(engine);
    loop.runReady();

    assertEquals(5, offers(script.last().takeOne()).size());
    assertEquals(0, outcome.calls);
  }

  @Test
  void withoutAnEngineTrackersAreOfNoUse() {
    Tracker tracker = signalling.open(TRACKER);
    Outcome early = start(tracker, A);

    signalling.onUnavailable("libpulse.so.0 is missing");
    loop.runReady();
    Outcome late = start(tracker, B);

    assertEquals("libpulse.so.0 is missing", early.reason());
    assertEquals("libpulse.so.0 is missing", late.reason());
    assertEquals(Optional.of(TrackerException.NEVER), late.failure().retryAfter());
    assertTrue(script.last().isClosed);
    advance(1000);
    assertEquals(1, script.sockets.size());
  }

  @Test
  void engineThatNeverComesDoesNotHoldAnAnnounceForever() {
    Tracker tracker = signalling.open(TRACKER);
    Outcome outcome = start(tracker, A);

    advance(30);

    assertEquals("not ready within 30 s", outcome.reason());
    signalling.onEngine(engine);
    loop.runReady();
    assertEquals(1, script.last().take().size());
  }

  @Test
  void offersThatAreNotReadyAreWaitedForShortly() {
    engine.gatherNanos = Duration.ofMillis(400).toNanos();
    start(tracker(), A);

    assertEquals(List.of(), script.last().take());
    advanceMillis(400);

    assertEquals(5, offers(script.last().takeOne()).size());
  }

  @Test
  void announceGoesOutWithTheOffersThereAre() {
    Tracker tracker = tracker(); // with five that are ready
    engine.gatherNanos = Duration.ofMinutes(1).toNanos();
    start(tracker, A);
    assertEquals(5, offers(script.last().takeOne()).size());

    start(tracker, B);
    advanceMillis(999);
    assertEquals(List.of(), script.last().take());
    advanceMillis(1);

    JsonObject message = script.last().takeOne();
    assertEquals(0, offers(message).size());
    assertEquals(0, message.get("numwant").getAsInt());
  }

  @Test
  void messagesStayBelowWhatTrackersTake() {
    engine.padding = "a=candidate\r\n".repeat(1000);
    Tracker tracker = tracker();

    start(tracker, A);

    JsonObject message = script.last().takeOne();
    assertEquals(3, offers(message).size());
    assertEquals(3, message.get("numwant").getAsInt());
    assertTrue(script.last().longest < 64 * 1024);
  }

  @Test
  void ordinaryAnnounceFitsIntoAFrame() {
    engine.padding = "a=candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host\r\n".repeat(15);
    left = Long.MAX_VALUE;

    start(tracker(), A);

    assertTrue(script.last().longest < 16_000, () -> "bytes: " + script.last().longest);
  }

  @Test
  void socketsAreBounded() {
    List<Outcome> outcomes = new ArrayList<>();
    List<Tracker> trackers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      trackers.add(tracker(URI.create("ws://t" + i + ".example/")));
      outcomes.add(start(trackers.get(i), A));
    }
    advanceMillis(1);

    assertEquals(32, script.sockets.size());
    assertEquals("too many WebSocket trackers are in use already", outcomes.get(39).reason());
    trackers.get(0).close();
    advance(200);
    assertEquals(33, script.sockets.size());
  }

  @Test
  void closedTrackerSaysNothingAnyMore() {
    Tracker tracker = tracker();
    Outcome outcome = start(tracker, A);

    tracker.close();
    tracker.close();
    Outcome late = start(tracker, B);
    advance(100);

    assertEquals(0, outcome.calls);
    assertEquals(0, late.calls);
    assertEquals(1, script.sockets.size());
    assertEquals(0, engine.open().size());
  }
}
