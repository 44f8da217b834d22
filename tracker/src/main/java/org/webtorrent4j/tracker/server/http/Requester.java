package org.webtorrent4j.tracker.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.webtorrent4j.tracker.server.swarm.Refusal;

/** Tells who makes a request. */
public final class Requester {
  private Requester() {}

  /**
   * The address of whoever asks; without the interface that a link-local address may carry.
   *
   * @param trustsProxy whether what the last proxy says in {@code X-Forwarded-For} is believed
   * @throws Refusal if it says something else than an address
   */
  public static InetAddress of(Request request, boolean trustsProxy) throws Refusal {
    String forwarded = request.getHeaders().get(HttpHeader.X_FORWARDED_FOR);
    if (trustsProxy && forwarded != null) {
      return ForwardedFor.last(forwarded);
    }
    if (request.getConnectionMetaData().getRemoteSocketAddress()
        instanceof InetSocketAddress remote) {
      try {
        return InetAddress.getByAddress(remote.getAddress().getAddress());
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e); // only for lengths other than 4 and 16
      }
    }
    throw new Refusal("a requester without an address");
  }
}
