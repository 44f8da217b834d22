package org.webtorrent4j.webrtc.pure;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.webtorrent4j.webrtc.pure.udp.DatagramPort;

/**
 * Addresses of this machine that a peer may send to. Only those from which the system would answer:
 * peers refuse an answer that comes from another address than they asked. May block for a moment.
 */
final class LocalAddresses {
  private static final int MAX = 8;

  /** Set aside for documentation; they serve to ask where the rest of the world would be. */
  private static final String WORLD_V4 = "192.0.2.1";

  private static final String WORLD_V6 = "2001:db8::1";

  private LocalAddresses() {}

  /** The best first; with those that only this machine reaches, if they are allowed. */
  static List<InetAddress> find(boolean allowLoopback) throws IOException {
    Set<InetAddress> found = new LinkedHashSet<>();
    add(found, InetAddress.getByName(WORLD_V6), allowLoopback);
    add(found, InetAddress.getByName(WORLD_V4), allowLoopback);
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp()) {
        for (InterfaceAddress own : each.getInterfaceAddresses()) {
          if (own.getAddress().isLoopbackAddress()) {
            add(found, own.getAddress(), allowLoopback);
          } else if (isUsable(own.getAddress(), false)) {
            add(found, neighbour(own.getAddress()), allowLoopback);
          }
        }
      }
    }
    List<InetAddress> all = new ArrayList<>(found);
    return List.copyOf(all.subList(0, Math.min(MAX, all.size())));
  }

  private static void add(Set<InetAddress> found, InetAddress to, boolean allowLoopback) {
    try {
      InetAddress source = withoutScope(sourceFor(to));
      if (isUsable(source, allowLoopback)) {
        found.add(source);
      }
    } catch (IOException e) {
      // There is no way to it, so nobody comes from there.
    }
  }

  private static InetAddress sourceFor(InetAddress to) throws IOException {
    ProtocolFamily family =
        to instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    return DatagramPort.sourceFor(family, to);
  }

  private static boolean isUsable(InetAddress address, boolean allowLoopback) {
    return !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress()
        && (allowLoopback || !address.isLoopbackAddress());
  }

  /** Nobody else knows the names of our interfaces. */
  private static InetAddress withoutScope(InetAddress address) throws IOException {
    return InetAddress.getByAddress(address.getAddress());
  }

  /** Another address of the same network. */
  private static InetAddress neighbour(InetAddress own) throws IOException {
    byte[] bytes = own.getAddress();
    bytes[bytes.length - 1] ^= 2;
    return InetAddress.getByAddress(bytes);
  }
}
