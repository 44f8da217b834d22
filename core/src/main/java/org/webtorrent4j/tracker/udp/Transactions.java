package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all UDP trackers of a client share: the way to the network, and whose answer a datagram is.
 * Only the one who was asked can answer, and only if he knows the number of the question, which is
 * random. Confined to the event loop.
 */
final class Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  /** Told of a reply with the right number from the right address, which may be nonsense still. */
  interface Handler {
    /**
     * A reply.
     *
     * @throws ProtocolException if it is nonsense; the transaction goes on
     */
    void onReply(UdpReply reply) throws ProtocolException;
  }

  private record Pending(InetSocketAddress address, Handler handler) {}

  private final Datagrams.Factory network;
  private final RandomGenerator random;
  private final Map<Integer, Pending> pending = new HashMap<>();
  private @Nullable Datagrams datagrams;
  private int users;

  /**
   * No transaction yet.
   *
   * @param random must not be guessable
   */
  Transactions(Datagrams.Factory network, RandomGenerator random) {
    this.network = network;
    this.random = random;
  }

  /** Somebody is going to send. */
  void acquire() {
    if (users++ == 0) {
      datagrams = network.open(this::onDatagram);
    }
  }

  /** He is not any more; with the last one the sockets are closed. */
  void release() {
    if (--users == 0 && datagrams != null) {
      datagrams.close();
      datagrams = null;
    }
  }

  /** How many answers are waited for. */
  int size() {
    return pending.size();
  }

  /** Waits for an answer from an address until {@link #close}; returns its transaction id. */
  int open(InetSocketAddress address, Handler handler) {
    Pending added = new Pending(address, handler);
    int id = random.nextInt();
    while (pending.putIfAbsent(id, added) != null) {
      id = random.nextInt();
    }
    return id;
  }

  /** Waits no longer. */
  void close(int transactionId) {
    pending.remove(transactionId);
  }

  /**
   * Sends a datagram.
   *
   * @throws IOException if none can be sent to such an address
   */
  void send(InetSocketAddress to, ByteBuffer packet) throws IOException {
    if (datagrams == null) {
      throw new IllegalStateException("nobody has acquired this");
    }
    LOG.trace(">> {} {} bytes", to, packet.remaining());
    datagrams.send(to, packet);
  }

  private void onDatagram(InetSocketAddress from, ByteBuffer bytes) {
    LOG.trace("<< {} {} bytes", from, bytes.remaining());
    try {
      UdpReply reply = UdpReply.of(bytes);
      Pending asked = pending.get(reply.transactionId());
      if (asked != null && asked.address().equals(from)) {
        asked.handler().onReply(reply);
      }
    } catch (ProtocolException e) {
      LOG.debug("{} sent nonsense: {}", from, e.getMessage());
    }
  }
}
