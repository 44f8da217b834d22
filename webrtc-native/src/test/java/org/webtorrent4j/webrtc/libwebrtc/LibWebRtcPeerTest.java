package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webtorrent4j.webrtc.IceServer;
import org.webtorrent4j.webrtc.rtc.RtcProvider;
import org.webtorrent4j.webrtc.rtc.RtcSettings;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/** Negotiation, ends and limits of real peers. */
@Timeout(120)
class LibWebRtcPeerTest {
  private final RtcHost ours = RtcHost.open();
  private final RtcHost theirs = RtcHost.open();

  @AfterEach
  void close() {
    ours.close();
    theirs.close();
  }

  @Test
  void providerIsFound() {
    RtcProvider provider = ServiceLoader.load(RtcProvider.class).findFirst().orElseThrow();

    assertEquals("libwebrtc", provider.name());
    assertTrue(provider.unavailable().isEmpty(), () -> provider.unavailable().orElse(""));
  }

  @Test
  void descriptionsAreCompleteAndWithoutTcp() throws Exception {
    TestPeer offerer = ours.offer();
    String offer = RtcHost.get(offerer.description);
    String answer = RtcHost.get(theirs.answer(offer).description);

    for (String sdp : List.of(offer, answer)) {
      assertFalse(sdp.contains("ice-options"), sdp);
      assertFalse(sdp.contains(" tcp "), sdp);
      assertTrue(sdp.contains("\r\na=candidate:"), sdp);
      assertTrue(sdp.endsWith("\r\n"), sdp);
      RemoteSdp parsed = RemoteSdp.parse(sdp);
      assertEquals(262_144, parsed.maxMessageSize());
      assertFalse(parsed.candidates().isEmpty());
    }
    assertTrue(offer.contains("a=setup:actpass"), offer);
  }

  @Test
  void endsKnowEachOthersAddress() {
    TestPeer.Pair pair = ours.connect(theirs);

    InetSocketAddress address =
        assertInstanceOf(InetSocketAddress.class, pair.offerer().peer().remoteAddress());
    assertFalse(address.isUnresolved());
    assertTrue(address.getPort() > 0);
  }

