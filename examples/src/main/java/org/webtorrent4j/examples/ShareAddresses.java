package org.webtorrent4j.examples;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Where browsers find what listens at an address. */
final class ShareAddresses {
  private ShareAddresses() {}

  /** The addresses of a page, the best one first. */
  static List<String> urls(InetAddress host, int port) {
    return hosts(host).stream().map(name -> "http://" + name + ":" + port + "/").toList();
  }

  /** What the host is called in them. */
  static List<String> hosts(InetAddress host) {
    List<String> names = new ArrayList<>();
    if (host.isLoopbackAddress() || host.isAnyLocalAddress()) {
      names.add("localhost"); // what a browser trusts with more, such as streaming
    }
    if (host.isAnyLocalAddress()) {
      names.addAll(local());
    } else if (names.isEmpty()) {
      names.add(text(host));
    }
    return List.copyOf(names);
  }

  /** The one address that most others can reach it by. */
  static String name(InetAddress host) {
    if (!host.isAnyLocalAddress()) {
      return text(host);
    }
    List<String> local = local();
    return local.isEmpty() ? text(InetAddress.getLoopbackAddress()) : local.get(0);
  }

  /** The IPv4 addresses of this machine in its networks. */
  private static List<String> local() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(ShareAddresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
          .map(ShareAddresses::text)
          .toList();
    } catch (SocketException e) {
      return List.of(); // as if there were no network
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback() && !network.isPointToPoint();
    } catch (SocketException e) {
      return false; // it has just gone
    }
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    String plain = scope < 0 ? text : text.substring(0, scope);
    return address instanceof Inet6Address ? "[" + plain + "]" : plain;
  }
}
