package org.webtorrent4j.webrtc.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a peer says that it can be reached by UDP (RFC 8839 5.1).
 *
 * @param foundation equal for those that were found in the same way
 * @param priority the higher, the sooner it is to be tried; 0 to 2^32 - 1
 * @param address in figures, with a port from 1 to 65535
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}; other words are possible
 */
public record RemoteCandidate(
    String foundation, long priority, InetSocketAddress address, String type) {
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final Pattern PRIORITY = Pattern.compile("[0-9]{1,10}");

  /**
   * The candidate of a line, if it is one to try: UDP, and an address in figures. Names are not
   * resolved, because strangers would choose which; so {@code .local} ones are lost, whose owners
   * reach us by our own candidates.
   *
   * <pre>a=candidate:foundation component transport priority address port typ type ...</pre>
   */
  static Optional<RemoteCandidate> usable(String line, boolean allowLoopback) {
    String[] words = SPACES.split(line, 9);
    if (words.length < 8 || !words[1].equals("1") || !words[2].equalsIgnoreCase("udp")) {
      return Optional.empty();
    }
    int port;
    try {
      port = Integer.parseInt(words[5]);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return port <= 0 || port > 65535
        ? Optional.empty()
        : IpLiteral.parse(words[4])
            .filter(address -> isSomebody(address, allowLoopback))
            .map(
                address ->
                    new RemoteCandidate(
                        words[0].substring("a=candidate:".length()),
                        priority(words[3]),
                        new InetSocketAddress(address, port),
                        words[7]));
  }

  private static long priority(String text) {
    return PRIORITY.matcher(text).matches() ? Math.min(Long.parseLong(text), 0xffff_ffffL) : 0;
  }

  /** Nobody lives at the others, but something could be made to receive our packets there. */
  private static boolean isSomebody(InetAddress address, boolean allowLoopback) {
    return !address.isAnyLocalAddress()
        && (allowLoopback || !address.isLoopbackAddress())
        && !address.isMulticastAddress()
        && !address.getHostAddress().equals("255.255.255.255");
  }
}
