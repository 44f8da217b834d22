package org.webtorrent4j.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The trackers that a torrent takes leave of. Confined to the event loop. */
final class Farewells {
  private final TrackerPool pool;
  private final Supplier<AnnounceRequest> stopped;
  private final Runnable onLast;
  private final List<TrackerPool.Ticket> underWay = new ArrayList<>();

  /**
   * None yet.
   *
   * @param stopped asked for what to say when a farewell begins
   * @param onLast called when the last one that was under way has been answered
   */
  Farewells(TrackerPool pool, Supplier<AnnounceRequest> stopped, Runnable onLast) {
    this.pool = pool;
    this.stopped = stopped;
    this.onLast = onLast;
  }

  /** Tells a tracker that knows us, or is about to, that we leave; then gives it back. */
  void say(TrackerEntry entry) {
    TrackerPool.Pooled tracker = entry.tracker;
    if (tracker == null) {
      return;
    }
    TrackerPool.Ticket ticket = entry.ticket;
    boolean isAsked = ticket != null && ticket.isBegun();
    if (ticket != null) {
      ticket.cancel();
    }
    if (!entry.knowsUs && !isAsked) {
      pool.release(tracker);
      return;
    }
    Farewell farewell = new Farewell(tracker);
    farewell.ticket = pool.announce(tracker, stopped, farewell, true);
    underWay.add(farewell.ticket);
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }

  /** Waits for no answers any longer. */
  void giveUp() {
    for (TrackerPool.Ticket farewell : underWay) {
      farewell.cancel();
      pool.release(farewell.tracker());
    }
    underWay.clear();
  }

  /** Gives the tracker back when it has taken leave of us. */
  private final class Farewell implements AnnounceHandler {
    private final TrackerPool.Pooled tracker;
    TrackerPool.@Nullable Ticket ticket;

    Farewell(TrackerPool.Pooled tracker) {
      this.tracker = tracker;
    }

    @Override
    public void onResponse(AnnounceResponse response) {
      end();
    }

    @Override
    public void onFailure(TrackerException cause) {
      end();
    }

    private void end() {
      if (ticket != null && underWay.remove(ticket)) {
        pool.release(tracker);
        if (underWay.isEmpty()) {
          onLast.run();
        }
      }
    }
  }
}