  @Test
  void portsComeFromTheRange() {
    RtcSettings settings =
        new RtcSettings(
            List.of(),
            47_100,
            47_120,
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));
    try (RtcHost host = RtcHost.open(settings, Limits.DEFAULT)) {
      String offer = RtcHost.get(host.offer().description);

      assertTrue(
          offer
              .lines()
              .filter(line -> line.startsWith("a=candidate:"))
              .allMatch(line -> line.matches(".* 471[0-2]\\d typ host.*")),
          offer);
    }
  }

  @Test
  void deadStunServerDelaysADescriptionByNoMoreThanTheDeadline() {
    // A host of the documentation network (RFC 5737): nothing ever answers.
    RtcSettings settings =
        new RtcSettings(
            List.of(IceServer.stun("stun:198.51.100.7:3478")),
            0,
            0,
            Duration.ofMillis(700),
            Duration.ofMillis(300),
            Duration.ofSeconds(30));
    try (RtcHost host = RtcHost.open(settings, Limits.DEFAULT)) {
      long start = System.nanoTime();
      String offer = RtcHost.get(host.offer().description);
      long offerMillis = (System.nanoTime() - start) / 1_000_000;
      RtcHost.get(host.answer(offer).description);
      long bothMillis = (System.nanoTime() - start) / 1_000_000;

      assertTrue(offer.contains("typ host"), offer);
      assertTrue(offerMillis < 5000, offerMillis + " ms"); // without a deadline more than 15 s
      assertTrue(bothMillis < 9000, bothMillis + " ms");
    }
  }

  @Test
  void offerThatNobodyCanConnectToFailsAfterTheTimeout() {
    try (RtcHost impatient =
        RtcHost.open(RtcHost.settings(Duration.ofMillis(300)), Limits.DEFAULT)) {
      String offer = RtcHost.get(ours.offer().description);

      TestPeer answerer = impatient.answer(offer);

      RtcHost.get(answerer.description);
      assertTrue(answerer.closeReason().contains("not connected within 300 ms"));
      assertFalse(answerer.opened.isDone());
    }
  }

  @Test
  void wrongFingerprintNeverConnects() {
    TestPeer offerer = ours.offer();
    TestPeer answerer = theirs.answer(RtcHost.get(offerer.description));
    String answer = RtcHost.get(answerer.description);
    String forged =
        answer.replaceFirst(
            "a=fingerprint:sha-256 \\S+",
            "a=fingerprint:sha-256 " + String.join(":", Collections.nCopies(32, "AB")));

    offerer.accept(forged);

    assertFalse(offerer.closeReason().isEmpty());
    assertFalse(offerer.opened.isDone());
  }

  @Test
  void garbageInsteadOfAnOfferEndsThePeerAlone() {
    for (String garbage : garbage(RtcHost.get(ours.offer().description))) {
      TestPeer answerer = theirs.answer(garbage);

      assertFalse(answerer.closeReason().isEmpty(), garbage);
      assertFalse(answerer.description.isDone());
    }
    ours.connect(theirs);
  }

  @Test
  void garbageInsteadOfAnAnswerEndsThePeerAlone() {
    String answer = RtcHost.get(theirs.answer(RtcHost.get(ours.offer().description)).description);
    for (String garbage : garbage(answer)) {
      TestPeer offerer = ours.offer();
      RtcHost.get(offerer.description);

      offerer.accept(garbage);

      assertFalse(offerer.closeReason().isEmpty(), garbage);
    }
    ours.connect(theirs);
  }

  /** Descriptions that pass our checks or not, and that nobody can use. */
  private static List<String> garbage(String good) {
    return List.of(
        "",
        "no description",
        "v=0",
        good.replace("m=application", "m=audio"),
        good.replaceAll("a=fingerprint.*\r\n", ""),
        good.replaceAll("a=fingerprint:sha-256 .*", "a=fingerprint:sha-256 AB:CD"),
        good.replaceAll("a=fingerprint:sha-256 ", "a=fingerprint:sha-999 "),
        good.replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:x"),
        good.replaceAll("a=ice-pwd:.*", "a=ice-pwd:short"),
        good.replaceAll("a=setup:.*", "a=setup:nonsense"),
        good.replaceAll("o=.*", "o=-"),
        good.replaceAll("a=sctp-port:.*", "a=sctp-port:99999999999"),
        good.replaceAll("m=application \\d+", "m=application 99999999"),
        good.replaceAll("UDP/DTLS/SCTP", "RTP/AVP"),
        good + good);
  }

  @Test
  void answerIsTakenOnce() {
    TestPeer offerer = ours.offer();
    TestPeer answerer = theirs.answer(RtcHost.get(offerer.description));
    String answer = RtcHost.get(answerer.description);

    offerer.accept(answer);
    offerer.accept("later ones are not even read");

    RtcHost.get(offerer.opened);
    assertFalse(offerer.closed.isDone());
  }

  @Test
  void answererCannotBeAnswered() {
    TestPeer answerer = theirs.answer(RtcHost.get(ours.offer().description));

    boolean isRefused =
        theirs.call(
            () -> {
              assertThrows(IllegalStateException.class, () -> answerer.peer().accept("v=0"));
              return true;
            });

    assertTrue(isRefused);
  }

  @Test
  void remoteCloseIsOrderlyAndComesAfterTheBytes() {
    TestPeer.Pair pair = ours.connect(theirs);
    pair.offerer().write(100_000);
    await().until(() -> pair.answerer().received.get() == 100_000);

    pair.offerer().close();

    assertEquals("", pair.offerer().closeReason());
    assertEquals("", pair.answerer().closeReason());
    assertEquals(1, pair.offerer().closings.get());
  }

  @Test
  void handlerThatThrowsCostsItsPeerOnly() {
    TestPeer.Pair bad = ours.connect(theirs);
    TestPeer.Pair good = ours.connect(theirs);
    bad.answerer().onBytes =
        bytes -> {
          throw new IllegalStateException("a bug in a handler (expected here)");
        };

    bad.offerer().write(10);

    assertEquals("internal error", bad.answerer().closeReason());
    RtcHost.get(bad.offerer().closed);
    good.offerer().write(10);
    await().until(() -> good.answerer().received.get() == 10);
  }

  @Test
  void smallMessagesOfThePeerAreRespected() {
    TestPeer offerer = ours.offer();
    TestPeer answerer = theirs.answer(RtcHost.get(offerer.description));
    offerer.accept(
        RtcHost.get(answerer.description)
            .replaceFirst("a=max-message-size:\\d+", "a=max-message-size:2000"));
    RtcHost.get(offerer.opened);
    RtcHost.get(answerer.opened);

    offerer.write(100_000);

    await().until(() -> answerer.received.get() == 100_000);
    assertTrue(answerer.connection().messages() >= 50);
  }

  @Test
  void writeLargerThanTheWindowIsShortAndFollowedByRoom() {
    TestPeer.Pair pair = ours.connect(theirs);
    ByteBuffer bytes = ByteBuffer.allocate(5_000_000);
    CompletableFuture<Boolean> isShort = new CompletableFuture<>();
    Runnable pump =
        () -> {
          pair.offerer().peer().write(new ByteBuffer[] {bytes}, 0, 1);
          if (bytes.hasRemaining()) {
            isShort.complete(true);
          }
        };
    pair.offerer().onWritable = pump;

    ours.loop().execute(pump);

    await().until(() -> pair.answerer().received.get() == 5_000_000);
    assertTrue(isShort.isDone());
    assertTrue(pair.offerer().writables.get() >= 4);
    // What is idle is not asked about: nothing stays on its way.
    await().until(() -> ours.call(() -> ours.engine().sending().bytes()) == 0);
  }

  @Test
  void engineThatIsClosedMakesPeersThatAreClosed() {
    TestPeer before = ours.offer();
    ours.call(
        () -> {
          ours.engine().close();
          return true;
        });

    assertEquals("", before.closeReason());
    assertEquals("", ours.offer().closeReason());
    assertEquals("", ours.answer("v=0").closeReason());
  }
}
