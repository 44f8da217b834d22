package org.webtorrent4j.webrtc.signal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
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
  /** How many are kept ready: as many as one announce takes. */
  static final int WARM = 5;

  private static final Logger LOG = LoggerFactory.getLogger(OfferPool.class);

  /** The addresses in an offer grow old: routers forget what STUN has seen. */
  private static final long FRESH_NANOS = Duration.ofMinutes(2).toNanos();

  private static final int MAX_GATHERING = 10;

  /** An announce gets no more than this part of what there may still be, so that more get some. */
  private static final int SHARE = 10;

  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MAX_PAUSE_SHIFT = 5; // 32 s

  private final EventLoop loop;
  private final RtcEngine engine;
  private final IntSupplier room;
  private final Deque<PendingPeer> ready = new ArrayDeque<>(); // the oldest first
  private final Set<PendingPeer> gathering = new LinkedHashSet<>();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private boolean isWarm;
  private int failures;
  private boolean isPaused;
  private EventLoop.@Nullable Timer expiry;

  /**
   * An empty pool.
   *
   * @param room how many offers there may be besides those that wait for answers
   */
  OfferPool(EventLoop loop, RtcEngine engine, IntSupplier room) {
    this.loop = loop;
    this.engine = engine;
    this.room = room;
  }

  /** Whether offers are to be kept ready; if not, there are none. */
  void keepWarm(boolean warm) {
    isWarm = warm;
    if (!warm) {
      ready.forEach(PendingPeer::discard);
      ready.clear();
      gathering.forEach(PendingPeer::discard);
      gathering.clear();
      List.copyOf(waiters).forEach(Waiter::serve);
      if (expiry != null) {
        expiry.cancel();
        expiry = null;
      }
    }
    fill();
  }

  /** How many are ready. */
  int ready() {
    return ready.size();
  }

  /**
   * Takes offers.
   *
   * @param count how many are wanted
   * @param waitNanos how long to wait if there are less
   * @param use gets them, maybe less, at once or later; they are its own then
   */
  void take(int count, long waitNanos, Consumer<List<PendingPeer>> use) {
    Waiter waiter = new Waiter(Math.min(count, Math.max(1, room.getAsInt() / SHARE)), use);
    waiters.add(waiter);
    waiter.timer = loop.schedule(waitNanos, waiter::serve);
    serveWaiters();
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
    serveWaiters();
  }

  /** There may be room again. */
  void onRoom() {
    fill();
  }

  /** Gives what is ready to those who came first; who cannot hope for more does not wait. */
  private void serveWaiters() {
    fill();
    int hope = gathering.size() + (isPaused ? 0 : Math.max(0, room.getAsInt() - held()));
    for (Waiter waiter : List.copyOf(waiters)) {
      while (!waiter.isServed && waiter.missing() > 0 && !ready.isEmpty()) {
        waiter.taken.add(ready.remove());
      }
      if (waiter.missing() == 0 || hope <= 0) {
        waiter.serve();
      }
      hope -= waiter.missing();
    }
    fill();
  }

  /** Makes as many as are wanted. */
  private void fill() {
    int wanted = isWarm ? WARM : 0;
    for (Waiter waiter : waiters) {
      wanted += waiter.missing();
    }
    while (!isPaused
        && isWarm
        && ready.size() + gathering.size() < wanted
        && gathering.size() < MAX_GATHERING
        && held() < room.getAsInt()) {
      gathering.add(new PendingPeer(this, engine::offer));
    }
    watchAge();
  }

  private int held() {
    int held = ready.size() + gathering.size();
    for (Waiter waiter : waiters) {
      held += waiter.taken.size();
    }
    return held;
  }

  @Override
  public void onDescription(PendingPeer pending) {
    if (gathering.remove(pending)) {
      failures = 0;
      pending.readyNanos(loop.nanoTime());
      ready.add(pending);
      serveWaiters();
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
    waiters.forEach(waiter -> waiter.taken.remove(pending));
    if (failed) {
      LOG.debug("an offer could not be made", cause);
      pause();
    }
    serveWaiters();
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

  /** An announce that waits for its offers. */
  private final class Waiter {
    final int count;
    final List<PendingPeer> taken = new ArrayList<>();
    private final Consumer<List<PendingPeer>> use;
    private EventLoop.@Nullable Timer timer;
    private boolean isServed; // then nothing may be added to what was taken

    Waiter(int count, Consumer<List<PendingPeer>> use) {
      this.count = count;
      this.use = use;
    }

    int missing() {
      return count - taken.size();
    }

    void serve() {
      if (timer != null) {
        timer.cancel();
      }
      if (!isServed) {
        isServed = true;
        waiters.remove(this);
        use.accept(taken);
      }
    }
  }
}
