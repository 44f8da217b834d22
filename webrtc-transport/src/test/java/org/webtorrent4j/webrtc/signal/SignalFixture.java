package org.webtorrent4j.webrtc.signal;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.webrtc.rtc.FakeEngine;
import org.webtorrent4j.webrtc.rtc.RtcHandler;
import org.webtorrent4j.webrtc.rtc.RtcPeer;
import org.webtorrent4j.webrtc.rtc.RtcRecorder;

/** A client's signalling in virtual time, with scripted trackers and an engine without network. */
class SignalFixture {
  static final URI TRACKER = URI.create("ws://tracker.example/announce");
  static final InfoHash A = hash(0xa0);
  static final InfoHash B = hash(0xb0);

  final VirtualLoop loop = new VirtualLoop(1_000_000_000_000L);
  final Random random = new Random(7);
  final ScriptedTracker script = new ScriptedTracker(loop);
  final FakeEngine engine = new FakeEngine(loop);
  final Connected connected = new Connected();
  final PeerId us = PeerId.random(random);
  SignalLimits limits = new SignalLimits(100, 200, 32);
  Signalling signalling = newSignalling();
  long left = 1000;
  int wanted = 50;

  final Signalling newSignalling() {
    return new Signalling(loop, random, script, limits, connected);
  }

  static InfoHash hash(int seed) {
    byte[] bytes = new byte[20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (seed * 31 + i * 37);
    }
    bytes[0] = (byte) (seed >> 8);
    bytes[1] = (byte) seed;
    return InfoHash.of(bytes);
  }

  /** A tracker that can introduce at once. */
  final Tracker tracker() {
    return tracker(TRACKER);
  }

  final Tracker tracker(URI uri) {
    if (!signalling.isReady()) {
      signalling.onEngine(engine);
    }
    Tracker tracker = signalling.open(uri);
    loop.runReady();
    return tracker;
  }

  final AnnounceRequest request(InfoHash infoHash, AnnounceEvent event) {
    return new AnnounceRequest(infoHash, us, 6881, 11, 22, left, event, wanted, 3);
  }

  final Outcome announce(Tracker tracker, InfoHash infoHash, AnnounceEvent event) {
    Outcome outcome = new Outcome();
    tracker.announce(request(infoHash, event), outcome);
    if (outcome.calls > 0) {
      throw new AssertionError("called inside the call");
    }
    loop.runReady();
    return outcome;
  }

  final Outcome start(Tracker tracker, InfoHash infoHash) {
    return announce(tracker, infoHash, AnnounceEvent.STARTED);
  }

  final void advance(long seconds) {
    loop.advance(Duration.ofSeconds(seconds));
  }

  final void advanceMillis(long millis) {
    loop.advance(Duration.ofMillis(millis));
  }

  static String peer(int number) {
    return String.format("-XX0001-\u00ff\u0000%010d", number);
  }

  static String offerId(int number) {
    return String.format("\u0080%019d", number);
  }

  /** How an announce ended. */
  static final class Outcome implements AnnounceHandler {
    private @Nullable AnnounceResponse response;
    private @Nullable TrackerException failure;
    int calls;

    AnnounceResponse response() {
      return Objects.requireNonNull(response, () -> "failed: " + failure);
    }

    TrackerException failure() {
      return Objects.requireNonNull(failure, () -> "answered: " + response);
    }

    String reason() {
      return failure().getMessage();
    }

    @Override
    public void onResponse(AnnounceResponse answer) {
      response = answer;
      calls++;
    }

    @Override
    public void onFailure(TrackerException cause) {
      failure = cause;
      calls++;
    }
  }

  /** Takes the peers whose channels are open. */
  static final class Connected implements Destination {
    final List<String> log = new ArrayList<>();
    final Map<RtcPeer, RtcRecorder> handlers = new HashMap<>();
    boolean accepts = true;

    @Override
    public boolean accepts(InfoHash infoHash, PeerId peerId) {
      return accepts;
    }

    @Override
    public RtcHandler onPeer(RtcPeer peer, InfoHash infoHash, boolean isIncoming) {
      RtcRecorder handler = new RtcRecorder();
      handlers.put(peer, handler);
      log.add((isIncoming ? "in " : "out ") + infoHash);
      return handler;
    }
  }
}
