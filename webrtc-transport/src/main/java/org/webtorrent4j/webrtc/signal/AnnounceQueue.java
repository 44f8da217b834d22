package org.webtorrent4j.webrtc.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.webrtc.signal.json.BinaryText;
import org.webtorrent4j.webrtc.signal.json.SignalWriter;

/**
 * The announces that are due at one tracker. They go out one after the other, each with its offers,
 * so that ten thousand torrents do not fall upon a tracker that has just come back. Confined to the
 * event loop.
 */
final class AnnounceQueue {
  private static final int PER_SECOND = 100;
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  /** When so much waits in the socket, the tracker is slower than we are. */
  private static final int MAX_QUEUED_BYTES = 512 * 1024;

  /** For offers that are not ready; a peer that comes a little later makes us one. */
  private static final long OFFERS_WAIT_NANOS = Duration.ofSeconds(1).toNanos();

  /** Trackers take messages of 64 KiB. */
  private static final int MAX_OFFER_CHARS = 48 * 1024;

  private final Signalling client;
  private final SignalTracker tracker;
  private final Link link;
  private final Set<Announce> due = new LinkedHashSet<>();
  private final TokenBucket pace;
  private EventLoop.@Nullable Timer pause;

  AnnounceQueue(Signalling client, SignalTracker tracker, Link link) {
    this.client = client;
    this.tracker = tracker;
    this.link = link;
    this.pace = new TokenBucket(PER_SECOND, PER_SECOND, client.loop().nanoTime());
  }

  void add(Announce announce) {
    due.add(announce);
  }

  void remove(Announce announce) {
    due.remove(announce);
  }

  void close() {
    due.clear();
    if (pause != null) {
      pause.cancel();
    }
  }

  /** Sends as much as may be sent now. */
  void run() {
    while (link.isUp() && client.isReady() && pause == null && !due.isEmpty()) {
      boolean isTooFast = !pace.tryTake(client.loop().nanoTime());
      if (isTooFast || link.queuedBytes() > MAX_QUEUED_BYTES) {
        pause = client.loop().schedule(PAUSE_NANOS, this::goOn);
      } else {
        Announce first = due.iterator().next();
        due.remove(first);
        gather(first);
      }
    }
  }

  private void goOn() {
    pause = null;
    run();
  }

  private void gather(Announce announce) {
    Room room = announce.room;
    announce.state = Announce.State.GATHERING;
    int count = client.makesOffers() ? room.offersWanted(announce.event) : 0;
    stopWaiting(room);
    if (count == 0) {
      send(announce, List.of());
      return;
    }
    if (!room.isHungry) {
      room.emptySinceNanos = client.loop().nanoTime();
      room.isHungry = true;
    }
    OfferPool offers = client.offers();
    OfferWaiter waiter =
        offers.take(
            room.need(),
            room.emptySinceNanos,
            count,
            OFFERS_WAIT_NANOS,
            taken -> {
              room.waiter = null;
              send(announce, taken);
            });
    room.waiter = waiter.isDone() ? null : waiter;
  }

  /**
   * Announces once more as soon as there are offers, if there were none: whoever was in the swarm
   * before can hear of us by them alone.
   */
  void follow(Room room) {
    boolean isOver = room.current != null || room.waiter != null || !tracker.has(room);
    if (isOver || !room.isHungry || room.need() == Need.ALONE || !link.isUp()) {
      return;
    }
    OfferPool offers = client.offers();
    OfferWaiter waiter =
        offers.await(
            room.need(),
            room.emptySinceNanos,
            room.offersWanted(AnnounceEvent.NONE),
            taken -> {
              room.waiter = null;
              Announce announce = Announce.followUp(room);
              room.current = announce;
              send(announce, taken);
            });
    room.waiter = waiter.isDone() ? null : waiter;
  }

  /** A torrent wants no offers any more, or in another way. */
  void stopWaiting(Room room) {
    if (room.waiter != null) {
      client.offers().cancel(room.waiter);
      room.waiter = null;
    }
  }

  private void send(Announce announce, List<PendingPeer> ready) {
    Room room = announce.room;
    List<SignalWriter.Offer> offers = new ArrayList<>();
    int chars = 0;
    for (PendingPeer pending : ready) {
      chars += pending.sdp().length();
      if (chars > MAX_OFFER_CHARS) {
        pending.discard();
      } else {
        String id = BinaryText.random(client.random());
        offers.add(new SignalWriter.Offer(id, pending.sdp()));
        client.waitForAnswer(pending, id, tracker, room);
      }
    }
    room.isHungry &= offers.isEmpty();
    announce.state = Announce.State.SENT;
    room.announcedOn = link.generation();
    tracker.watch(announce);
    link.send(
        SignalWriter.announce(
            room.latest, announce.event, tracker.peerId(), offers, room.trackerId));
  }
}
