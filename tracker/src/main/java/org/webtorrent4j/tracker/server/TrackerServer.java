package org.webtorrent4j.tracker.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.webtorrent4j.tracker.server.http.HttpHandler;
import org.webtorrent4j.tracker.server.http.TrustedProxies;
import org.webtorrent4j.tracker.server.swarm.RequestCounter;
import org.webtorrent4j.tracker.server.swarm.SwarmCounts;
import org.webtorrent4j.tracker.server.swarm.SwarmLimits;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;
import org.webtorrent4j.tracker.server.websocket.SocketLimits;
import org.webtorrent4j.tracker.server.websocket.WebSocketHandler;

/**
 * A BitTorrent tracker that announces are made to by HTTP, by UDP and, as WebTorrent clients do,
 * over WebSockets. Peers of one torrent are one swarm in its counts; those of WebSockets are
 * introduced to each other by relaying their offers, the others by their addresses.
 *
 * <pre>{@code
 * try (TrackerServer tracker = TrackerServer.start(6969)) {
 *   System.out.println(tracker.announceUrls());
 *   ...
 * }
 * }</pre>
 *
 * <p>It also answers scrapes of named torrents, and shows its numbers at {@code /stats}, {@code
 * /stats.json} and, for Prometheus, {@code /metrics}. All it knows is in memory and within the
 * limits of its {@link TrackerOptions}. Thread-safe; its threads are daemons.
 */
public final class TrackerServer implements AutoCloseable {
  private final TrackerOptions options;
  private final SwarmTable swarms;
  private final HttpHandler http;
  private final WebSocketHandler webSocket;
  private final Listeners listeners;

  private TrackerServer(TrackerOptions options, LongSupplier nanoClock) {
    this.options = options;
    this.swarms = new SwarmTable(swarmLimits(options), nanoClock, new SplittableRandom());
    this.listeners = new Listeners(options, swarms, nanoClock, this::tick);
    this.http =
        new HttpHandler(
            options.announceInterval(),
            TrustedProxies.of(options.trustedProxies()),
            options.believesIp(),
            swarms,
            listeners::udpPort,
            () -> stats().metrics());
    this.webSocket =
        new WebSocketHandler(listeners.webServer(), socketLimits(options), swarms, nanoClock);
    listeners.serve(webSocket, http);
  }

  private static SwarmLimits swarmLimits(TrackerOptions options) {
    return new SwarmLimits(
        options.announceInterval().multipliedBy(2),
        silence(options.webSocket()),
        options.maxTorrents(),
        options.maxPeers(),
        options.maxPeersPerTorrent(),
        options.maxPeersPerAddress(),
        options.webSocket().maxTorrentsPerSocket(),
        options.maxTorrentsPerAddress(),
        Math.max(options.maxPeers() / 10, options.maxPeersPerAddress()));
  }

  private static SocketLimits socketLimits(TrackerOptions options) {
    WebSocketOptions webSocket = options.webSocket();
    return new SocketLimits(
        webSocket.announceInterval(),
        silence(webSocket),
        webSocket.maxOffers(),
        webSocket.maxSockets(),
        webSocket.maxSocketsPerAddress(),
        webSocket.maxMessagesPerSecond(),
        webSocket.allowedOrigins(),
        TrustedProxies.of(options.trustedProxies()));
  }

  private static Duration silence(WebSocketOptions options) {
    return options.announceInterval().multipliedBy(2).plusSeconds(30);
  }

  /**
   * Starts a tracker on all interfaces.
   *
   * @param port the TCP and UDP port; 0 = any free one
   * @throws IOException if it cannot listen there
   */
  public static TrackerServer start(int port) throws IOException {
    return start(TrackerOptions.builder().port(port).build());
  }

  /**
   * Starts a tracker.
   *
   * @throws IOException if it cannot listen where it should
   */
  public static TrackerServer start(TrackerOptions options) throws IOException {
    return start(options, System::nanoTime);
  }

  static TrackerServer start(TrackerOptions options, LongSupplier nanoClock) throws IOException {
    TrackerServer tracker = new TrackerServer(options, nanoClock);
    tracker.listeners.start();
    return tracker;
  }

  /** What has to be done every ten seconds. */
  void tick() {
    webSocket.tick();
    swarms.expire();
  }

  /** The TCP port that it listens on. */
  public int port() {
    return listeners.port();
  }

  /**
   * What to announce to by HTTP: the host of the options, else the address it listens at.
   *
   * @see #announceUrls
   */
  public String announceUrl() {
    return url("http", port());
  }

  /** What to announce to over a WebSocket. */
  public String webSocketUrl() {
    return url("ws", port());
  }

  /** What to announce to by UDP, if it listens there. */
  public Optional<String> udpUrl() {
    return listeners.udpPort().isPresent()
        ? Optional.of(url("udp", listeners.udpPort().getAsInt()))
        : Optional.empty();
  }

  /** What to announce to, one URL for each protocol: HTTP, WebSocket and UDP. */
  public List<String> announceUrls() {
    List<String> urls = new ArrayList<>(List.of(announceUrl(), webSocketUrl()));
    udpUrl().ifPresent(urls::add);
    return urls;
  }

  private String url(String scheme, int port) {
    return scheme + "://" + options.host().orElseGet(this::address) + ":" + port + "/announce";
  }

  private String address() {
    InetAddress address = options.bindAddress().orElseGet(InetAddress::getLoopbackAddress);
    InetAddress reachable =
        address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    String text = reachable.getHostAddress();
    return reachable instanceof Inet6Address ? "[" + text + "]" : text;
  }

  /** What it knows and did. */
  public TrackerStats stats() {
    SwarmCounts counts = swarms.counts();
    return new TrackerStats(
        swarms.torrents(),
        counts.peers(),
        counts.seeds(),
        counts.leeches(),
        counts.signalled(),
        counts.peers() - counts.ipv6(),
        counts.ipv6(),
        webSocket.sockets(),
        webSocket.relayedOffers(),
        webSocket.relayedAnswers(),
        TrackerStats.Requests.of(http.requests()),
        TrackerStats.Requests.of(webSocket.requests()),
        TrackerStats.Requests.of(listeners.udpRequests().orElseGet(RequestCounter::new)));
  }

  /** Stops serving, within seconds, and forgets everything. Idempotent. */
  @Override
  public void close() {
    webSocket.closeAll();
    listeners.close();
  }
}
