package org.webtorrent4j.tracker.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * Who makes a request. Immutable.
 *
 * @param address of whoever asks; of the last trusted proxy if that does not tell it
 * @param isKnown whether it is the address of whoever asks
 * @param isForwarded whether the request says that it came through a proxy, trusted or not
 */
public record Requester(InetAddress address, boolean isKnown, boolean isForwarded) {
  private static final List<String> FORWARDING =
      List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "CF-Connecting-IP");

  /**
   * Tells who asks: the last address on the way here that is none of the proxies'. What stands
   * before it may be the requester's own invention.
   *
   * @param proxies those whose word is believed
   */
  public static Requester of(Request request, TrustedProxies proxies) {
    HttpFields headers = request.getHeaders();
    boolean isForwarded = FORWARDING.stream().anyMatch(headers::contains);
    InetAddress address = remote(request);
    if (!isForwarded || !proxies.contains(address)) {
      return new Requester(address, true, isForwarded);
    }
    List<String> way = ForwardedFor.way(headers);
    for (int i = way.size() - 1; i >= 0; i--) {
      Optional<InetAddress> before = ForwardedFor.address(way.get(i));
      if (before.isEmpty()) {
        return new Requester(address, false, true);
      }
      address = before.get();
      if (!proxies.contains(address)) {
        break;
      }
    }
    return new Requester(address, !way.isEmpty(), true);
  }

  /** Whether the requester comes from this host or its private network, and through no proxy. */
  boolean isLocal() {
    return !isForwarded
        && (address.isLoopbackAddress()
            || address.isSiteLocalAddress()
            || address.isLinkLocalAddress());
  }

  /** The other end of the connection, without the interface a link-local address may carry. */
  static InetAddress remote(Request request) {
    if (request.getConnectionMetaData().getRemoteSocketAddress()
        instanceof InetSocketAddress remote) {
      try {
        return InetAddress.getByAddress(remote.getAddress().getAddress());
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e); // only for lengths other than 4 and 16
      }
    }
    throw new IllegalStateException("a connection without an address");
  }
}
