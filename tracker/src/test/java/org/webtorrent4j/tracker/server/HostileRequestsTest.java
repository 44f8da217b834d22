package org.webtorrent4j.tracker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BencodeReader;

class HostileRequestsTest {
  private static @Nullable TrackerServer tracker;
  private static @Nullable RawClient client;

  @BeforeContainer
  static void start() throws IOException {
    TrackerOptions options =
        TrackerOptions.builder().bindAddress(InetAddress.getLoopbackAddress()).build();
    tracker = TrackerServer.start(options);
    client = new RawClient(tracker.port());
  }

  @AfterContainer
  static void stop() throws IOException {
    if (client != null && tracker != null) {
      client.close();
      tracker.close();
    }
  }

  @Provide
  Arbitrary<String> queries() {
    Arbitrary<String> name =
        Arbitraries.of(
            "info_hash", "peer_id", "port", "left", "event", "numwant", "compact", "ip", "x", "%");
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.of("a".repeat(20), "%00".repeat(20), "1", "0", "-1", "started", "::1", ""),
            Arbitraries.strings().withCharRange('!', '~').ofMaxLength(30),
            Arbitraries.longs().map(n -> Long.toString(n)));
    Arbitrary<String> parameter = Combinators.combine(name, value).as((n, v) -> n + "=" + v);
    Arbitrary<String> lists = parameter.list().ofMaxSize(10).map(list -> String.join("&", list));
    Arbitrary<String> good =
        lists.map(
            list ->
                "info_hash=%s&peer_id=%s&port=1&".formatted("h".repeat(20), "p".repeat(20)) + list);
    return Arbitraries.oneOf(lists, good, Arbitraries.strings().withCharRange('!', '~'));
  }

  /** Whatever is asked, it is served or refused in bencoding. */
  @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
  void anyQueryIsServedOrRefused(@ForAll("queries") String query, @ForAll boolean isScrape)
      throws IOException {
    if (client == null) {
      throw new IllegalStateException("not started");
    }

    RawClient.Reply reply = client.get((isScrape ? "/scrape?" : "/announce?") + query);

    assertEquals(200, reply.status());
    byte[] body = reply.body().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertTrue(!BencodeReader.strict().readDict(body).isEmpty());
  }

  /** Bytes that no URL may have are at most the web server's affair. */
  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void anyRequestLineIsSurvived(@ForAll("lines") String line) throws IOException {
    if (client == null || tracker == null) {
      throw new IllegalStateException("not started");
    }
    try (RawClient once = new RawClient(tracker.port())) {
      assertTrue(once.send(line + "\r\nHost: x\r\nConnection: close\r\n\r\n").status() < 500);
    }
    assertEquals(200, client.get("/stats.json").status());
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> bytes =
        Arbitraries.strings().withCharRange('\u0001', '\u00ff').excludeChars('\r', '\n');
    return bytes.map(text -> "GET /announce?info_hash=" + text + " HTTP/1.1");
  }
}
