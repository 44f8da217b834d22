package org.webtorrent4j.tracker.server.websocket;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.server.swarm.Link;

/**
 * The offers that were relayed and may still be answered, once, by whom they were given to. Clients
 * let go of an offer 50 s after they began to make it. Bounded for each link and in all, at some
 * 250 bytes each. Thread-safe by a lock.
 */
final class OfferTable {
  /** Names an offer. */
  record Key(InfoHash infoHash, PeerId offerer, String offerId) {}

  private record Offer(Link from, Link to, PeerId answerer, long nanoTime) {}

  private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int MAX = 200_000;
  private static final int MAX_PER_LINK = 10_000;

  private final Object lock = new Object();

  /** The oldest comes first. */
  private final Map<Key, Offer> offers = new LinkedHashMap<>();

  private final Map<Link, Integer> offersPerLink = new HashMap<>();

  /** Notes that an offer is being relayed; false: too many of its link are not answered yet. */
  boolean add(Key key, Link from, Link to, PeerId answerer, long nanoTime) {
    synchronized (lock) {
      remove(key);
      expire(nanoTime);
      if (offersPerLink.getOrDefault(from, 0) >= MAX_PER_LINK) {
        return false;
      }
      if (offers.size() >= MAX) {
        remove(offers.keySet().iterator().next());
      }
      offers.put(key, new Offer(from, to, answerer, nanoTime));
      offersPerLink.merge(from, 1, Integer::sum);
      return true;
    }
  }

  /** Where an answer is to go, if there is such an offer to this peer on this link. */
  Optional<Link> take(Key key, Link to, PeerId answerer, long nanoTime) {
    synchronized (lock) {
      expire(nanoTime);
      Offer offer = offers.get(key);
      if (offer == null || offer.to() != to || !offer.answerer().equals(answerer)) {
        return Optional.empty();
      }
      remove(key);
      return Optional.of(offer.from());
    }
  }

  /** How many are not answered yet. */
  int size() {
    synchronized (lock) {
      return offers.size();
    }
  }

  /** Forgets those that are too old. */
  void expire(long nanoTime) {
    synchronized (lock) {
      Iterator<Offer> oldest = offers.values().iterator();
      while (oldest.hasNext()) {
        Offer offer = oldest.next();
        if (nanoTime - offer.nanoTime() <= LIFE_NANOS) {
          return;
        }
        oldest.remove();
        discount(offer);
      }
    }
  }

  private void remove(Key key) {
    Offer offer = offers.remove(key);
    if (offer != null) {
      discount(offer);
    }
  }

  private void discount(Offer offer) {
    offersPerLink.computeIfPresent(offer.from(), (link, n) -> n == 1 ? null : n - 1);
  }
}
