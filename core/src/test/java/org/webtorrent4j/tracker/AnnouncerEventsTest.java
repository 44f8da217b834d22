package org.webtorrent4j.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncerEventsTest extends AnnouncerFixture {
  private final List<String> done = new ArrayList<>();

  private void stop(Announcer announcer) {
    announcer.stop(() -> done.add("done"));
  }

  @Test
  void startedIsSentUntilItIsDeliveredOnce() {
    started(List.of(List.of(A)));

    trackers.fail(A);
    advance(20);
    trackers.answer(A);
    advance(1800);

    assertEquals(List.of(A + " STARTED", A + " STARTED", A + " NONE"), trackers.events());
  }

  @Test
  void completedIsSentExactlyOnce() {
    Announcer announcer = started(List.of(List.of(A)));
    trackers.answer(A);

    announcer.completed();
    announcer.completed();
    trackers.fail(A);
    advance(20);
    trackers.answer(A);
    announcer.completed();
    advance(1800);

    assertEquals(
        List.of(A + " STARTED", A + " COMPLETED", A + " COMPLETED", A + " NONE"),
        trackers.events());
  }

  @Test
  void completedIsNotSentForWhatWasCompleteAtTheStart() {
    left = 0;
    Announcer announcer = started(List.of(List.of(A)));
    trackers.answer(A);

    announcer.completed();

    assertEquals(List.of(A + " STARTED"), trackers.events());
  }

  @Test
  void completedFollowsAStartedThatIsUnderWay() {
    Announcer announcer = started(List.of(List.of(A)));

    announcer.completed();
    assertEquals(List.of(A + " STARTED"), trackers.events());
    trackers.answer(A);

    assertEquals(List.of(A + " COMPLETED"), trackers.events());
  }

  @Test
  void completedDoesNotWaitForTheInterval() {
    Announcer announcer = started(List.of(List.of(A), List.of(WS1)));
    trackers.answer(A);
    trackers.answer(WS1);
    trackers.events();

    announcer.completed();

    assertEquals(List.of(A + " COMPLETED", WS1 + " COMPLETED"), trackers.events());
  }

  @Test
  void trackerThatIsFirstHeardOfAfterwardsIsNotToldOfTheCompletion() {
    Announcer announcer = started(List.of(List.of(A, B)));
    String first = trackers.open.get(0).uri().toString();
    String second = first.equals(A) ? B : A;
    trackers.answer(first);
    announcer.completed();
    trackers.answer(first);
    advance(1800);
    trackers.events();

    trackers.fail(first);
    trackers.answer(second);

    assertEquals(List.of(second + " STARTED"), trackers.events());
  }

  @Test
  void stoppedGoesToAllThatKnowUsAndNobodyElse() {
    Announcer announcer = started(List.of(List.of(A), List.of(B), List.of(C)));
    trackers.answer(A);
    trackers.fail(B);
    trackers.events();

    stop(announcer);

    assertEquals(List.of(A + " STOPPED", C + " STOPPED"), sorted(stoppedOnly()));
    trackers.answer(A);
    assertTrue(done.isEmpty());
    trackers.take(C); // the announce before
    trackers.answer(C);
    assertEquals(List.of("done"), done);
    assertEquals(3, trackers.events().stream().filter(e -> e.endsWith("closed")).count());
    assertEquals(0, loop.timerCount());
  }

  private List<String> stoppedOnly() {
    return trackers.log.stream().filter(e -> e.endsWith("STOPPED")).toList();
  }

  private static List<String> sorted(List<String> list) {
    return list.stream().sorted().toList();
  }

  @Test
  void stoppedAsksForNoPeers() {
    Announcer announcer = started(List.of(List.of(A)));
    assertEquals(50, trackers.open.get(0).request().wantedPeers());
    trackers.answer(A);

    stop(announcer);

    AnnounceRequest request = trackers.open.get(0).request();
    assertEquals(0, request.wantedPeers());
    assertEquals(1000, request.left());
    assertEquals(11, request.uploaded());
    assertEquals(22, request.downloaded());
  }

  @Test
  void stoppingTakesFiveSecondsAtMost() {
    Announcer announcer = started(List.of(List.of(A)));
    trackers.answer(A);

    stop(announcer);
    advance(4);
    assertTrue(done.isEmpty());
    advance(1);

    assertEquals(List.of("done"), done);
    assertEquals(0, pool.underWay());
  }

  @Test
  void stoppingIsNeverDoneInsideTheCall() {
    Announcer announcer = announcer(List.of(List.of(A)));

    stop(announcer);
    assertTrue(done.isEmpty());
    loop.runReady();
    assertEquals(List.of("done"), done);

    stop(announcer);
    assertEquals(1, done.size());
    loop.runReady();
    assertEquals(2, done.size());
    assertEquals(List.of(A + " closed"), trackers.events());
  }

  @Test
  void nothingIsReportedAfterTheStop() {
    Announcer announcer = started(List.of(List.of(A)));

    stop(announcer);
    trackers.answer(A, FakeTrackers.response(1800, 600, PEER));
    advance(10_000);

    assertTrue(peers.isEmpty());
    assertTrue(statuses.isEmpty());
    assertTrue(announcer.status().isEmpty());
  }

  @Test
  void keyStaysTheSame() {
    started(List.of(List.of(A), List.of(B)));

    assertEquals(trackers.open.get(0).request().key(), trackers.open.get(1).request().key());
  }

  @Test
  void startingTwiceIsRefused() {
    Announcer announcer = started(List.of());

    assertThrows(IllegalStateException.class, announcer::start);
    assertFalse(loop.hasReady());
  }
}
