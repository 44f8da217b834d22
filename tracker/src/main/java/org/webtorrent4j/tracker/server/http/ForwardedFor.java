package org.webtorrent4j.tracker.server.http;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.webtorrent4j.tracker.server.swarm.Refusal;

/** Reads {@code X-Forwarded-For}, to which each proxy appends the address that it saw. */
final class ForwardedFor {
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]+|\\[(.*)](?::[0-9]+)?");

  private ForwardedFor() {}

  /**
   * The last entry: what stands before it may be the requester's own invention.
   *
   * @throws Refusal if it is no address
   */
  static InetAddress last(String header) throws Refusal {
    String entry = header.substring(header.lastIndexOf(',') + 1).strip();
    Matcher matcher = WITH_PORT.matcher(entry);
    if (matcher.matches()) {
      entry = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }
    return AddressLiteral.parse(entry)
        .orElseThrow(() -> new Refusal("X-Forwarded-For does not end with an address"));
  }
}
