package org.webtorrent4j.tracker.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps torrents from making us talk to services that only we can reach: routers, databases, other
 * programs of this host. Every address is checked that is about to be connected to, not the name.
 */
public final class AddressRules {
  /** All that a tracker on this host can be asked for. */
  private static final Set<String> LOOPBACK_PATHS = Set.of("/announce", "/scrape");

  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9.-]+");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.%A-Za-z]+]");

  private AddressRules() {}

  /**
   * Checks the host and the port of a URL, before the name is resolved.
   *
   * @throws IllegalArgumentException if one is not usable; the message says why
   */
  public static void checkServer(URI uri) {
    String host = uri.getHost();
    if (host == null || !(HOST_NAME.matcher(host).matches() || IPV6.matcher(host).matches())) {
      throw new IllegalArgumentException("invalid host name");
    }
    // Look-alikes of other names cannot be told from them in a list of trackers.
    for (String label : host.toLowerCase(Locale.ROOT).split("\\.", -1)) {
      if (label.startsWith("xn--")) {
        throw new IllegalArgumentException("internationalized host names are not supported");
      }
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new IllegalArgumentException("invalid port " + uri.getPort());
    }
  }

  /**
   * Checks an address before anything is sent there.
   *
   * @param fromGlobal whether a server on the internet sent us there
   * @throws IOException if it must not be; the message says why
   */
  public static void check(URI uri, InetAddress address, boolean fromGlobal) throws IOException {
    InetAddress real = normalize(address);
    if (real.isMulticastAddress() || isBroadcast(real)) {
      throw new IOException("a tracker at the multicast address " + real.getHostAddress());
    }
    if (isThisHost(real) && !LOOPBACK_PATHS.contains(uri.getRawPath()) && !isBareWebSocket(uri)) {
      throw new IOException("a tracker on this host has the path /announce");
    }
    if (fromGlobal && !isGlobal(real)) {
      throw new IOException("redirected from the internet to the local " + real.getHostAddress());
    }
  }

  /** Trackers of WebTorrent are often written without a path; to fetch that alone is harmless. */
  private static boolean isBareWebSocket(URI uri) {
    String path = uri.getRawPath();
    return ("ws".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme()))
        && (path == null || path.isEmpty() || path.equals("/"))
        && uri.getRawQuery() == null;
  }

  /** Whether the address is on the internet, as opposed to this host or a local network. */
  public static boolean isGlobal(InetAddress address) {
    InetAddress real = normalize(address);
    byte[] b = real.getAddress();
    if (!(real instanceof Inet4Address)) {
      return (b[0] & 0xe0) == 0x20;
    }
    int first = b[0] & 0xff;
    int second = b[1] & 0xff;
    return !(isThisHost(real)
        || real.isSiteLocalAddress()
        || real.isLinkLocalAddress()
        || (first == 100 && (second & 0xc0) == 64)
        || first >= 224);
  }

  /** Undoes the ways of writing an IPv4 address as an IPv6 one, which would slip by the rules. */
  static InetAddress normalize(InetAddress address) {
    byte[] b = address.getAddress();
    if (b.length != 16) {
      return address;
    }
    int[] nat64 = {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    boolean isMapped = startsWith(b, new int[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff});
    // ::1 and :: look like IPv4-compatible addresses, too, and are no such thing.
    boolean isCompatible = startsWith(b, new int[12]) && (b[12] != 0 || b[13] != 0);
    if (startsWith(b, nat64) || isMapped || isCompatible) {
      return ipv4(b, 12);
    }
    return startsWith(b, new int[] {0x20, 0x02}) ? ipv4(b, 2) : address;
  }

  /** Connecting to 0.0.0.0 reaches this host on many systems. */
  private static boolean isThisHost(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || (address instanceof Inet4Address && address.getAddress()[0] == 0);
  }

  private static boolean isBroadcast(InetAddress address) {
    return address instanceof Inet4Address && (address.getAddress()[0] & 0xff) >= 240;
  }

  private static boolean startsWith(byte[] bytes, int[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // only for lengths other than 4 and 16
    }
  }
}
