package org.webtorrent4j.webrtc.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.introduction;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.offer;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.string;

import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.ScrapeRequest;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;

/** Nonsense by the thousand, and counts. */
class HostileTrackerTest extends SignalFixture {
  private static final List<String> NONSENSE =
      List.of(
          "",
          "null",
          "[]",
          "{",
          "\u0000\ufffd",
          "{\"action\":\"announce\"}",
          "{\"action\":17,\"info_hash\":[[[[[[]]]]]]}",
          "{\"action\":\"scrape\",\"files\":{\"x\":1}}",
          "{\"action\":\"scrape\",\"failure reason\":\"no\"}",
          "{\"failure reason\":\"\\u001b[2J\"}",
          "{\"offer\":{\"type\":\"offer\",\"sdp\":\"v=0\"},\"offer_id\":\"x\"}",
          "[" + "[".repeat(50_000),
          "{\"info_hash\":\"" + "\u00ff".repeat(50_000) + "\"}");

  @Test
  void tenThousandBogusMessagesDoNoHarm() {
    Tracker tracker = tracker();
    Outcome outcome = start(tracker, A);
    JsonObject announce = script.last().takeOne();
    int timers = loop.timerCount();

    for (int i = 0; i < 10_000; i++) {
      script.last().say(bogus(i, announce));
    }

    assertFalse(script.last().isClosed);
    assertEquals(0, outcome.calls);
    assertTrue(engine.open().size() <= 10 + 30, () -> "open: " + engine.open().size());
    assertTrue(loop.timerCount() <= timers + 1, "timers");
    script.last().answer(A, 120, 1, 1);
    outcome.response();
    String id = string(offer(announce, 4), "offer_id");
    script.last().say(introduction("answer", A, peer(1), id, "the right one"));
    assertEquals("the right one", engine.maker(ScriptedTracker.sdp(announce, 4)).answer);
  }

  private String bogus(int i, JsonObject announce) {
    String id = string(offer(announce, i % 5), "offer_id");
    return switch (i % 7) {
      case 0 -> introduction("answer", B, peer(i), id, "for another torrent").toString();
      case 1 -> introduction("answer", A, peer(i), offerId(i), "to no offer").toString();
      case 2 -> introduction("offer", hash(i), peer(i), offerId(i), "unknown").toString();
      case 3 -> introduction("offer", A, ScriptedTracker.text(us), offerId(i), "own").toString();
      case 4 -> introduction("answer", A, ScriptedTracker.text(us), id, "own").toString();
      default -> NONSENSE.get(random.nextInt(NONSENSE.size()));
    };
  }

  @Test
  void floodOfOffersIsBounded() {
    engine.gatherNanos = -1;
    start(tracker(), A);
    advance(1);

    for (int i = 0; i < 10_000; i++) {
      script.last().say(introduction("offer", A, peer(i), offerId(i), "flood"));
    }

    assertTrue(engine.open().size() <= 10 + 30, () -> "open: " + engine.open().size());
    assertFalse(script.last().isClosed);
  }

  // ---- counts

  private final StringBuilder scraped = new StringBuilder();

  private void scrape(Tracker tracker, List<InfoHash> infoHashes) {
    tracker.scrape(
        new ScrapeRequest(infoHashes),
        new ScrapeHandler() {
          @Override
          public void onResponse(Map<org.webtorrent4j.metainfo.InfoHash, ScrapeCounts> counts) {
            infoHashes.forEach(infoHash -> scraped.append(counts.get(infoHash)).append(' '));
          }

          @Override
          public void onFailure(TrackerException cause) {
            scraped.append(cause.getMessage()).append(' ');
          }
        });
    assertEquals("", scraped.toString());
    loop.runReady();
  }

  private static JsonObject files(InfoHash infoHash) {
    JsonObject counts = new JsonObject();
    counts.addProperty("complete", 1);
    counts.addProperty("incomplete", 2);
    counts.addProperty("downloaded", 3);
    JsonObject files = new JsonObject();
    files.add(ScriptedTracker.text(infoHash), counts);
    JsonObject message = new JsonObject();
    message.addProperty("action", "scrape");
    message.add("files", files);
    return message;
  }

  @Test
  void countsAreAskedFor() {
    scrape(tracker(), List.of(A, B));
    JsonObject message = script.last().takeOne();

    script.last().say(files(hash(99)));
    script.last().say(files(A));

    assertEquals("scrape", string(message, "action"));
    assertEquals(2, message.getAsJsonArray("info_hash").size());
    assertEquals("ScrapeCounts[seeds=1, leeches=2, completed=3] null ", scraped.toString());
  }

  @Test
  void countsOfOneTorrent() {
    scrape(tracker(), List.of(A));

    assertEquals(ScriptedTracker.text(A), string(script.last().takeOne(), "info_hash"));
  }

  @Test
  void countsMayBeRefusedOrNeverCome() {
    Tracker tracker = tracker();
    scrape(tracker, List.of(A));
    script.last().say("{\"action\":\"scrape\",\"failure reason\":\"not allowed\"}");
    assertEquals("not allowed ", scraped.toString());

    scraped.setLength(0);
    scrape(tracker, List.of(A));
    advance(30);
    assertEquals("no answer within 30 s ", scraped.toString());

    scraped.setLength(0);
    scrape(tracker, List.of(A));
    script.last().fail("gone");
    assertEquals("gone ", scraped.toString());
  }

  @Test
  void countsOfTooManyTorrents() {
    scrape(tracker(), Collections.nCopies(256, A));

    assertEquals("too many torrents for one scrape ", scraped.toString());
  }
}
