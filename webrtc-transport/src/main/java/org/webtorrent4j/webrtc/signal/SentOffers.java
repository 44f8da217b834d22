package org.webtorrent4j.webrtc.signal;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;

/** Our offers that wait for an answer. Confined to the event loop. */
final class SentOffers {
  /** WebTorrent forgets its offers after this time, and so do we. */
  private static final long OFFER_NANOS = Duration.ofSeconds(50).toNanos();

  /** Who is there has answered in this time, nearly always. */
  private static final long ANSWERED_NANOS = Duration.ofSeconds(3).toNanos();

  /** A torrent at a tracker. */
  private record Group(Object tracker, InfoHash infoHash) {}

  private record Sent(PendingPeer pending, Group group, Need need, long sentNanos) {}

  private final EventLoop loop;
  private final Runnable whenRoom;
  private final Map<String, Sent> sent = new LinkedHashMap<>(); // by id, the oldest first
  private EventLoop.@Nullable Timer expiry;

  /**
   * None.
   *
   * @param whenRoom runs when some do not wait any more
   */
  SentOffers(EventLoop loop, Runnable whenRoom) {
    this.loop = loop;
    this.whenRoom = whenRoom;
  }

  int size() {
    return sent.size();
  }

  void add(PendingPeer pending, String offerId, Object tracker, InfoHash infoHash, Need need) {
    pending.owner(new Unanswered(offerId));
    sent.put(offerId, new Sent(pending, new Group(tracker, infoHash), need, loop.nanoTime()));
    watchAge();
  }

  /** Takes the one that is meant by an answer; null if it never went to there. */
  @Nullable PendingPeer take(String offerId, Object tracker, InfoHash infoHash) {
    Sent offer = sent.get(offerId);
    if (offer == null || !offer.group().equals(new Group(tracker, infoHash))) {
      return null;
    }
    sent.remove(offerId);
    return offer.pending();
  }

  /** Forgets those that went to a tracker, for one torrent or, with null, for all. */
  void forget(Object tracker, @Nullable InfoHash infoHash) {
    sent.values()
        .removeIf(
            offer -> {
              Group group = offer.group();
              boolean isMeant =
                  group.tracker() == tracker
                      && (infoHash == null || group.infoHash().equals(infoHash));
              if (isMeant) {
                offer.pending().discard();
              }
              return isMeant;
            });
    whenRoom.run();
  }

  /** Gives up old ones for who has none: see {@link OfferPlaces#free}. */
  int free(int count, Need need) {
    Map<Group, Integer> counts = new HashMap<>();
    sent.values().forEach(offer -> counts.merge(offer.group(), 1, Integer::sum));
    int freed = 0;
    for (Iterator<Sent> all = sent.values().iterator(); all.hasNext() && freed < count; ) {
      Sent offer = all.next();
      if (loop.nanoTime() - offer.sentNanos() < ANSWERED_NANOS) {
        break;
      }
      boolean isOneOfSeveral = counts.getOrDefault(offer.group(), 0) > 1;
      if (isOneOfSeveral || need.compareTo(offer.need()) < 0) {
        counts.merge(offer.group(), -1, Integer::sum);
        all.remove();
        offer.pending().discard();
        freed++;
      }
    }
    return freed;
  }

  /** Ends all. */
  void close() {
    if (expiry != null) {
      expiry.cancel();
    }
    sent.values().forEach(offer -> offer.pending().discard());
    sent.clear();
  }

  private void watchAge() {
    if (expiry == null && !sent.isEmpty()) {
      long age = loop.nanoTime() - sent.values().iterator().next().sentNanos();
      expiry = loop.schedule(OFFER_NANOS - age, this::expire);
    }
  }

  private void expire() {
    expiry = null;
    for (Iterator<Sent> all = sent.values().iterator(); all.hasNext(); ) {
      Sent offer = all.next();
      if (loop.nanoTime() - offer.sentNanos() < OFFER_NANOS) {
        break;
      }
      all.remove();
      offer.pending().discard();
    }
    watchAge();
    whenRoom.run();
  }

  /** An offer that goes wrong while it waits. */
  private final class Unanswered implements PendingPeer.Owner {
    private final String offerId;

    Unanswered(String offerId) {
      this.offerId = offerId;
    }

    @Override
    public void onDescription(PendingPeer pending) {} // what was found since comes too late

    @Override
    public void onOpen(PendingPeer pending) {
      sent.remove(offerId);
      pending.discard(); // nobody has answered that we know of
    }

    @Override
    public void onClosed(PendingPeer pending, @Nullable IOException cause) {
      sent.remove(offerId);
      whenRoom.run();
    }
  }
}
