package org.webtorrent4j.webrtc.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a peer says that it can be reached. */
final class RemoteCandidate {
  private static final Pattern SPACES = Pattern.compile(" +");

  private RemoteCandidate() {}

  /**
   * The address of a candidate line, if it is one to try: UDP, and an address in figures. Names are
   * not resolved, because strangers would choose which; so {@code .local} ones are lost, whose
   * owners reach us by our own candidates.
   *
   * <pre>a=candidate:foundation component transport priority address port typ type ...</pre>
   */
  static Optional<InetSocketAddress> usable(String line) {
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
            .filter(RemoteCandidate::isSomebody)
            .map(address -> new InetSocketAddress(address, port));
  }

  /** Nobody lives at the others, but something could be made to receive our packets there. */
  private static boolean isSomebody(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress()
        && !address.getHostAddress().equals("255.255.255.255");
  }
}
