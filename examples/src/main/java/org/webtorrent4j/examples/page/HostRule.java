package org.webtorrent4j.examples.page;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which host names a browser may have asked for. A page of a stranger can have a name of its own
 * point to this machine ("DNS rebinding") and would then be allowed to read all that is served;
 * such a name is a public one, with a dot.
 */
final class HostRule {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private HostRule() {}

  /** Whether it is an address, a name without a dot such as {@code localhost}, or of mDNS. */
  static boolean accepts(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") // IPv6, no name begins so
        || name.contains(":")
        || IPV4.matcher(name).matches()
        || !name.contains(".")
        || name.endsWith(".local")
        || name.endsWith(".localhost");
  }
}
