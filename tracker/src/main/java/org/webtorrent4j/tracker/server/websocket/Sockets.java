package org.webtorrent4j.tracker.server.websocket;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.thread.Scheduler;
import org.webtorrent4j.net.Network;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** The open sockets, counted by address, and what they share. Thread-safe by a lock. */
final class Sockets {
  private final SocketLimits limits;
  private final SwarmTable swarms;
  private final LongSupplier nanoClock;
  private final Scheduler timers;
  private final Executor threads;
  private final Signalling signalling;
  private final Object lock = new Object();
  private final Set<SignalSocket> open = new HashSet<>();
  private final Map<InetAddress, Integer> openPerAddress = new HashMap<>();

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
      return open.size() < limits.sockets()
          && openPerAddress.getOrDefault(Network.of(address), 0) < limits.socketsPerAddress();
    }
  }

  /** Takes in a socket, if there is room for it. */
  boolean add(SignalSocket socket) {
    synchronized (lock) {
      if (!hasRoomFor(socket.address())) {
        return false;
      }
      open.add(socket);
      openPerAddress.merge(Network.of(socket.address()), 1, Integer::sum);
      return true;
    }
  }

  /** Forgets a socket and its peers. Idempotent. */
  void remove(SignalSocket socket) {
    synchronized (lock) {
      if (open.remove(socket)) {
        openPerAddress.computeIfPresent(
            Network.of(socket.address()), (address, n) -> n == 1 ? null : n - 1);
      }
    }
    swarms.leave(socket.link());
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
