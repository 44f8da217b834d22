package org.webtorrent4j.webrtc.signal;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.socket.WebSocket;

/**
 * The WebSocket trackers of a client and what they share: the engine, the offers and the limits.
 * Trackers may be made before there is an engine; they connect and wait for it. Confined to the
 * event loop.
 */
public final class Signalling {
  private final EventLoop loop;
  private final RandomGenerator random;
  private final WebSocket.Opener opener;
  private final SignalLimits limits;
  private final Destination destination;
  private final SocketSlots slots;
  private final Set<SignalTracker> trackers = new LinkedHashSet<>();
  private @Nullable OfferPool offers;
  private @Nullable Introductions introductions;
  private @Nullable String unavailable;

  /**
   * Signalling without a tracker and without an engine.
   *
   * @param random one that cannot be guessed
   */
  public Signalling(
      EventLoop loop,
      RandomGenerator random,
      WebSocket.Opener opener,
      SignalLimits limits,
      Destination destination) {
    this.loop = loop;
    this.random = random;
    this.opener = opener;
    this.limits = limits;
    this.destination = destination;
    this.slots = new SocketSlots(limits.maxSockets());
  }

  /** Makes a client of a tracker, which connects with the first announce. */
  public Tracker open(URI uri) {
    SignalTracker tracker = new SignalTracker(this, uri);
    trackers.add(tracker);
    if (offers != null) {
      offers.keepWarm(true);
    }
    return tracker;
  }

  /** Introductions can begin. */
  public void onEngine(RtcEngine engine) {
    Introductions made = new Introductions(loop, engine, destination, limits);
    OfferPool pool = new OfferPool(loop, engine, made);
    made.whenRoom(pool::onRoom);
    introductions = made;
    offers = pool;
    pool.keepWarm(!trackers.isEmpty());
    List.copyOf(trackers).forEach(SignalTracker::onReady);
  }

  /** There will be no engine: all announces fail, now and later. */
  public void onUnavailable(String reason) {
    unavailable = reason;
    List.copyOf(trackers).forEach(SignalTracker::onUnavailable);
  }

  /** Closes all trackers and everything that is under way; not the engine. Idempotent. */
  public void close() {
    List.copyOf(trackers).forEach(SignalTracker::close);
    if (introductions != null) {
      introductions.close();
    }
  }

  EventLoop loop() {
    return loop;
  }

  RandomGenerator random() {
    return random;
  }

  Link link(URI uri, Link.Owner owner) {
    return new Link(loop, random, opener, slots, uri, owner);
  }

  /** Whether there is an engine. */
  boolean isReady() {
    return introductions != null;
  }

  /** Why there will be no engine; null if there is one or may be one soon. */
  @Nullable String unavailable() {
    return unavailable;
  }

  void onTrackerClosed(SignalTracker tracker) {
    trackers.remove(tracker);
    forgetOffers(tracker, null);
    if (offers != null && trackers.isEmpty()) {
      offers.keepWarm(false);
    }
  }

  /** Whether offers are made at all. */
  boolean makesOffers() {
    return limits.maxOffers() > 0;
  }

  /** Offers to announce; only if there is an engine. */
  OfferPool offers() {
    if (offers == null) {
      throw new IllegalStateException("there is no engine yet");
    }
    return offers;
  }

  void waitForAnswer(PendingPeer pending, String offerId, SignalTracker tracker, Room room) {
    if (introductions != null) {
      introductions.onSent(pending, offerId, tracker, room.infoHash, room.need());
    }
  }

  /** Forgets the offers that went to a tracker, for one torrent or, with null, for all. */
  void forgetOffers(SignalTracker tracker, @Nullable InfoHash infoHash) {
    if (introductions != null) {
      introductions.forget(tracker, infoHash);
    }
  }

  void onAnswer(SignalTracker from, InfoHash infoHash, PeerId peerId, String offerId, String sdp) {
    if (introductions != null) {
      introductions.onAnswer(from, infoHash, peerId, offerId, sdp);
    }
  }

  void onOffer(
      SignalTracker tracker,
      InfoHash infoHash,
      PeerId from,
      String sdp,
      Introductions.Reply reply) {
    if (introductions != null) {
      introductions.onOffer(tracker, infoHash, from, sdp, reply);
    }
  }
}
