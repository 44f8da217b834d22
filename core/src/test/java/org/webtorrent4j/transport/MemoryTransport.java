package org.webtorrent4j.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;

/** One host of a {@link MemoryNetwork} as a transport. */
public final class MemoryTransport implements Transport, Dialer {
  private final MemoryNetwork network;
  private final InetSocketAddress address;
  private final long bytesPerSecond;
  private final Set<MemoryConnection> connections = new HashSet<>();
  private @Nullable TransportContext context;
  private long busyUntilNanos;
  private boolean isDown;
  private boolean isWithoutFast;
  private boolean isDeaf;

  MemoryTransport(MemoryNetwork network, InetSocketAddress address, long bytesPerSecond) {
    this.network = network;
    this.address = address;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Where this host is found. */
  public InetSocketAddress address() {
    return address;
  }

  /** Pulls the cable or plugs it in: nothing arrives or leaves, and nobody is told. */
  public void down(boolean value) {
    isDown = value;
  }

  /** Hides from its peers, and from it, that the other end speaks the fast extension. */
  public void withoutFast() {
    isWithoutFast = true;
  }

  /** Reads nothing any more, though it may go on to send. */
  public void deaf() {
    isDeaf = true;
  }

  boolean isDeaf() {
    return isDeaf;
  }

  boolean isWithoutFast() {
    return isWithoutFast;
  }

  boolean isDown() {
    return isDown;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void start(TransportContext newContext) {
    context = newContext;
  }

  @Override
  public int port() {
    return address.getPort();
  }

  @Override
  public void close() {
    context = null;
    List.copyOf(connections).forEach(MemoryConnection::close);
  }

  @Override
  public Attempt dial(InetSocketAddress to, InfoHash infoHash, DialHandler handler) {
    EventLoop.Timer timer =
        network.loop().schedule(2 * network.latencyNanos(), () -> connect(to, handler));
    return timer::cancel;
  }

  private void connect(InetSocketAddress to, DialHandler handler) {
    MemoryTransport other = network.find(to);
    TransportContext theirs = other == null || other.isDown ? null : other.context;
    if (other == null || theirs == null || isDown || !theirs.acceptsConnections()) {
      handler.onFailed(new ConnectException("connection refused"));
      return;
    }
    MemoryConnection ours = new MemoryConnection(network, this, other, false);
    MemoryConnection remote = new MemoryConnection(network, other, this, true);
    ours.join(remote);
    remote.join(ours);
    handler.onConnected(ours);
    theirs.onAccepted(remote);
  }

  void add(MemoryConnection connection) {
    connections.add(connection);
  }

  void remove(MemoryConnection connection) {
    connections.remove(connection);
  }

  /** When bytes that are sent now have left this host. */
  long sendNanos(int bytes) {
    long begin = Math.max(network.loop().nanoTime(), busyUntilNanos);
    busyUntilNanos = begin + bytes * 1_000_000_000L / bytesPerSecond;
    return busyUntilNanos;
  }

  /** Ends all connections as a crash would. */
  public void crash() {
    context = null;
    for (MemoryConnection connection : List.copyOf(connections)) {
      connection.reset(new IOException("connection reset"));
    }
  }
}
