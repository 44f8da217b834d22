package org.webtorrent4j.tracker.server.websocket;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.tracker.server.http.Requester;
import org.webtorrent4j.tracker.server.swarm.Shares;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** The open sockets, counted by address, and what they share. Thread-safe by a lock. */
final class Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
  private static final long WARNING_NANOS = TimeUnit.HOURS.toNanos(1);

  private final SocketLimits limits;
  private final SwarmTable swarms;
  private final LongSupplier nanoClock;
  private final Scheduler timers;
  private final Executor threads;
  private final Signalling signalling;
  private final Object lock = new Object();
  private final Set<SignalSocket> open = new HashSet<>();
  private final Shares<SignalSocket> shares = new Shares<>();
  private final AtomicLong warnedAt = new AtomicLong();

  /** No sockets yet; they are called on these threads. */
  Sockets(
      SocketLimits limits,
      SwarmTable swarms,
      LongSupplier nanoClock,
      Scheduler timers,
      Executor threads) {
    this.limits = limits;
    this.swarms = swarms;
    this.nanoClock = nanoClock;
    this.timers = timers;
    this.threads = threads;
    this.signalling = new Signalling(limits, swarms, nanoClock);
  }

  SocketLimits limits() {
    return limits;
  }

  Signalling signalling() {
    return signalling;
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  void schedule(Runnable task, long delayNanos) {
    timers.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
  }

  /** Calls soon, after what waits for a thread already. */
  void callSoon(Runnable task) {
    threads.execute(task);
  }

  int size() {
    synchronized (lock) {
      return open.size();
    }
  }

  /** Whether another socket from this address would be welcome. */
  boolean hasRoomFor(InetAddress address) {
    synchronized (lock) {
      int held = shares.of(address);
      return held < limits.socketsPerAddress()
          && (open.size() < limits.sockets() || shares.largest() > held + 1);
    }
  }

  /**
   * Takes in a socket, if there is room for it; the address that has most may have to make some.
   */
  boolean add(SignalSocket socket) {
    Optional<SignalSocket> tooMany = Optional.empty();
    synchronized (lock) {
      if (!hasRoomFor(socket.address())) {
        return false;
      }
      if (open.size() >= limits.sockets()) {
        tooMany = shares.oldestOfLargest();
        tooMany.ifPresent(this::forget);
      }
      open.add(socket);
      shares.add(socket.address(), socket);
    }
    tooMany.ifPresent(oldest -> oldest.close(CloseStatus.TRY_AGAIN_LATER, "others need the room"));
    return true;
  }

  /** Forgets a socket and its peers. Idempotent. */
  void remove(SignalSocket socket) {
    synchronized (lock) {
      forget(socket);
    }
    swarms.leave(socket.link());
  }

  private void forget(SignalSocket socket) {
    open.remove(socket);
    shares.remove(socket);
  }

  /** A proxy nearby that nobody has told of looks like one client that wants far too much. */
  void turnedAway(Requester requester) {
    InetAddress address = requester.address();
    boolean isNearby = address.isLoopbackAddress() || address.isSiteLocalAddress();
    long now = nanoTime();
    long before = warnedAt.get();
    boolean isTime = before == 0 || now - before > WARNING_NANOS;
    if (requester.isForwarded() && isNearby && isTime && warnedAt.compareAndSet(before, now | 1)) {
      LOG.warn(
          "{} has all the connections that one address may have, and says that it forwards for"
              + " others: if it is your proxy, make it a trusted one",
          address.getHostAddress());
    }
  }

  /** What has to be done every ten seconds. */
  void tick() {
    long nanoTime = nanoTime();
    signalling.expire();
    all().forEach(socket -> socket.tick(nanoTime));
  }

  List<SignalSocket> all() {
    synchronized (lock) {
      return new ArrayList<>(open);
    }
  }
}
