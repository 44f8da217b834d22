package org.webtorrent4j.webrtc.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.string;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.Tracker;

/** What becomes of torrents whose tracker goes away and comes back. */
class ReconnectTest extends SignalFixture {
  /** Events by torrent of what was sent since the last call. */
  private Map<String, String> takeEvents() {
    Map<String, String> events = new TreeMap<>();
    for (JsonObject message : script.last().take()) {
      String name = string(message, "info_hash");
      String old = events.put(name, string(message, "event"));
      assertEquals(null, old, "announced twice");
    }
    return events;
  }

  private static Map<String, String> events(String a, String b) {
    return new TreeMap<>(Map.of(ScriptedTracker.text(A), a, ScriptedTracker.text(B), b));
  }

  private void awaitSocket() {
    int before = script.sockets.size();
    while (script.sockets.size() == before) {
      advanceMillis(100);
    }
  }

  @Test
  void allTorrentsAreAnnouncedOnTheNextSocket() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().answer(A, 120, 1, 1);
    Outcome open = start(tracker, B);

    script.last().fail("the tracker closed the connection");
    assertEquals("the tracker closed the connection", open.reason());
    advance(2);

    assertEquals(2, script.sockets.size());
    assertEquals(events("", "started"), takeEvents());
  }

  @Test
  void trackerThatIsRestartedKnowsAllWithinTenSeconds() {
    Tracker tracker = tracker();
    script.answers = true;
    for (int i = 0; i < 500; i++) {
      start(tracker, hash(i));
      advanceMillis(20);
    }
    advance(61);

    script.isUp = false;
    script.last().fail("the tracker closed the connection");
    for (int i = 0; i < 3; i++) {
      advance(1);
      if (!script.last().isClosed) {
        script.last().fail("Connection refused");
      }
    }
    script.isUp = true;
    script.last().take();
    advance(10);

    assertEquals(500, script.last().take().size());
  }

  @Test
  void socketThatDiesWhileItOpensLosesNoTorrent() {
    script.isUp = false;
    Tracker tracker = tracker();
    Outcome a = start(tracker, A);
    Outcome b = start(tracker, B);
    script.last().fail("Connection refused");
    assertEquals("Connection refused", a.reason());
    assertEquals("Connection refused", b.reason());

    advance(2);
    assertEquals(2, script.sockets.size());
    script.last().fail("Connection refused");
    script.isUp = true;
    advance(4);

    assertEquals(3, script.sockets.size());
    assertEquals(events("started", "started"), takeEvents());
  }

  @Test
  void socketThatDiesWhileOffersAreGathered() {
    Tracker tracker = tracker();
    engine.gatherNanos = Duration.ofMillis(500).toNanos();
    start(tracker, A); // with those that are ready
    script.last().take();
    Outcome gathering = start(tracker, B);
    assertEquals(List.of(), script.last().take());

    script.last().fail("gone");
    assertEquals("gone", gathering.reason());
    advance(1);
    advance(2);

    assertEquals(2, script.sockets.size());
    assertEquals(events("started", "started"), takeEvents());
  }

  @Test
  void announceWhileTheTrackerIsAwayFailsAtOnceAndIsNotForgotten() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().fail("gone");

    left = 5;
    Outcome outcome = start(tracker, B);

    assertEquals("gone", outcome.reason());
    advance(2);
    List<JsonObject> sent = script.last().take();
    assertEquals(2, sent.size());
    assertEquals(5, sent.get(1).get("left").getAsInt());
  }

  @Test
  void torrentsThatLeftAreNotAnnouncedAnyMore() {
    Tracker tracker = tracker();
    start(tracker, A);
    start(tracker, B);
    script.last().fail("gone");

    announce(tracker, A, AnnounceEvent.STOPPED).response();
    advance(2);

    assertEquals(ScriptedTracker.text(B), string(script.last().takeOne(), "info_hash"));
    announce(tracker, A, AnnounceEvent.STOPPED).response();
    assertEquals(List.of(), script.last().take());
  }

  @Test
  void announceOfATorrentAfterOursIsAnsweredFromMemory() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().answer(A, 120, 1, 1);
    script.last().fail("gone");
    advance(2);
    script.last().take();
    script.last().answer(A, 120, 7, 8);

    advance(20);
    Outcome outcome = announce(tracker, A, AnnounceEvent.NONE);

    assertEquals(List.of(), script.last().take());
    assertEquals(OptionalInt.of(7), outcome.response().seeds());
    assertTrue(outcome.response().interval().compareTo(Duration.ofSeconds(101)) < 0);
    assertTrue(outcome.response().interval().compareTo(Duration.ofSeconds(95)) > 0);
    assertEquals(0, announce(tracker, A, AnnounceEvent.NONE).calls);
    assertEquals(1, script.last().take().size());
  }

  @Test
  void announceOfATorrentJoinsOursThatIsUnderWay() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().fail("gone");
    advance(2);
    assertEquals(1, script.last().take().size());

    Outcome outcome = start(tracker, A);

    assertEquals(List.of(), script.last().take());
    script.last().answer(A, 120, 7, 8);
    assertEquals(OptionalInt.of(7), outcome.response().seeds());
  }

  @Test
  void completedIsSentWhateverWasAnnounced() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().answer(A, 120, 1, 1);
    script.last().fail("gone");
    announce(tracker, A, AnnounceEvent.COMPLETED).failure();
    advance(2);
    assertEquals("", string(script.last().takeOne(), "event"));
    script.last().answer(A, 120, 1, 1);

    announce(tracker, A, AnnounceEvent.COMPLETED);

    assertEquals("completed", string(script.last().takeOne(), "event"));
  }

  @Test
  void startedIsSentUntilTheTrackerHasAnswered() {
    Tracker tracker = tracker();
    start(tracker, A);
    for (int i = 0; i < 3; i++) {
      assertEquals("started", string(script.last().takeOne(), "event"));
      script.last().fail("gone");
      advance(16);
    }
    script.last().take();
    script.last().answer(A, 120, 1, 1);
    script.last().fail("gone");
    advance(40);

    assertEquals("", string(script.last().takeOne(), "event"));
  }

  @Test
  void delaysGrowAndVaryUpToTwoMinutes() {
    script.isUp = false;
    Tracker tracker = tracker();
    start(tracker, A);
    double expected = 1;
    for (int i = 0; i < 12; i++) {
      long failed = loop.nanoTime();
      script.last().fail("Connection refused");
      awaitSocket();
      double seconds = (script.last().openedNanos - failed) / 1e9;
      assertTrue(seconds >= expected && seconds <= 2 * expected, expected + ": " + seconds);
      expected = Math.min(64, expected * 2);
    }
  }

  @Test
  void socketThatWorkedForAWhileEndsTheBackOff() {
    script.isUp = false;
    Tracker tracker = tracker();
    start(tracker, A);
    for (int i = 0; i < 5; i++) {
      script.last().fail("Connection refused");
      awaitSocket();
    }
    script.last().open();
    advance(30);
    script.last().fail("gone"); // too soon: it would be asked all the time
    int before = script.sockets.size();
    advance(30);
    assertEquals(before, script.sockets.size());
    awaitSocket();
    script.last().open();
    advance(60);

    script.last().fail("gone");
    advance(2);

    assertEquals(before + 2, script.sockets.size());
  }

  /** Some proxies cut every socket after half a minute. */
  @ParameterizedTest
  @ValueSource(ints = {30, 55})
  void socketsThatAreCutAfterTheirWorkWasDoneAreReplacedWithinSeconds(int seconds) {
    script.answers = true;
    start(tracker(), A);
    for (int i = 0; i < 20; i++) {
      int before = script.sockets.size();
      advance(seconds);

      script.last().fail("cut");
      advance(8);

      assertEquals(before + 1, script.sockets.size());
    }
  }

  @Test
  void trackerThatHangsUpAfterEachAnswerIsAskedLessAndLess() {
    script.answers = true;
    start(tracker(), A);
    for (int i = 0; i < 8; i++) {
      script.last().fail("cut");
      awaitSocket();
    }
    int before = script.sockets.size();

    script.last().fail("cut");
    advance(60);

    assertEquals(before, script.sockets.size());
  }

  @Test
  void tenThousandTorrentsComeBackOneAfterTheOther() {
    int count = 10_000;
    Tracker tracker = tracker();
    script.answers = true;
    for (int i = 0; i < count; i++) {
      start(tracker, hash(i));
      advanceMillis(10);
    }
    advance(2);
    script.last().fail("gone");

    advance(2);
    ScriptedTracker.Socket socket = script.last();
    advance(150);

    assertEquals(socket, script.last());
    List<JsonObject> all = socket.take();
    assertEquals(count, all.stream().map(each -> string(each, "info_hash")).distinct().count());
    // Those that had no offer the first time may be announced again with one.
    assertTrue(all.size() <= count + 4 * limits.maxOffers(), () -> "sent " + all.size());
    Map<Long, Integer> perSecond = new HashMap<>();
    long first = socket.sentNanos.get(0);
    for (long nanos : socket.sentNanos) {
      perSecond.merge((nanos - first) / 1_000_000_000, 1, Integer::sum);
    }
    perSecond.values().forEach(sent -> assertTrue(sent <= 201, perSecond::toString));
    assertTrue(engine.open().size() <= limits.maxOffers(), () -> "open: " + engine.open().size());
  }

  @Test
  void silentTrackerIsLeft() {
    Tracker tracker = tracker();
    Outcome outcome = start(tracker, A);
    script.isAlive = false;
    advance(51);
    assertEquals(2, script.last().pings);
    assertFalse(script.last().isClosed);

    advance(50);

    assertTrue(script.sockets.get(0).isClosed);
    assertEquals(1, outcome.calls);
    assertEquals("no sign of life for 100 s", announce(tracker, A, AnnounceEvent.NONE).reason());
    advance(2);
    assertEquals(2, script.sockets.size());
  }

  @Test
  void trackerThatAnswersPingsIsKept() {
    start(tracker(), A);

    advance(1000);

    assertEquals(40, script.last().pings);
    assertEquals(1, script.sockets.size());
  }

  @Test
  void socketThatDoesNotOpenIsGivenUp() {
    script.isUp = false;
    Outcome outcome = start(tracker(), A);

    advance(20);

    assertEquals("no connection within 20 s", outcome.reason());
    assertTrue(script.sockets.get(0).isClosed);
  }

  @Test
  void lateWordsOfADeadSocketCountNothing() {
    Tracker tracker = tracker();
    start(tracker, A);
    ScriptedTracker.Socket first = script.last();
    first.fail("gone");
    advance(2);
    script.last().take();

    first.isClosed = false;
    first.open();
    first.answer(A, 120, 1, 1);
    first.fail("again");

    Outcome outcome = start(tracker, A);
    assertEquals(0, outcome.calls);
    script.last().answer(A, 120, 2, 2);
    assertEquals(OptionalInt.of(2), outcome.response().seeds());
    assertEquals(2, script.sockets.size());
  }

  @Test
  void slowTrackerIsNotBuriedInAnnounces() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().take();
    script.last().queued = 600_000;
    for (int i = 0; i < 50; i++) {
      start(tracker, hash(i));
    }
    assertEquals(0, script.last().take().size());

    script.last().queued = 0;
    advance(2);

    assertEquals(50, script.last().take().size());
  }

  @Test
  void closingWhileTheNextSocketIsWaitedFor() {
    Tracker tracker = tracker();
    start(tracker, A);
    script.last().fail("gone");

    tracker.close();
    advance(1000);

    assertEquals(1, script.sockets.size());
    assertEquals(0, loop.timerCount());
  }

  @Test
  void infoHashesOfTheFixtureDiffer() {
    List<InfoHash> all = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      all.add(hash(i));
    }
    assertEquals(10_000, all.stream().distinct().count());
  }
}
