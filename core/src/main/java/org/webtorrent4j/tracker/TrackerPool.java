package org.webtorrent4j.tracker;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The trackers of a client: one {@link Tracker} per URL, shared by all torrents that use it and
 * closed with the last one, and a bound on the announces under way. Trackers take turns, so a dead
 * one that thousands of torrents name does not keep the others waiting. Confined to the event loop.
 */
public final class TrackerPool {
  private static final int MAX_UNDER_WAY = 50;
  private static final int MAX_UNDER_WAY_PER_TRACKER = 20;

  private final Map<String, TrackerFactory> factories = new HashMap<>();
  private final Map<URI, Pooled> trackers = new HashMap<>();

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
   * Lends the tracker of a URL until {@link #release}.
   *
   * @throws IllegalArgumentException if there can be none; the message is fit for a user
   */
  Pooled acquire(String url) {
    URI uri = parse(url);
    Pooled tracker = trackers.get(uri);
    if (tracker == null) {
      tracker = new Pooled(factory(uri).create(uri), uri);
      trackers.put(uri, tracker);
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

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
    }
  }

  private TrackerFactory factory(URI uri) {
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException("a tracker URL without a scheme");
    }
    TrackerFactory factory = factories.get(uri.getScheme().toLowerCase(Locale.ROOT));
    if (factory == null) {
      throw new IllegalArgumentException("trackers of " + uri.getScheme() + " are not supported");
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
    private final Deque<Ticket> waiting = new ArrayDeque<>();
    private final Set<Ticket> begun = new HashSet<>();
    private int users;
    private boolean hasTurn;

    private Pooled(Tracker tracker, URI uri) {
      this.tracker = tracker;
      this.uri = uri;
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
      trackers.remove(uri, this);
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
