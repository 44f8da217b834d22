package org.webtorrent4j.webrtc.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;

/** A torrent at a tracker that waits for offers. Confined to the event loop. */
final class OfferWaiter {
  /** Who comes first of those that have nothing: who needs it more, then who waits longer. */
  static final Comparator<OfferWaiter> ORDER =
      Comparator.comparing((OfferWaiter waiter) -> waiter.need)
          .thenComparingLong(waiter -> waiter.sinceNanos)
          .thenComparingLong(waiter -> waiter.number);

  final Need need;
  final boolean isPatient;
  private final long sinceNanos;
  private final long number;
  private final int count;
  private final Consumer<List<PendingPeer>> use;
  private final List<PendingPeer> taken = new ArrayList<>();
  private EventLoop.@Nullable Timer timer;
  private boolean isDone; // then nothing may be added to what was taken

  /**
   * Somebody who has nothing yet.
   *
   * @param isPatient whether it waits until there is something; who is not has a timer
   * @param sinceNanos since when it has been without
   * @param number which differs from that of any other
   * @param count how many it wants
   * @param use gets what it has in the end
   */
  OfferWaiter(
      Need need,
      boolean isPatient,
      long sinceNanos,
      long number,
      int count,
      Consumer<List<PendingPeer>> use) {
    this.need = need;
    this.isPatient = isPatient;
    this.sinceNanos = sinceNanos;
    this.number = number;
    this.count = count;
    this.use = use;
  }

  /** At the latest then it is served. */
  void timer(EventLoop.Timer newTimer) {
    timer = newTimer;
  }

  int taken() {
    return taken.size();
  }

  int missing() {
    return count - taken.size();
  }

  void give(PendingPeer offer) {
    taken.add(offer);
  }

  /** An offer has ended by itself. */
  void forget(PendingPeer offer) {
    taken.remove(offer);
  }

  boolean isDone() {
    return isDone;
  }

  /** Ends the waiting; returns what it has got, which is not used then. */
  List<PendingPeer> end() {
    isDone = true;
    if (timer != null) {
      timer.cancel();
    }
    return taken;
  }

  /** Ends the waiting, with what it has got. */
  void serve() {
    use.accept(end());
  }
}
