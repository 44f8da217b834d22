package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.tracker.TrackerException;

/**
 * One address of a tracker: the connection id that it gave last, and the requests that wait for the
 * next one. Confined to the event loop.
 */
final class Endpoint {
  private static final long ID_NANOS = Duration.ofSeconds(60).toNanos();

  /** Requests that begin together ask for one connection id together. */
  private static final long CONNECT_PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  /** A request that waits for a connection id. */
  interface Waiting {
    /** There is one. */
    void onConnected();

    /** There will be none. */
    void onRefused(TrackerException cause);
  }

  private final EventLoop loop;
  private final Transactions transactions;
  private final InetSocketAddress address;
  private final Set<Waiting> waiting = new LinkedHashSet<>();
  private OptionalLong connectionId = OptionalLong.empty();
  private long connectedAt;
  private OptionalInt connecting = OptionalInt.empty();
  private long askedAt;

  Endpoint(EventLoop loop, Transactions transactions, InetSocketAddress address) {
    this.loop = loop;
    this.transactions = transactions;
    this.address = address;
  }

  /** Its address. */
  InetAddress address() {
    return address.getAddress();
  }

  /** The connection id, if there is one that may still be used. */
  OptionalLong connectionId() {
    boolean isExpired = loop.nanoTime() - connectedAt >= ID_NANOS;
    return isExpired ? OptionalLong.empty() : connectionId;
  }

  /** Whether nothing would be lost with this object. */
  boolean isIdle() {
    return waiting.isEmpty() && connectionId().isEmpty();
  }

  /** A connection id has not been of use; another one has to be asked for. */
  void forget(long id) {
    if (connectionId.equals(OptionalLong.of(id))) {
      connectionId = OptionalLong.empty();
    }
  }

  /**
   * Asks for a connection id.
   *
   * @param toBeTold once, and not inside this call, unless it leaves before
   * @throws IOException if the address cannot be reached
   */
  void connect(Waiting toBeTold) throws IOException {
    waiting.add(toBeTold);
    long nanoTime = loop.nanoTime();
    if (connecting.isPresent() && nanoTime - askedAt < CONNECT_PAUSE_NANOS) {
      return;
    }
    if (connecting.isEmpty()) {
      connecting = OptionalInt.of(transactions.open(address, this::onReply));
    }
    askedAt = nanoTime;
    transactions.send(address, UdpConnect.packet(connecting.getAsInt()));
  }

  /** Waits no longer. */
  void leave(Waiting waiter) {
    if (waiting.remove(waiter) && waiting.isEmpty()) {
      endConnecting();
    }
  }

  /** Opens a transaction with this address. */
  int open(Transactions.Handler handler) {
    return transactions.open(address, handler);
  }

  /** Closes a transaction. */
  void close(int transactionId) {
    transactions.close(transactionId);
  }

  /**
   * Sends a datagram.
   *
   * @throws IOException if the address cannot be reached
   */
  void send(ByteBuffer packet) throws IOException {
    transactions.send(address, packet);
  }

  private void onReply(UdpReply reply) throws ProtocolException {
    try {
      connectionId = OptionalLong.of(UdpConnect.answer(reply));
      connectedAt = loop.nanoTime();
      takeWaiting().forEach(Waiting::onConnected);
    } catch (TrackerException e) {
      takeWaiting().forEach(waiter -> waiter.onRefused(e));
    }
  }

  private List<Waiting> takeWaiting() {
    endConnecting();
    List<Waiting> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  private void endConnecting() {
    connecting.ifPresent(transactions::close);
    connecting = OptionalInt.empty();
  }
}
