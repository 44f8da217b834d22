package org.webtorrent4j.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;

/**
 * A network in memory for tests: hosts with addresses, a latency, upstream bandwidths, and bytes
 * that arrive in slices of any size. With virtual time and one seed it does the same in every run.
 */
public final class MemoryNetwork {
  private final EventLoop loop;
  private final Random random;
  private final Map<InetSocketAddress, MemoryTransport> hosts = new HashMap<>();
  private long latencyNanos = 10_000_000;
  private int maxSlice = Integer.MAX_VALUE;
  private int nextHost = 1;

  /** A network of one loop. */
  public MemoryNetwork(EventLoop loop, Random random) {
    this.loop = loop;
    this.random = random;
  }

  /** Time from one host to another. */
  public MemoryNetwork latencyNanos(long value) {
    latencyNanos = value;
    return this;
  }

  /** Bytes arrive in slices of at most so many bytes, like messages of a data channel. */
  public MemoryNetwork maxSlice(int value) {
    maxSlice = value;
    return this;
  }

  /**
   * A new host.
   *
   * @param bytesPerSecond its upstream bandwidth
   */
  public MemoryTransport host(long bytesPerSecond) {
    int number = nextHost++;
    byte[] ip = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    return host(ip, bytesPerSecond);
  }

  /** A new host at an address. */
  public MemoryTransport host(byte[] ip, long bytesPerSecond) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(ip), 6881);
      MemoryTransport host = new MemoryTransport(this, address, bytesPerSecond);
      hosts.put(address, host);
      return host;
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Nullable MemoryTransport find(InetSocketAddress address) {
    return hosts.get(address);
  }

  EventLoop loop() {
    return loop;
  }

  long latencyNanos() {
    return latencyNanos;
  }

  /** The length of the next slice of so many bytes. */
  int slice(int bytes) {
    int limit = Math.min(bytes, maxSlice);
    return random.nextInt(4) == 0 ? 1 + random.nextInt(limit) : limit;
  }
}
