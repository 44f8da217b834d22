package org.webtorrent4j.webrtc.signal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.webrtc.rtc.RtcEngine;

/**
 * Offers that were made ahead: finding the candidates takes time, and an offer belongs to no
 * torrent before it is announced. Confined to the event loop.
 */
final class OfferPool implements PendingPeer.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(OfferPool.class);

  /** The addresses in an offer grow old: routers forget what STUN has seen. */
  private static final long FRESH_NANOS = Duration.ofMinutes(2).toNanos();

  private static final int MAX_GATHERING = 10;

  /** An announce gets no more than this part of what there may still be, so that more get some. */
  private static final int SHARE = 10;

  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_PAUSE_SHIFT = 5; // 32 s

  /** How often those who have no offer look for one that others can do without. */
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  private final EventLoop loop;
  private final RtcEngine engine;
  private final OfferPlaces places;
  private final Deque<PendingPeer> ready = new ArrayDeque<>(); // the oldest first
  private final Set<PendingPeer> gathering = new LinkedHashSet<>();
  private final OfferLine line = new OfferLine();
  private long waiters;
  private boolean isWarm;
  private int failures;
  private boolean isPaused;
  private EventLoop.@Nullable Timer expiry;
  private EventLoop.@Nullable Timer retry;

  /** An empty pool. */
  OfferPool(EventLoop loop, RtcEngine engine, OfferPlaces places) {
    this.loop = loop;
    this.engine = engine;
    this.places = places;
  }

  /** Whether offers are to be kept ready; if not, there are none. */
  void keepWarm(boolean warm) {
    isWarm = warm;
    if (!warm) {
      ready.forEach(PendingPeer::discard);
      ready.clear();
      gathering.forEach(PendingPeer::discard);
      gathering.clear();
      line.impatient().forEach(this::serve);
      line.all().forEach(this::cancel);
      cancelTimers();
    }
    fill();
  }

  private void cancelTimers() {
    if (expiry != null) {
      expiry.cancel();
      expiry = null;
    }
    if (retry != null) {
      retry.cancel();
      retry = null;
    }
  }

  /** How many are ready. */
  int ready() {
    return ready.size();
  }

  /**
   * Takes offers.
   *
   * @param sinceNanos since when the torrent has had none
   * @param count how many are wanted
   * @param waitNanos how long to wait if there are less
   * @param use gets them, maybe less, at once or later; they are its own then
   */
  OfferWaiter take(
      Need need, long sinceNanos, int count, long waitNanos, Consumer<List<PendingPeer>> use) {
    OfferWaiter waiter = newWaiter(need, false, sinceNanos, count, use);
    waiter.timer(loop.schedule(waitNanos, () -> serve(waiter)));
    deal();
    return waiter;
  }

  /** Like {@link #take}, but waits until there is one at least, and not longer. */
  OfferWaiter await(Need need, long sinceNanos, int count, Consumer<List<PendingPeer>> use) {
    OfferWaiter waiter = newWaiter(need, true, sinceNanos, count, use);
    deal();
    return waiter;
  }

  private OfferWaiter newWaiter(
      Need need, boolean isPatient, long sinceNanos, int count, Consumer<List<PendingPeer>> use) {
    int share = Math.min(count, Math.max(1, places.left() / SHARE));
    OfferWaiter waiter = new OfferWaiter(need, isPatient, sinceNanos, waiters++, share, use);
    line.add(waiter);
    return waiter;
  }

  /** Somebody does not want offers any more. Idempotent. */
  void cancel(OfferWaiter waiter) {
    if (!waiter.isDone()) {
      line.remove(waiter);
      giveBack(waiter.end());
    }
  }

  private void serve(OfferWaiter waiter) {
    if (!waiter.isDone()) {
      line.remove(waiter);
      waiter.serve();
    }
  }

  /** Takes offers back that were not used. */
  void giveBack(List<PendingPeer> unused) {
    for (PendingPeer pending : unused) {
      if (isWarm) {
        pending.owner(this);
        ready.addFirst(pending);
      } else {
        pending.discard();
      }
    }
    deal();
  }

  /** There may be room again. */
  void onRoom() {
    deal();
  }

  /** Deals out what is ready; who cannot hope for more does not wait. */
  private void deal() {
    fill();
    for (OfferWaiter next = line.next(); next != null && !ready.isEmpty(); next = line.next()) {
      line.give(next, ready.remove());
    }
    line.satisfied().forEach(this::serve);
    if (!hasHope() && !hasFreed()) {
      line.impatient().forEach(this::serve);
      retryLater();
    }
    fill();
  }

  private boolean hasHope() {
    return !gathering.isEmpty() || (!isPaused && places.left() > held());
  }

  /** Whether others make room for those who have nothing; if not, not for some time. */
  private boolean hasFreed() {
    OfferWaiter neediest = line.neediest();
    return neediest != null
        && retry == null
        && !isPaused
        && isWarm
        && places.free(Math.min(line.emptyHanded(), MAX_GATHERING), neediest.need) > 0;
  }

  private void retryLater() {
    if (retry == null && line.emptyHanded() > 0) {
      retry =
          loop.schedule(
              RETRY_NANOS,
              () -> {
                retry = null;
                deal();
              });
    }
  }

  /** Makes as many as are wanted. */
  private void fill() {
    int wanted = isWarm ? engine.spareOffers() + line.missing() : 0;
    while (!isPaused
        && ready.size() + gathering.size() < wanted
        && gathering.size() < MAX_GATHERING
        && held() < places.left()) {
      gathering.add(new PendingPeer(this, engine::offer));
    }
    watchAge();
  }

  private int held() {
    return ready.size() + gathering.size() + line.given();
  }

  @Override
  public void onDescription(PendingPeer pending) {
    if (gathering.remove(pending)) {
      failures = 0;
      pending.readyNanos(loop.nanoTime());
      ready.add(pending);
      deal();
    }
  }

  @Override
  public void onOpen(PendingPeer pending) {
    pending.discard(); // without an answer there is nobody at the other end
  }

  @Override
  public void onClosed(PendingPeer pending, @Nullable IOException cause) {
    boolean failed = gathering.remove(pending);
    ready.remove(pending);
    line.forget(pending);
    if (failed) {
      LOG.debug("an offer could not be made", cause);
      pause();
    }
    deal();
  }

  /** An engine that cannot make offers is not asked all the time. */
  private void pause() {
    if (!isPaused) {
      isPaused = true;
      loop.schedule(
          FIRST_PAUSE_NANOS << Math.min(failures++, MAX_PAUSE_SHIFT),
          () -> {
            isPaused = false;
            fill();
          });
    }
  }

  private void watchAge() {
    if (expiry == null && !ready.isEmpty()) {
      long age = loop.nanoTime() - ready.element().readyNanos();
      expiry = loop.schedule(FRESH_NANOS - age, this::expire);
    }
  }

  private void expire() {
    expiry = null;
    while (!ready.isEmpty() && loop.nanoTime() - ready.element().readyNanos() >= FRESH_NANOS) {
      ready.remove().discard();
    }
    fill();
  }
}
