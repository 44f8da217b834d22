package org.webtorrent4j.webrtc.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.introduction;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.offer;
import static org.webtorrent4j.webrtc.signal.ScriptedTracker.string;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.webrtc.rtc.FakeEngine.FakePeer;
import org.webtorrent4j.webrtc.sdp.TestSdp;

/** Offers and answers, of us and of others. */
class IntroductionTest extends SignalFixture {
  private Tracker tracker = tracker();

  @BeforeEach
  void torrentIsAnnounced() {
    start(tracker, A);
    script.last().answer(A, 120, 1, 5);
  }

  private ScriptedTracker.Socket socket() {
    return script.last();
  }

  /** What was announced last. */
  private JsonObject announced() {
    List<JsonObject> sent = socket().take();
    return sent.get(sent.size() - 1);
  }

  private void answer(InfoHash infoHash, int from, String offerId, String sdp) {
    socket().say(introduction("answer", infoHash, peer(from), offerId, sdp));
  }

  private void offerFrom(int from) {
    socket().say(introduction("offer", A, peer(from), offerId(from), "their offer " + from));
  }

  private FakePeer newest() {
    return engine.peers.get(engine.peers.size() - 1);
  }

  private FakePeer answerer(int from) {
    for (FakePeer peer : engine.peers) {
      if (("their offer " + from).equals(peer.offer)) {
        return peer;
      }
    }
    throw new AssertionError("the offer of " + from + " was ignored");
  }

  private long answerers() {
    return engine.peers.stream().filter(peer -> peer.offer != null).count();
  }

  // ---- our offers

