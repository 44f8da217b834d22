package org.webtorrent4j.tracker;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.net.Url;

/**
 * The trackers of a client: one {@link Tracker} per URL, shared by all torrents that use it and
 * closed with the last one, and a bound on the announces under way. Trackers take turns, so a dead
 * one that thousands of torrents name does not keep the others waiting. Confined to the event loop.
 */
public final class TrackerPool {
  private static final int MAX_UNDER_WAY = 200;
  private static final int MAX_UNDER_WAY_PER_TRACKER = 20;

  private final Map<String, TrackerFactory> factories = new HashMap<>();

  /** By what is the same for all spellings of a URL. */
  private final Map<String, Pooled> trackers = new HashMap<>();

  /** The keys of the URLs that the user has named himself. */
  private final Set<String> named = new HashSet<>();

  /** Trackers that somebody waits for and that have room, in the order of their turns. */
  private final Deque<Pooled> turns = new ArrayDeque<>();

  private int underWay;
  private boolean closed;

  /** A pool that makes its trackers with these; of two for one scheme the first is used. */
  public TrackerPool(Collection<? extends TrackerFactory> factories) {
    for (TrackerFactory factory : factories) {
      for (String scheme : factory.schemes()) {
        this.factories.putIfAbsent(scheme, factory);
      }
    }
  }

  /** Closes all trackers; announces under way end without a word. Idempotent. */
  public void close() {
    closed = true;
    for (Pooled tracker : new ArrayList<>(trackers.values())) {
      tracker.close();
    }
  }

  /** How many announces are under way. */
  int underWay() {
    return underWay;
  }

  /**
   * The user himself has named this tracker, as opposed to a torrent or a magnet link: it may be
   * anything on his own host. A URL that is of no use is ignored here.
   */
  public void onNamed(String text) {
    try {
      Url url = Url.parse(text);
      named.add(url.key());
      Pooled tracker = trackers.get(url.key());
      factory(url).allow(tracker == null ? url.uri() : tracker.uri);
    } catch (IllegalArgumentException e) {
      // Whoever announces there is told why that cannot be.
    }
  }

  /** Whether the user has named this tracker, however he has spelled it. */
  boolean isNamed(String text) {
    try {
      return named.contains(Url.parse(text).key());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Lends the tracker of a URL until {@link #release}; the same one for all spellings of it.
   *
   * @throws IllegalArgumentException if there can be none; the message is fit for a user
   */
  Pooled acquire(Url url) {
    Pooled tracker = trackers.get(url.key());
    if (tracker == null) {
      TrackerFactory factory = factory(url);
      URI uri = url.uri();
      if (named.contains(url.key())) {
        factory.allow(uri);
      }
      tracker = new Pooled(factory.create(uri), uri, url.key());
      trackers.put(url.key(), tracker);
    }
    tracker.users++;
    return tracker;
  }

  /** Gives a tracker back. */
  void release(Pooled tracker) {
    if (--tracker.users == 0) {
      tracker.close();
      startWaiting();
    }
  }

  /**
   * Announces as soon as there is room.
   *
   * @param request asked for at that time, so that its numbers are fresh
   * @param first whether to go before those that wait already
   */
  Ticket announce(
      Pooled tracker, Supplier<AnnounceRequest> request, AnnounceHandler handler, boolean first) {
    Ticket ticket = new Ticket(tracker, request, handler);
    if (!closed) {
      if (first) {
        tracker.waiting.addFirst(ticket);
      } else {
        tracker.waiting.addLast(ticket);
      }
      tracker.takeTurn();
      startWaiting();
    }
    return ticket;
  }

  private TrackerFactory factory(Url url) {
    TrackerFactory factory = factories.get(url.scheme());
    if (factory == null) {
      throw new IllegalArgumentException("trackers of " + url.scheme() + " are not supported");
    }
    return factory;
  }

  private void startWaiting() {
    while (underWay < MAX_UNDER_WAY && !turns.isEmpty()) {
      Pooled tracker = turns.remove();
      tracker.hasTurn = false;
      Ticket ticket = tracker.waiting.poll();
      if (ticket != null) {
        ticket.begin();
      }
      tracker.takeTurn();
    }
  }

  /** A tracker and those who wait for it. */
  final class Pooled {
    private final Tracker tracker;
    private final URI uri;
    private final String key;
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private final Set<Ticket> begun = new HashSet<>();
    private int users;
    private boolean hasTurn;

    private Pooled(Tracker tracker, URI uri, String key) {
      this.tracker = tracker;
      this.uri = uri;
      this.key = key;
    }

    private void takeTurn() {
      if (!hasTurn && !waiting.isEmpty() && begun.size() < MAX_UNDER_WAY_PER_TRACKER) {
        hasTurn = true;
        turns.add(this);
      }
    }

    private void close() {
      waiting.clear();
      underWay -= begun.size();
      begun.clear();
      trackers.remove(key, this);
      tracker.close();
    }
  }

  /** One announce, waiting or under way. */
  final class Ticket implements AnnounceHandler {
    private final Pooled pooled;
    private final Supplier<AnnounceRequest> request;
    private @Nullable AnnounceHandler handler;
    private boolean isBegun;

    private Ticket(Pooled pooled, Supplier<AnnounceRequest> request, AnnounceHandler handler) {
      this.pooled = pooled;
      this.request = request;
      this.handler = handler;
    }

    /** Whether the tracker has been asked, or is being. */
    boolean isBegun() {
      return isBegun;
    }

    /** Whom it asks. */
    Pooled tracker() {
      return pooled;
    }

    /** Forgets the announce if it has not begun, its outcome otherwise. */
    void cancel() {
      handler = null;
      pooled.waiting.remove(this);
    }

    private void begin() {
      isBegun = true;
      underWay++;
      pooled.begun.add(this);
      pooled.tracker.announce(request.get(), this);
    }

    @Override
    public void onResponse(AnnounceResponse response) {
      AnnounceHandler asker = end();
      if (asker != null) {
        asker.onResponse(response);
      }
    }

    @Override
    public void onFailure(TrackerException cause) {
      AnnounceHandler asker = end();
      if (asker != null) {
        asker.onFailure(cause);
      }
    }

    /** Makes room for the next one; returns who is to be told, once. */
    private @Nullable AnnounceHandler end() {
      if (pooled.begun.remove(this)) {
        underWay--;
        pooled.takeTurn();
        startWaiting();
      }
      AnnounceHandler asker = handler;
      handler = null;
      return asker;
    }
  }
}
