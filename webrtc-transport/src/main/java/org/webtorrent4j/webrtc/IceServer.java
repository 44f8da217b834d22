package org.webtorrent4j.webrtc;

import java.util.List;
import java.util.Optional;

/**
 * A STUN or TURN server (RFC 7064, 7065).
 *
 * @param urls {@code stun:}, {@code turn:} or {@code turns:} addresses of the same server
 * @param username for TURN
 * @param credential for TURN
 */
public record IceServer(List<String> urls, Optional<String> username, Optional<String> credential) {
  /** Copies the list and checks the addresses. */
  public IceServer {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("an ICE server needs an address");
    }
    for (String url : urls) {
      if (!url.matches("(?:stuns?|turns?):[^\\s]+")) {
        throw new IllegalArgumentException("not the address of an ICE server: " + url);
      }
    }
  }

  /** A STUN server, such as {@code stun:stun.example.org:3478}. */
  public static IceServer stun(String url) {
    return new IceServer(List.of(url), Optional.empty(), Optional.empty());
  }

  /** A TURN server, such as {@code turn:turn.example.org:3478?transport=udp}. */
  public static IceServer turn(String url, String username, String credential) {
    return new IceServer(List.of(url), Optional.of(username), Optional.of(credential));
  }
}