  @Test
  void answeredOfferBecomesAConnection() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 2));

    answer(A, 1, string(offer(announce, 2), "offer_id"), "their answer");
    assertEquals("their answer", ours.answer);
    assertEquals(List.of(), connected.log);
    ours.openChannel();
    ours.receive("handshake".getBytes(StandardCharsets.US_ASCII));
    ours.end(null);

    assertEquals(List.of("out " + A), connected.log);
    assertEquals(
        List.of("bytes handshake", "closed"),
        Objects.requireNonNull(connected.handlers.get(ours)).events);
  }

  @Test
  void firstAnswerWins() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 0));
    String id = string(offer(announce, 0), "offer_id");

    answer(A, 1, id, "first");
    answer(A, 2, id, "second");
    answer(A, 1, id, "third");

    assertEquals("first", ours.answer);
    assertFalse(ours.isClosed);
  }

  @Test
  void answersToNothingOfOursAreIgnored() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 0));
    String id = string(offer(announce, 0), "offer_id");
    start(tracker, B);
    ScriptedTracker.Socket first = socket();
    Tracker other = tracker(URI.create("ws://other.example/"));
    start(other, A);

    answer(B, 1, id, "for another torrent");
    answer(A, 1, offerId(1), "to an unknown offer");
    first.say(introduction("answer", A, ScriptedTracker.text(us), id, "from ourselves"));
    assertTrue(socket() != first);
    answer(A, 1, id, "from another tracker");
    first.say(introduction("answer", hash(77), peer(1), id, "for an unknown torrent"));

    assertNull(ours.answer);
    assertFalse(ours.isClosed);
    first.say(introduction("answer", A, peer(1), id, "the right one"));
    assertEquals("the right one", ours.answer);
  }

  @Test
  void offersExpireAfterFiftySeconds() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 0));
    advance(49);
    assertFalse(ours.isClosed);

    advance(1);

    assertTrue(ours.isClosed);
    answer(A, 1, string(offer(announce, 0), "offer_id"), "too late");
    assertNull(ours.answer);
    assertEquals(engine.spareOffers(), engine.open().size());
  }

  @Test
  void answeredOfferDoesNotExpire() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 0));
    answer(A, 1, string(offer(announce, 0), "offer_id"), "x");

    advance(60);

    assertFalse(ours.isClosed); // the engine has its own time for that
  }

  @Test
  void answerOfAPeerWeHaveFreesTheOffer() {
    JsonObject announce = announced();
    FakePeer first = engine.maker(ScriptedTracker.sdp(announce, 0));
    FakePeer second = engine.maker(ScriptedTracker.sdp(announce, 1));
    answer(A, 1, string(offer(announce, 0), "offer_id"), "x");
    first.openChannel();

    answer(A, 1, string(offer(announce, 1), "offer_id"), "y");

    assertNull(second.answer);
    assertTrue(second.isClosed);
    assertFalse(first.isClosed);
  }

  @Test
  void torrentThatLeavesTakesItsOffersBack() {
    start(tracker, B);
    List<JsonObject> sent = socket().take();
    FakePeer ofA = engine.maker(ScriptedTracker.sdp(sent.get(0), 0));
    FakePeer ofB = engine.maker(ScriptedTracker.sdp(sent.get(1), 0));

    announce(tracker, A, AnnounceEvent.STOPPED);

    assertTrue(ofA.isClosed);
    assertFalse(ofB.isClosed);
  }

  @Test
  void deathOfTheSocketEndsOffersButNoConnection() {
    JsonObject announce = announced();
    FakePeer open = engine.maker(ScriptedTracker.sdp(announce, 0));
    FakePeer opening = engine.maker(ScriptedTracker.sdp(announce, 1));
    FakePeer unanswered = engine.maker(ScriptedTracker.sdp(announce, 2));
    answer(A, 1, string(offer(announce, 0), "offer_id"), "x");
    open.openChannel();
    answer(A, 2, string(offer(announce, 1), "offer_id"), "y");

    socket().fail("gone");

    assertTrue(unanswered.isClosed);
    assertFalse(open.isClosed);
    assertFalse(opening.isClosed);
    opening.openChannel();
    assertEquals(2, connected.log.size());
  }

  @Test
  void offerWhoseEngineGivesUpIsForgotten() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 0));

    ours.end(new IOException("the network has gone"));
    loop.runReady();
    answer(A, 1, string(offer(announce, 0), "offer_id"), "x");

    assertNull(ours.answer);
  }

  @Test
  void roomIsAskedForAgainWhenTheChannelOpens() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 0));
    answer(A, 1, string(offer(announce, 0), "offer_id"), "x");

    connected.accepts = false;
    ours.openChannel();

    assertTrue(ours.isClosed);
    assertEquals(List.of(), connected.log);
  }

  // ---- offers of others

  @Test
  void offerIsAnswered() {
    socket().take();

    offerFrom(1);

    JsonObject message = socket().takeOne();
    assertEquals("announce", string(message, "action"));
    assertEquals(ScriptedTracker.text(A), string(message, "info_hash"));
    assertEquals(ScriptedTracker.text(us), string(message, "peer_id"));
    assertEquals(peer(1), string(message, "to_peer_id"));
    assertEquals(offerId(1), string(message, "offer_id"));
    assertEquals(answerer(1).description, string(message.getAsJsonObject("answer"), "sdp"));
    assertEquals("answer", string(message.getAsJsonObject("answer"), "type"));
    assertFalse(message.has("event") || message.has("left") || message.has("numwant"));
    answerer(1).openChannel();
    assertEquals(List.of("in " + A), connected.log);
  }

  @Test
  void offersThatAreNotForUsAreIgnored() {
    long before = engine.peers.size();

    socket().say(introduction("offer", A, ScriptedTracker.text(us), offerId(1), "our own"));
    socket().say(introduction("offer", B, peer(1), offerId(1), "for a torrent we do not have"));
    socket().say(introduction("offer", A, "short", offerId(1), "from nobody"));
    socket().say(introduction("offer", A, peer(1), "short", "without an id"));
    socket().say(introduction("offer", A, peer(1), offerId(1), ""));
    socket().say(introduction("offer", A, peer(1), offerId(1), "x".repeat(65_537)));
    socket().say(introduction("offer", A, peer(1), offerId(1), "x").toString().replace("sdp", "s"));
    announce(tracker, A, AnnounceEvent.STOPPED);
    socket().say(introduction("offer", A, peer(1), offerId(1), "we have left"));

    assertEquals(0, answerers());
    assertEquals(before, engine.peers.size());
    assertFalse(socket().isClosed);
  }

  @Test
  void fullTorrentTakesNoOffer() {
    connected.accepts = false;

    offerFrom(1);

    assertEquals(0, answerers());
  }

  @Test
  void answerThatTookTooLongIsNotSent() {
    engine.gatherNanos = -1;
    socket().take();
    offerFrom(1);
    advance(46);
    socket().take();

    newest().describe();
    answerer(1).describe();
    loop.runReady();

    assertEquals(List.of(), socket().take());
    assertTrue(answerer(1).isClosed);
  }

  @Test
  void answerIsNotSentToTheNextSocket() {
    engine.gatherNanos = Duration.ofSeconds(4).toNanos();
    offerFrom(1);
    socket().fail("gone");
    advance(3);
    socket().take();

    advance(5);

    socket().take().forEach(message -> assertFalse(message.has("answer")));
    assertTrue(answerer(1).isClosed);
  }

  @Test
  void onePeerIsAnsweredOnce() {
    offerFrom(1);
    offerFrom(1);
    answerer(1).openChannel();
    offerFrom(1);
    assertEquals(1, answerers());

    answerer(1).end(null);
    offerFrom(1);

    assertEquals(2, answerers());
  }

  /** If both ends dropped their own offers, or both those of the other, nothing would be left. */
  @Test
  void offersThatCrossAreBothFollowed() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 0));

    offerFrom(1);
    answer(A, 1, string(offer(announce, 0), "offer_id"), "x");

    assertEquals("x", ours.answer);
    assertFalse(answerer(1).isClosed);
    ours.openChannel();
    answerer(1).openChannel(); // the handshakes decide
    assertEquals(List.of("out " + A, "in " + A), connected.log);
  }

  @Test
  void peerWithAnOpenChannelNeedsNoOther() {
    JsonObject announce = announced();
    answer(A, 1, string(offer(announce, 0), "offer_id"), "x");
    engine.maker(ScriptedTracker.sdp(announce, 0)).openChannel();

    offerFrom(1);

    assertEquals(0, answerers());
  }

  @Test
  void answersInTheMakingAreBoundedAndTheOthersFollow() {
    engine.gatherNanos = -1;

    for (int i = 0; i < 60; i++) {
      offerFrom(i);
    }

    assertEquals(30, answerers());
    List.copyOf(engine.peers).forEach(FakePeer::describe);
    assertEquals(60, answerers());
  }

  @Test
  void answersAreMadeAtAPace() {
    for (int i = 0; i < 400; i++) {
      offerFrom(i);
      if (answerers() > i) {
        answerer(i).end(null);
      }
    }

    assertEquals(150, answerers());
    advance(1);
    assertTrue(answerers() <= 150 + 40, () -> "answers: " + answerers());
    assertTrue(answerers() >= 150 + 30, () -> "answers: " + answerers());
  }

  @Test
  void openingChannelsAreBounded() {
    for (int i = 0; i < 300; i++) {
      offerFrom(i);
      advanceMillis(10);
    }

    assertEquals(130, strangers());
  }

  private long strangers() {
    return engine.open().stream().filter(peer -> peer.offer != null).count();
  }

  /** Twenty-five offers a second that come to nothing, as anybody can make them. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void offersThatComeToNothingDoNotShutOthersOut(boolean isSameTorrent) {
    start(tracker, B);
    InfoHash theirs = isSameTorrent ? A : B;
    int opened = 0;
    for (int i = 0; i < 2000; i++) {
      socket().say(introduction("offer", theirs, peer(i), offerId(i), "their offer " + i));
      advanceMillis(40);
      if (i % 100 == 99) {
        offerFrom(10_000 + i);
        advance(1);
        answerer(10_000 + i).openChannel();
        opened++;
      }
    }

    assertEquals(20, opened);
    assertEquals(20, connected.log.size());
  }

  @Test
  void whoClaimsAnotherAddressIsNotLostInTheCrowd() {
    for (int i = 0; i < 500; i++) {
      offerFrom(i); // from nowhere, all in the same moment
    }

    socket().say(introduction("offer", A, peer(1000), offerId(1000), TestSdp.of("x", "192.0.2.1")));
    advance(5);

    FakePeer honest =
        engine.open().stream().filter(peer -> "x".equals(peer.offer)).findFirst().orElseThrow();
    honest.openChannel();
    assertEquals(List.of("in " + A), connected.log);
  }

  @Test
  void answersToOurOffersComeBeforeOffersOfStrangers() {
    limits = new SignalLimits(5, 20, 32);
    signalling = newSignalling();
    tracker = tracker();
    torrentIsAnnounced();
    JsonObject announce = announced();
    for (int i = 0; i < 50; i++) {
      offerFrom(i);
    }
    assertEquals(20, strangers());

    answer(A, 100, string(offer(announce, 0), "offer_id"), "x");

    assertEquals("x", engine.maker(ScriptedTracker.sdp(announce, 0)).answer);
    assertEquals(19, strangers());
  }

  @Test
  void descriptionsOfNoUseReachNoEngine() {
    JsonObject announce = announced();
    FakePeer ours = engine.maker(ScriptedTracker.sdp(announce, 0));

    answer(A, 1, string(offer(announce, 0), "offer_id"), "v=0\r\nm=audio 9 x y\r\n");
    socket().say(introduction("offer", A, peer(2), offerId(2), "v=1"));

    assertNull(ours.answer);
    assertTrue(ours.isClosed);
    assertEquals(0, answerers());
  }

  @Test
  void connectionsAreBounded() {
    limits = new SignalLimits(100, 20, 32);
    signalling = newSignalling();
    tracker = tracker();
    torrentIsAnnounced();
    advance(51); // our offers count, too, while somebody may answer them

    for (int i = 0; i < 50; i++) {
      offerFrom(i);
    }
    assertEquals(20, strangers());
    answerer(7).end(null);
    offerFrom(100);
    assertEquals(20, strangers());
  }

  @Test
  void brokenAnswerFreesItsPlace() {
    offerFrom(1);

    answerer(1).end(new IOException("no fingerprint"));
    loop.runReady();
    offerFrom(1);

    assertEquals(2, answerers());
  }

  @Test
  void closingEndsEverythingUnderWay() {
    offerFrom(1);
    offerFrom(2);
    answerer(1).openChannel();

    signalling.close();
    loop.runReady();

    assertEquals(List.of(answerer(1)), engine.open());
    assertTrue(socket().isClosed);
    assertEquals(0, loop.timerCount());
  }
}
