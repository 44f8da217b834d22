package org.webtorrent4j.tracker.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The addresses of this host that trackers may see, for who must not show others: one that has a
 * private network beside its way to the internet, or a tunnel.
 *
 * @param addresses empty = all
 */
public record LocalAddresses(List<InetAddress> addresses) {
  /** Whatever the system chooses. */
  public static final LocalAddresses ANY = new LocalAddresses(List.of());

  /** Copies the list. */
  public LocalAddresses {
    addresses = List.copyOf(addresses);
  }

  /**
   * What to bind a socket to before it connects, with any port: the first of the right family.
   *
   * @throws IOException if none is left to reach that address from
   */
  public InetSocketAddress towards(InetAddress remote) throws IOException {
    boolean isIpv6 = remote instanceof Inet6Address;
    for (InetAddress address : addresses) {
      if (address instanceof Inet6Address == isIpv6) {
        return new InetSocketAddress(address, 0);
      }
    }
    if (addresses.isEmpty()) {
      return new InetSocketAddress(0);
    }
    throw new IOException("no local address to reach " + remote.getHostAddress() + " from");
  }
}
