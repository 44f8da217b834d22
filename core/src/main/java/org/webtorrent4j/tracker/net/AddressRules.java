package org.webtorrent4j.tracker.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.webtorrent4j.net.Url;

/**
 * Keeps torrents from making us talk to services that only we can reach: routers, databases, other
 * programs of this host. Every address is checked that is about to be connected to, not the name.
 */
public final class AddressRules {
  private static final Pattern ANNOUNCE =
      Pattern.compile("(?i)(?:/announce.*|.*/announce[^/]*/?|.*/scrape(?:\\.[a-z]+)?)");

  /** What servers take for a way up, out of what looks like a tracker's path. */
  private static final Pattern DETOUR = Pattern.compile("(?i)\\.\\.|%2e|%5c|%2f");

  private AddressRules() {}

  /** Who sends us to a server. */
  public enum Sender {
    /** The user himself: to his own host and network wherever he likes. */
    USER,
    /** A torrent, a magnet link or a server of a local network: on this host to announce only. */
    TORRENT,
    /** A server on the internet, by a redirect: not to this host nor to a local network. */
    INTERNET
  }

  /**
   * Checks an address before anything is sent there.
   *
   * @throws IOException if it must not be; the message says why
   */
  public static void check(Url url, InetAddress address, Sender sender) throws IOException {
    InetAddress real = normalize(address);
    if (real.isMulticastAddress() || isBroadcast(real)) {
      throw new IOException("a tracker at the multicast address " + real.getHostAddress());
    }
    if (sender == Sender.TORRENT && isThisHost(real) && !isAnnounce(url)) {
      throw new IOException("a tracker on this host that a torrent names has the path /announce");
    }
    if (sender == Sender.INTERNET && !isGlobal(real)) {
      throw new IOException("redirected from the internet to the local " + real.getHostAddress());
    }
  }

  /**
   * Whether a URL looks like a tracker's and nothing else's: its first or last path element begins
   * with {@code announce}, or the last is {@code scrape}. Trackers of WebTorrent are often written
   * without a path; to fetch that alone is harmless. UDP has no paths, and whatever else listens
   * there does not know the protocol.
   */
  private static boolean isAnnounce(Url url) {
    return switch (url.scheme()) {
      case "udp" -> true;
      case "ws", "wss" -> url.isBare() || isAnnounce(url.path());
      default -> isAnnounce(url.path());
    };
  }

  private static boolean isAnnounce(String path) {
    return ANNOUNCE.matcher(path).matches() && !DETOUR.matcher(path).find();
  }

  /**
   * Whether a peer can have this address.
   *
   * @param isFromInternet whether somebody on the internet says so
   */
  static boolean canBePeer(InetAddress address, boolean isFromInternet) {
    InetAddress real = normalize(address);
    boolean isNobody =
        real.isAnyLocalAddress()
            || real.isMulticastAddress()
            || isBroadcast(real)
            || (real instanceof Inet4Address && real.getAddress()[0] == 0);
    return !isNobody && (!isFromInternet || isGlobal(real));
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
