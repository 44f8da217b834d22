package org.webtorrent4j.webrtc.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.string;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.AnnounceTimes;
import org.webtorrent4j.tracker.Announcer;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerFactory;
import org.webtorrent4j.tracker.TrackerPool;
import org.webtorrent4j.tracker.TrackerStatus;

/** The announcer of a torrent and the tracker's own announces do not get into each other's way. */
class AnnouncerTest extends SignalFixture {
  private final List<Announcer> announcers = new ArrayList<>();
  private final TrackerPool pool =
      new TrackerPool(
          List.of(
              new TrackerFactory() {
                @Override
                public Set<String> schemes() {
                  return Set.of("ws", "wss");
                }

                @Override
                public Tracker create(URI uri) {
                  return tracker(uri);
                }
              }));

  private Announcer begin(int number) {
    Announcer announcer =
        new Announcer(
            loop,
            random,
            pool,
            AnnounceTimes.DEFAULT,
            new Announcer.Identity(hash(number), us, false),
            List.of(List.of(TRACKER.toString())),
            new Numbers(),
            new Listener());
    announcers.add(announcer);
    announcer.start();
    loop.runReady();
    return announcer;
  }

  private static TrackerStatus status(Announcer announcer) {
    return announcer.status().get(0);
  }

  @Test
  void announcesOnceAnInterval() {
    script.answers = true;
    begin(1);

    advance(121 * 10);

    int sent = script.last().take().size();
    assertTrue(sent >= 11 && sent <= 12, () -> "sent " + sent);
  }

  @Test
  void deathOfTheSocketCostsOneAnnounceOfEachTorrent() {
    script.answers = true;
    for (int i = 0; i < 20; i++) {
      begin(i);
    }
    advance(50);
    script.last().fail("gone");
    advance(2);
    assertEquals(20, script.last().take().size());

    advance(100); // their own times come by

    assertEquals(List.of(), script.last().take());
    announcers.forEach(
        announcer -> assertEquals(TrackerStatus.State.WORKING, status(announcer).state()));
    advance(25);
    assertEquals(20, script.last().take().size());
  }

  @Test
  void trackerThatComesLateIsShownAsWorkingWithinAMinuteOrSo() {
    script.isUp = false;
    Announcer announcer = begin(1);
    script.last().fail("Connection refused");
    assertEquals("Connection refused", status(announcer).error().orElseThrow());
    for (int i = 0; i < 600; i++) {
      advance(1);
      if (!script.last().isClosed) {
        script.last().fail("Connection refused");
      }
    }
    assertEquals(TrackerStatus.State.FAILED, status(announcer).state());

    script.isUp = true;
    script.answers = true;
    advance(130 + 70);

    assertEquals(TrackerStatus.State.WORKING, status(announcer).state());
    List<JsonObject> sent = script.last().take();
    assertEquals("started", string(sent.get(0), "event"));
    assertTrue(sent.size() <= 2, sent::toString);
  }

  @Test
  void stoppingTakesNoAnswer() {
    script.answers = true;
    Announcer announcer = begin(1);
    advance(1);
    script.last().take();
    List<String> done = new ArrayList<>();

    announcer.stop(() -> done.add("done"));
    loop.runReady();

    assertEquals(List.of("done"), done);
    assertEquals("stopped", string(script.last().takeOne(), "event"));
    assertTrue(script.last().isClosed, "nobody uses the tracker any more");
    assertEquals(0, engine.open().size());
  }

  private final class Numbers implements Announcer.Numbers {
    @Override
    public long uploaded() {
      return 1;
    }

    @Override
    public long downloaded() {
      return 2;
    }

    @Override
    public long left() {
      return left;
    }

    @Override
    public int port() {
      return 6881;
    }

    @Override
    public int wantedPeers() {
      return wanted;
    }
  }

  private static final class Listener implements Announcer.Listener {
    @Override
    public void onPeers(List<InetSocketAddress> peers, String url) {
      throw new AssertionError("a WebSocket tracker knows no addresses");
    }

    @Override
    public void onStatus(TrackerStatus status) {}
  }
}
