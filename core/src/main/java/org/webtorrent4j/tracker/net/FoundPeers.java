package org.webtorrent4j.tracker.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers the peers that a tracker names: no address twice, none that cannot be a peer's, at most
 * 2000.
 *
 * <pre>
 * compact: address (4 or 16) | port (2) | address | port | ...
 * </pre>
 */
public final class FoundPeers {
  /** Bytes of an IPv4 address. */
  public static final int IPV4_LENGTH = 4;

  /** Bytes of an IPv6 address. */
  public static final int IPV6_LENGTH = 16;

  private static final int MAX_PEERS = 2000;

  /** What is told by those who cannot be connected to, since trackers refuse 0. */
  private static final int NO_PORT = 1;

  private final boolean isFromInternet;
  private final Set<InetSocketAddress> peers = new LinkedHashSet<>();

  /**
   * None yet.
   *
   * @param isFromInternet whether a tracker on the internet names them: it knows nothing of local
   *     networks, and must not have us look around in ours
   */
  public FoundPeers(boolean isFromInternet) {
    this.isFromInternet = isFromInternet;
  }

  /** What was found, in its order. */
  public List<InetSocketAddress> peers() {
    return new ArrayList<>(peers);
  }

  /**
   * Reads peers in compact form (BEP 7, 15, 23). A tail that is no whole peer is ignored: some
   * trackers cut their answers.
   *
   * @param addressLength bytes of an address, 4 or 16
   */
  public void readCompact(ByteBuffer bytes, int addressLength) {
    byte[] address = new byte[addressLength];
    while (bytes.remaining() >= addressLength + 2 && peers.size() < MAX_PEERS) {
      bytes.get(address);
      add(address(address), bytes.getShort() & 0xffff);
    }
  }

  /** Adds a peer, if it can be one. */
  public void add(InetAddress address, int port) {
    boolean isSomebody = port > NO_PORT && AddressRules.canBePeer(address, isFromInternet);
    if (isSomebody && peers.size() < MAX_PEERS) {
      peers.add(new InetSocketAddress(address, port));
    }
  }

  /** Adds a peer by its host name, which is not resolved. */
  public void addHost(String host, int port) {
    if (port > NO_PORT && peers.size() < MAX_PEERS) {
      peers.add(InetSocketAddress.createUnresolved(host, port));
    }
  }

  /** Adds peers that were found elsewhere. */
  public void addAll(Collection<InetSocketAddress> found) {
    found.stream().limit(MAX_PEERS - peers.size()).forEach(peers::add);
  }

  /** The address of these bytes; one of IPv4 in IPv6 becomes one of IPv4. */
  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // only for lengths other than 4 and 16
    }
  }
}
