package org.webtorrent4j.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncerTimesTest extends AnnouncerFixture {
  private Announcer announcer = announcer(List.of());

  private double nextSeconds(String url) {
    return status(announcer, url).nextAnnounce().orElseThrow().toMillis() / 1000.0;
  }

  private void assertBetween(double low, double high, double value) {
    assertTrue(low <= value && value <= high, value + " is not in " + low + " .. " + high);
  }

  private void begin(String url) {
    announcer = started(List.of(List.of(url)));
  }

  @Test
  void announcesAreSpreadButNeverLate() {
    begin(A);
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int i = 0; i < 200; i++) {
      trackers.answer(A);
      least = Math.min(least, nextSeconds(A));
      most = Math.max(most, nextSeconds(A));
      advance(1800);
    }

    assertBetween(1710, 1720, least);
    assertBetween(1790, 1800, most);
  }

  @Test
  void intervalIsClamped() {
    begin(A);

    trackers.answer(A, FakeTrackers.response(0, 0));
    assertEquals(60, nextSeconds(A));
    advance(60);
    trackers.answer(A, FakeTrackers.response(Integer.MAX_VALUE, 5));
    assertBetween(0.95 * 86_400, 86_400, nextSeconds(A));
  }

  @Test
  void webSocketTrackersMayBeAskedMoreOften() {
    begin(WS1);

    trackers.answer(WS1, FakeTrackers.response(1, 1));

    assertEquals(15, nextSeconds(WS1));
  }

  @Test
  void minimalIntervalBeatsTheInterval() {
    begin(A);

    trackers.answer(A, FakeTrackers.response(100, 900));

    assertEquals(900, nextSeconds(A));
  }

  @Test
  void wishForMorePeersIsServedOnceAMinimalInterval() {
    begin(A);
    trackers.answer(A);
    trackers.events();

    announcer.wantMorePeers();
    advance(599);
    announcer.wantMorePeers();
    assertTrue(trackers.events().isEmpty());
    advance(1);
    assertEquals(List.of(A + " NONE"), trackers.events());

    trackers.answer(A);
    advance(700);
    assertTrue(trackers.events().isEmpty());
    announcer.wantMorePeers();
    assertEquals(List.of(A + " NONE"), trackers.events());
  }

  @Test
  void failuresBackOff() {
    begin(A);
    double[] seconds = {17.5, 55, 117.5, 205};

    for (double expected : seconds) {
      trackers.fail(A);
      assertBetween(expected, expected * 1.1, nextSeconds(A));
      advance(300);
    }
    for (int i = 0; i < 30; i++) {
      trackers.fail(A);
      advance(4000);
    }
    trackers.fail(A);
    assertBetween(3600, 3960, nextSeconds(A));
  }

  @Test
  void webSocketTrackersAreAskedAgainWithinAMinute() {
    begin(WS1);

    for (int i = 0; i < 10; i++) {
      trackers.fail(WS1);
      advance(70);
    }
    trackers.fail(WS1);

    assertBetween(60, 66, nextSeconds(WS1));
  }

  @Test
  void answerEndsTheBackOff() {
    begin(A);
    trackers.fail(A);
    advance(20);
    trackers.answer(A);
    advance(1800);

    trackers.fail(A);

    assertBetween(17.5, 19.25, nextSeconds(A));
  }

  @Test
  void wishOfTheTrackerForTheNextTryIsKept() {
    begin(A);

    trackers.fail(A, new TrackerException("Overloaded", Duration.ofMinutes(5)));

    assertEquals(300, nextSeconds(A));
    announcer.wantMorePeers();
    advance(299);
    assertTrue(trackers.open.isEmpty());
    advance(1);
    assertEquals(1, trackers.open.size());
  }

  @Test
  void trackerThatSaysNeverIsNotAskedAgain() {
    begin(A);

    trackers.fail(A, new TrackerException("gone", TrackerException.NEVER));
    loop.runAll();

    assertTrue(trackers.open.isEmpty());
    assertEquals(TrackerStatus.State.DISABLED, status(announcer, A).state());
    assertEquals("gone", status(announcer, A).error().orElseThrow());
  }

  @Test
  void aTorrentHasOneTimerAtMost() {
    announcer = started(List.of(List.of(A, B), List.of(C), List.of(WS1)));
    for (FakeTrackers.Asked asked : List.copyOf(trackers.open)) {
      trackers.answer(asked.uri().toString());
      announcer.wantMorePeers();
      assertTrue(loop.timerCount() <= 1);
    }
    assertEquals(1, loop.timerCount());
  }
}
