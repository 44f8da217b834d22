package org.webtorrent4j.tracker.server;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.webtorrent4j.tracker.server.http.Metric;
import org.webtorrent4j.tracker.server.swarm.RequestCounter;

/**
 * What a tracker server knows and did.
 *
 * @param torrents torrents with at least one peer
 * @param peers entries of peers; one that is in two torrents counts twice
 * @param seeds those that are complete
 * @param leeches those that are not
 * @param webPeers those that are reached by WebRTC, and announce over a WebSocket
 * @param ipv4 those with an IPv4 address
 * @param ipv6 those with an IPv6 address
 * @param sockets open WebSockets
 * @param offers offers of WebRTC connections that were relayed
 * @param answers answers to them that were relayed
 * @param http what was asked for by HTTP
 * @param webSocket what was asked for over WebSockets
 * @param udp what was asked for by UDP
 */
public record TrackerStats(
    int torrents,
    int peers,
    int seeds,
    int leeches,
    int webPeers,
    int ipv4,
    int ipv6,
    int sockets,
    long offers,
    long answers,
    Requests http,
    Requests webSocket,
    Requests udp) {
  /**
   * What was asked for by one protocol.
   *
   * @param announces announces that were answered
   * @param scrapes scrapes that were answered
   * @param refusals requests that were refused
   */
  public record Requests(long announces, long scrapes, long refusals) {
    static Requests of(RequestCounter counter) {
      return new Requests(counter.announces(), counter.scrapes(), counter.refusals());
    }
  }

  /** Announces that were answered, by all protocols. */
  public long announces() {
    return http.announces() + webSocket.announces() + udp.announces();
  }

  /** Scrapes that were answered, by all protocols. */
  public long scrapes() {
    return http.scrapes() + webSocket.scrapes() + udp.scrapes();
  }

  /** Requests that were refused, by all protocols. */
  public long refusals() {
    return http.refusals() + webSocket.refusals() + udp.refusals();
  }

  List<Metric> metrics() {
    Map<String, Long> kinds = new TreeMap<>(Map.of("address", 0L + peers - webPeers));
    kinds.put("web", (long) webPeers);
    Map<String, Long> families = new TreeMap<>(Map.of("ipv4", (long) ipv4, "ipv6", (long) ipv6));
    Map<String, Long> relayed = new TreeMap<>(Map.of("offers", offers, "answers", answers));
    return List.of(
        Metric.gauge("torrents", "Torrents with at least one peer.", torrents),
        new Metric("peers", "Peers, by how they are reached.", false, "kind", kinds),
        Metric.gauge("seeds", "Peers that are complete.", seeds),
        Metric.gauge("leeches", "Peers that are not complete.", leeches),
        new Metric("addresses", "Peers, by their address.", false, "family", families),
        Metric.gauge("sockets", "Open WebSockets.", sockets),
        new Metric("relayed", "Offers and answers relayed.", true, "message", relayed),
        byProtocol("announces", "Announces answered.", Requests::announces),
        byProtocol("scrapes", "Scrapes answered.", Requests::scrapes),
        byProtocol("refusals", "Requests refused.", Requests::refusals));
  }

  private Metric byProtocol(String name, String help, ToLongFunction<Requests> number) {
    Map<String, Long> values = new TreeMap<>();
    values.put("http", number.applyAsLong(http));
    values.put("udp", number.applyAsLong(udp));
    values.put("websocket", number.applyAsLong(webSocket));
    return new Metric(name, help, true, "protocol", values);
  }
}
