package org.webtorrent4j.tracker.server.websocket;

import java.time.Duration;
import java.util.Set;
import org.webtorrent4j.tracker.server.http.TrustedProxies;

/**
 * What WebSockets may do.
 *
 * @param interval how often peers are asked to announce
 * @param silence how long a socket may send nothing before it is closed
 * @param offers how many offers of one announce are relayed
 * @param sockets how many may be open
 * @param socketsPerAddress how many of them may come from one address
 * @param messagesPerSecond how many messages a socket may send for long
 * @param origins the web origins whose pages may connect; empty for all
 * @param proxies those whose word on who connects is believed
 */
public record SocketLimits(
    Duration interval,
    Duration silence,
    int offers,
    int sockets,
    int socketsPerAddress,
    int messagesPerSecond,
    Set<String> origins,
    TrustedProxies proxies) {
  /** Keeps a copy of the origins. */
  public SocketLimits {
    origins = Set.copyOf(origins);
  }
}
