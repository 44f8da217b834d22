package org.webtorrent4j.tracker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks, and what for, when a proxy stands between. */
class ProxyTest {
  private static final String ANNOUNCE =
      "GET /announce?info_hash=%s&peer_id=%s&port=7000&left=5 HTTP/1.1\r\nHost: x:1\r\n"
          .formatted("h".repeat(20), "p".repeat(20));

  private static TrackerServer start(boolean trustsProxy) throws IOException {
    return TrackerServer.start(
        TrackerOptions.builder()
            .bindAddress(InetAddress.getLoopbackAddress())
            .trustProxy(trustsProxy)
            .build());
  }

  private static String send(TrackerServer tracker, String request) throws IOException {
    try (RawClient client = new RawClient(tracker.port())) {
      return client.send(request + "\r\n").body();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "X-Forwarded-For: 9.9.9.9, 198.51.100.7 | 198.51.100.7",
        "X-Forwarded-For: 9.9.9.9, 198.51.100.7, 127.0.0.5 | 198.51.100.7",
        "X-Forwarded-For: 198.51.100.7:4711 | 198.51.100.7",
        "X-Forwarded-For: ::ffff:198.51.100.7 | 198.51.100.7",
        "X-Forwarded-For: [2001:db8::7]:4711 | 2001:db8:0:0:0:0:0:7",
        "Forwarded: for=9.9.9.9, for=198.51.100.7;proto=https | 198.51.100.7",
        "Forwarded: proto=https;For=\"[2001:db8::7]:4711\" | 2001:db8:0:0:0:0:0:7",
        "X-Forwarded-For: | none",
        "X-Forwarded-For: unknown | none",
        "X-Forwarded-For: 9.9.9.9, unknown | none",
        "X-Forwarded-For: 9.9.9.9, | none",
        "X-Forwarded-For: 999.1.1.1 | none",
        "X-Forwarded-For: example.com | none",
        "Forwarded: for=_hidden | none",
      })
  void trustedProxyTellsWhoAsks(String header, String address) throws IOException {
    try (TrackerServer tracker = start(true)) {
      assertTrue(send(tracker, ANNOUNCE + header + "\r\n").contains("5:peersle"));

      String peers = send(tracker, ANNOUNCE.replace("ppp", "qqq").replace("7000", "7001"));
      assertEquals(address.equals("none") ? 1 : 2, tracker.stats().peers(), peers);
      assertTrue(address.equals("none") || peers.contains(":" + address + "7:peer id"), peers);
    }
  }

  @Test
  void startPageNamesWhatTheProxyServes() throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: x:1\r\nX-Forwarded-Proto: https\r\n";
    try (TrackerServer tracker = start(true)) {
      String page = send(tracker, request + "X-Forwarded-Host: t.example\r\n");

      assertTrue(page.contains("<code>https://t.example/announce"), page);
      assertTrue(page.contains("<code>wss://t.example/announce"), page);
      assertTrue(page.contains("<code>udp://t.example:" + tracker.port() + "/announce"), page);
    }
    try (TrackerServer tracker = start(false)) {
      String page = send(tracker, request);

      assertTrue(page.contains("<code>http://x:1/announce"), page);
    }
  }

  @Test
  void proxiesAndOriginsAreChecked() {
    TrackerOptions.Builder builder = TrackerOptions.builder();
    for (String proxy : List.of("", "proxy", "10.0.0.0/33", "10.0.0.0/", "::/129", "1.2.3", "/8")) {
      assertThrows(
          IllegalArgumentException.class, () -> builder.trustedProxies(Set.of(proxy)), proxy);
    }
    builder.trustedProxies(Set.of("10.0.0.0/8", "fd00::/8", "::1"));
    WebSocketOptions.Builder sockets = WebSocketOptions.builder();
    for (String origin : List.of("", "example.org", "https://example.org/", "https://a b")) {
      assertThrows(
          IllegalArgumentException.class, () -> sockets.allowedOrigins(Set.of(origin)), origin);
    }
    sockets.allowedOrigins(Set.of("https://example.org", "http://localhost:8080", "null"));
  }
}
