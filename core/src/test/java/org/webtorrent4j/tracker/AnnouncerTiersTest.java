package org.webtorrent4j.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncerTiersTest extends AnnouncerFixture {
  @Test
  void everyTierIsAnnouncedToAtOnce() {
    started(List.of(List.of(A), List.of(B), List.of(C)));

    assertEquals(List.of(A + " STARTED", B + " STARTED", C + " STARTED"), trackers.events());
  }

  @Test
  void onlyOneTrackerOfATierIsUsedWhileItWorks() {
    started(List.of(List.of(A, B)));
    String first = trackers.open.get(0).uri().toString();

    trackers.answer(first);
    advance(1800);
    trackers.answer(first);
    advance(1800);

    assertEquals(List.of(first + " STARTED", first + " NONE", first + " NONE"), trackers.events());
  }

  @Test
  void nextTrackerOfTheTierIsAskedAtOnceWhenOneFails() {
    Announcer announcer = started(List.of(List.of(A, B)));
    String first = trackers.open.get(0).uri().toString();
    String second = first.equals(A) ? B : A;

    trackers.fail(first);
    trackers.answer(second);
    advance(1800);

    assertEquals(
        List.of(first + " STARTED", second + " STARTED", second + " NONE"), trackers.events());
    assertEquals(TrackerStatus.State.FAILED, status(announcer, first).state());
    assertEquals("out of order", status(announcer, first).error().orElseThrow());
  }

  @Test
  void silentTrackerOfATierDoesNotKeepTheNextWaiting() {
    Announcer announcer = started(List.of(List.of(A, B)));
    String silent = trackers.open.get(0).uri().toString();
    String good = silent.equals(A) ? B : A;
    advance(4);
    assertEquals(List.of(silent + " STARTED"), trackers.events());

    advance(1);
    trackers.answer(good);
    trackers.answer(silent);
    assertEquals(List.of(good + " STARTED"), trackers.events());
    advance(1800);

    assertEquals(List.of(silent + " NONE"), trackers.events());
    assertEquals(TrackerStatus.State.ANNOUNCING, status(announcer, silent).state());
  }

  @Test
  void privateTorrentIsPatient() {
    announcer(List.of(List.of(A), List.of(B)), true).start();

    advance(29);

    assertEquals(List.of(A + " STARTED"), trackers.events());
  }

  @Test
  void tierIsShuffledOnce() {
    Set<String> firsts = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      started(List.of(List.of(A, B)));
      String first = trackers.open.get(0).uri().toString();
      firsts.add(first);
      trackers.answer(first);
    }

    assertEquals(Set.of(A, B), firsts);
  }

  @Test
  void webSocketTrackersAreAllAnnouncedToBesideTheirTier() {
    started(List.of(List.of(WS1, A, WS2)));

    assertEquals(
        Set.of(WS1 + " STARTED", A + " STARTED", WS2 + " STARTED"),
        new HashSet<>(trackers.events()));
  }

  @Test
  void uselessUrlsHarmNobody() {
    Announcer announcer =
        started(List.of(List.of("gopher://x/", "http://bad host/", "", "x", "http:///y", A)));

    assertEquals(List.of(A + " STARTED"), trackers.events());
    TrackerStatus gopher = status(announcer, "gopher://x/");
    assertEquals(TrackerStatus.State.DISABLED, gopher.state());
    assertEquals("trackers of gopher are not supported", gopher.error().orElseThrow());
    assertEquals("invalid host name", status(announcer, "http://bad host/").error().orElseThrow());
    assertEquals("a URL without a host", status(announcer, "http:///y").error().orElseThrow());
    assertTrue(gopher.nextAnnounce().isEmpty());
  }

  @Test
  void whatIsOfNoUseFromTheStartIsToldOfWhenTheTorrentStarts() {
    Announcer announcer = announcer(List.of(List.of(A, "http://bad\u202e host/")));
    assertEquals(List.of(), statuses);

    announcer.start();
    announcer.add("nonsense");
    announcer.add("nonsense");

    assertEquals(
        List.of("http://bad host/", "nonsense"),
        statuses.stream().map(TrackerStatus::url).toList());
  }

  @Test
  void urlsAreTakenAsTheyAreWrittenAndShownAsTheyAreUsed() {
    Announcer announcer =
        started(List.of(List.of(" http://t/announce.php?k=1|2\r\n"), List.of("http://t\u00e4/")));

    String first = "http://t/announce.php?k=1%7C2";
    String second = "http://xn--t-0fa/";
    assertEquals(List.of(first + " STARTED", second + " STARTED"), trackers.events());
    trackers.answer(first);
    trackers.fail(second);
    assertEquals(TrackerStatus.State.WORKING, status(announcer, first).state());
    assertEquals(
        "out of order (given as http://t\u00e4/)", status(announcer, second).error().orElseThrow());
  }

  @Test
  void otherSpellingsOfATrackerAreTheSameOne() {
    Announcer announcer = started(List.of(List.of(A), List.of("HTTP://A.:80/announce", B)));
    announcer.add(" " + A);

    assertEquals(2, announcer.status().size());
    assertEquals(List.of(A + " STARTED", B + " STARTED"), trackers.events());
  }

  @Test
  void trackersOfTheUserComeOnTopOfThoseThatATorrentMayName() {
    List<List<String>> tiers =
        IntStream.range(0, 300).mapToObj(i -> List.of("http://t" + i + "/announce")).toList();
    Announcer announcer = started(tiers);

    announcer.add("http://other/announce");
    assertEquals(200, announcer.status().size());
    pool.onNamed("HTTP://other:80/announce");
    announcer.add("http://other/announce");

    assertEquals(201, announcer.status().size());
  }

  @Test
  void sameUrlTwiceIsOneTracker() {
    Announcer announcer = started(List.of(List.of(A), List.of(A, B)));

    assertEquals(2, announcer.status().size());
    assertEquals(List.of(A + " STARTED", B + " STARTED"), trackers.events());
  }

  @Test
  void numberOfTrackersIsBounded() {
    List<List<String>> tiers =
        IntStream.range(0, 1000).mapToObj(i -> List.of("http://t" + i + "/announce")).toList();

    assertEquals(200, announcer(tiers).status().size());
  }

  @Test
  void privateTorrentUsesOneTrackerAtATime() {
    Announcer announcer = announcer(List.of(List.of(A), List.of(WS1), List.of(B)), true);
    announcer.start();
    assertEquals(List.of(A + " STARTED"), trackers.events());

    trackers.fail(A);
    trackers.answer(WS1);
    advance(1800);

    assertEquals(List.of(WS1 + " STARTED", WS1 + " NONE"), trackers.events());
    assertTrue(switches.isEmpty());
  }

  @Test
  void privateTorrentIsToldWhenItsTrackerChanges() {
    Announcer announcer = announcer(List.of(List.of(A), List.of(B)), true);
    announcer.start();
    trackers.answer(A);
    advance(1800);

    trackers.fail(A);
    trackers.answer(B, FakeTrackers.response(1800, 600, PEER));

    assertEquals(List.of(B), switches);
    assertEquals(1, peers.size());
  }

  @Test
  void torrentThatTurnsOutToBePrivateKeepsToItsFirstTracker() {
    Announcer announcer = started(List.of(List.of(A), List.of(B), List.of(WS1)));
    trackers.answer(A);
    trackers.answer(B);
    trackers.events();

    announcer.becomePrivate();
    announcer.becomePrivate();
    trackers.answer(WS1);
    trackers.answer(WS1);
    trackers.answer(B);
    announcer.completed();
    trackers.answer(A);
    advance(1800);

    assertEquals(
        List.of(B + " STOPPED", WS1 + " STOPPED", A + " COMPLETED", A + " NONE"),
        trackers.events());
    assertEquals(3, announcer.status().size());
    assertTrue(switches.isEmpty());
  }

  @Test
  void itsOtherTrackersAreHeldInReserve() {
    Announcer announcer = started(List.of(List.of(A), List.of(B)));
    trackers.answer(A);
    trackers.answer(B);
    announcer.becomePrivate();
    trackers.answer(B);
    advance(1800);
    trackers.events();

    trackers.fail(A);
    trackers.answer(B);

    assertEquals(List.of(B + " STARTED"), trackers.events());
    assertEquals(List.of(B), switches);
  }

  @Test
  void trackerThatFailedBeforeIsNotTheOneThatIsKept() {
    Announcer announcer = started(List.of(List.of(A), List.of(B)));
    trackers.fail(A);
    trackers.answer(B);
    trackers.events();

    announcer.becomePrivate();
    advance(60);

    assertEquals(List.of(), trackers.events());
    assertEquals(TrackerStatus.State.WORKING, status(announcer, B).state());
  }

  @Test
  void trackerCanBeAddedAndRemovedWhileRunning() {
    Announcer announcer = started(List.of(List.of(A)));
    trackers.answer(A);

    announcer.add(B);
    trackers.answer(B);
    announcer.remove(A);
    trackers.answer(A);

    assertEquals(
        List.of(A + " STARTED", B + " STARTED", A + " STOPPED", A + " closed"), trackers.events());
    assertEquals(1, announcer.status().size());
    assertEquals(1, announcer.status().get(0).tier());
  }

  @Test
  void removedTrackerThatNeverHeardOfUsIsNotTold() {
    Announcer announcer = announcer(List.of(List.of(A)));

    announcer.remove(A);
    announcer.start();

    assertEquals(List.of(A + " closed"), trackers.events());
  }

  @Test
  void peersAndCountsAreReported() {
    Announcer announcer = started(List.of(List.of(A)));

    trackers.answer(A, FakeTrackers.response(1800, 600, PEER));

    assertEquals(List.of(A + " [" + PEER + "]"), peers);
    TrackerStatus status = status(announcer, A);
    assertEquals(TrackerStatus.State.WORKING, status.state());
    assertEquals(2, status.seeds().orElseThrow());
    assertEquals(3, status.leeches().orElseThrow());
    assertFalse(status.nextAnnounce().isEmpty());
    assertEquals(List.of(status), statuses);
  }
}
