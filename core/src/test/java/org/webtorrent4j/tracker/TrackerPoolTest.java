package org.webtorrent4j.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackerPoolTest extends AnnouncerFixture {
  @Test
  void torrentsShareTheTrackerOfAUrl() {
    Announcer one = started(List.of(List.of(A)));
    Announcer two = started(List.of(List.of(A)));
    trackers.answer(A);
    trackers.answer(A);
    assertEquals(1, trackers.created);

    one.stop(() -> {});
    trackers.answer(A);
    assertEquals(0, closed());
    two.stop(() -> {});
    trackers.answer(A);
    assertEquals(1, closed());
  }

  @Test
  void whatTheUserNamesIsAllowedBeforeAndAfterATorrentNamesIt() {
    pool.onNamed(" HTTP://A:80/announce");
    pool.onNamed("nonsense");
    started(List.of(List.of(A), List.of(B)));
    assertEquals(List.of("HTTP://A:80/announce", A), trackers.allowed);

    pool.onNamed("http://B/announce");

    assertEquals(List.of("HTTP://A:80/announce", A, B), trackers.allowed);
  }

  private long closed() {
    return trackers.log.stream().filter(e -> e.endsWith("closed")).count();
  }

  @Test
  void aTrackerGetsTwentyAnnouncesAtOnceAndAllOfThemTwoHundred() {
    List<List<String>> tiers = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      tiers.add(List.of("http://t" + i + "/announce"));
    }
    for (int i = 0; i < 100; i++) {
      started(tiers);
    }

    assertEquals(200, trackers.open.size());
    assertEquals(200, pool.underWay());
    for (List<String> tier : tiers) {
      long count =
          trackers.open.stream().filter(o -> o.uri().toString().equals(tier.get(0))).count();
      assertTrue(count <= 20, tier + " has " + count);
    }
  }

  @Test
  void manyDeadTrackersDoNotKeepTheGoodOneWaiting() {
    List<List<String>> tiers = new ArrayList<>();
    for (int i = 0; i < 199; i++) {
      tiers.add(List.of("http://dead" + i + "/announce"));
    }
    tiers.add(List.of(A));
    started(tiers);

    trackers.answer(A);
  }

  @Test
  void deadTrackerDoesNotHoldUpTheOthers() {
    for (int i = 0; i < 100; i++) {
      started(List.of(List.of(A), List.of(B)));
    }

    for (int i = 0; i < 100; i++) {
      trackers.answer(B);
    }

    assertEquals(20, pool.underWay());
    assertEquals(20, trackers.open.size());
  }

  @Test
  void farewellsGoBeforeThoseThatWait() {
    List<Announcer> announcers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      announcers.add(started(List.of(List.of(A))));
    }
    trackers.answer(A);
    trackers.events();

    announcers.get(0).stop(() -> {});
    trackers.answer(A);

    assertEquals(List.of(A + " STOPPED"), trackers.events());
  }

  @Test
  void torrentThatLeavesWhileItWaitsIsNeverAnnounced() {
    List<Announcer> announcers = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      announcers.add(started(List.of(List.of(A))));
    }
    trackers.events();

    announcers.get(20).stop(() -> {});
    for (int i = 0; i < 20; i++) {
      trackers.answer(A);
    }

    assertTrue(trackers.events().isEmpty());
    assertEquals(0, pool.underWay());
  }

  @Test
  void closingThePoolClosesTheTrackersAndForgetsTheirAnnounces() {
    Announcer announcer = started(List.of(List.of(A), List.of(WS1)));
    List<String> done = new ArrayList<>();

    pool.close();
    pool.close();
    announcer.stop(() -> done.add("done"));
    advance(5);

    assertEquals(0, pool.underWay());
    assertTrue(closed() >= 2);
    assertEquals(List.of("done"), done);
  }
}
