package org.webtorrent4j.tracker.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;

/**
 * Reads what proxies append to a request: the address that each saw, in {@code X-Forwarded-For} or,
 * if there is none, in {@code Forwarded} (RFC 7239).
 */
final class ForwardedFor {
  private static final Pattern WITH_PORT =
      Pattern.compile("([0-9.]+):[0-9]{1,5}|\\[(.*)](?::[0-9]{1,5})?");
  private static final Pattern FOR =
      Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;]*)", Pattern.CASE_INSENSITIVE);

  private ForwardedFor() {}

  /** The entries, the last proxy's last; they may be anything. */
  static List<String> way(HttpFields headers) {
    List<String> way = new ArrayList<>();
    for (String line : headers.getValuesList("X-Forwarded-For")) {
      for (String entry : line.split(",", -1)) {
        way.add(entry);
      }
    }
    // An empty header says nothing, as one that is missing.
    if (way.stream().allMatch(String::isBlank)) {
      way.clear();
      for (String line : headers.getValuesList("Forwarded")) {
        for (String entry : line.split(",", -1)) {
          Matcher named = FOR.matcher(entry);
          way.add(named.find() ? named.group(1).replace("\"", "") : "");
        }
      }
    }
    return way;
  }

  /** The address of an entry, with a port or without; none for {@code unknown} and the like. */
  static Optional<InetAddress> address(String entry) {
    String text = entry.strip();
    Matcher matcher = WITH_PORT.matcher(text);
    if (matcher.matches()) {
      text = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    }
    return AddressLiteral.parse(text);
  }
}
