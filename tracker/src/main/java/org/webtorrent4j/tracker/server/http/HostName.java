package org.webtorrent4j.tracker.server.http;

import java.net.Inet6Address;
import java.util.regex.Pattern;

/** Host names as users type them. */
public final class HostName {
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*\\.?");

  private HostName() {}

  /**
   * A host name or address as URLs have it: an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static String checked(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    boolean isIpv6 = bare.contains(":");
    if (isIpv6
        ? AddressLiteral.parse(bare).filter(Inet6Address.class::isInstance).isEmpty()
        : !NAME.matcher(host).matches() || host.length() > 253) {
      throw new IllegalArgumentException("\"" + host + "\" is no host name or address");
    }
    return isIpv6 ? "[" + bare + "]" : host;
  }
}
