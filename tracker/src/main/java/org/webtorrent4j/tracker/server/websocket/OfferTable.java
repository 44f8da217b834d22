package org.webtorrent4j.tracker.server.websocket;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.server.swarm.Held;
import org.webtorrent4j.tracker.server.swarm.Link;
import org.webtorrent4j.tracker.server.swarm.Shares;

/**
 * The offers that were relayed and may still be answered, once, by whom they were given to. Clients
 * let go of an offer 50 s after they began to make it. Bounded for each address and in all, at some
 * 250 bytes each. Thread-safe by a lock.
 */
final class OfferTable {
  /** Names an offer. */
  record Key(InfoHash infoHash, PeerId offerer, String offerId) {}

  private static final class Offer extends Held<Offer> {
    final Key key;
    final Link from;
    final Link to;
    final PeerId answerer;
    final long nanoTime;

    Offer(Key key, Link from, Link to, PeerId answerer, long nanoTime) {
      this.key = key;
      this.from = from;
      this.to = to;
      this.answerer = answerer;
      this.nanoTime = nanoTime;
    }
  }

  private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int MAX = 200_000;

  /** Of one address, which may be a hundred people behind one router. */
  private static final int MAX_OF_ADDRESS = 10_000;

  private final Object lock = new Object();

  /** The oldest comes first. */
  private final Map<Key, Offer> offers = new LinkedHashMap<>();

  private final Shares<Offer> shares = new Shares<>();

  /**
   * Notes that an offer is being relayed. The key is no secret, so an open offer of another link
   * stays as it is.
   *
   * @param address where {@code from} ends
   * @return false if it must not be relayed: there are too many of its address, or it is not its
   *     own
   */
  boolean add(Key key, Link from, InetAddress address, Link to, PeerId answerer, long nanoTime) {
    synchronized (lock) {
      expire(nanoTime);
      Offer open = offers.get(key);
      if (open != null && open.from != from) {
        return false;
      }
      if (open != null) {
        remove(open);
      }
      if (shares.of(address) >= MAX_OF_ADDRESS) {
        return false;
      }
      if (offers.size() >= MAX) {
        remove(shares.oldestOfLargest().orElseGet(() -> offers.values().iterator().next()));
      }
      Offer offer = new Offer(key, from, to, answerer, nanoTime);
      offers.put(key, offer);
      shares.add(address, offer);
      return true;
    }
  }

  /** Where an answer is to go, if there is such an offer to this peer on this link. */
  Optional<Link> take(Key key, Link to, PeerId answerer, long nanoTime) {
    synchronized (lock) {
      expire(nanoTime);
      Offer offer = offers.get(key);
      if (offer == null || offer.to != to || !offer.answerer.equals(answerer)) {
        return Optional.empty();
      }
      remove(offer);
      return Optional.of(offer.from);
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
        if (nanoTime - offer.nanoTime <= LIFE_NANOS) {
          return;
        }
        oldest.remove();
        shares.remove(offer);
      }
    }
  }

  private void remove(Offer offer) {
    offers.remove(offer.key);
    shares.remove(offer);
  }
}
