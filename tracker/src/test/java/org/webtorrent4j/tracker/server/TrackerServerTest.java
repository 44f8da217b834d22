package org.webtorrent4j.tracker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerServerTest {
  private static final String HASH = "info_hash=%08%AD%A5%A7%A6%18%3A%AE%1E%09%D81%DFgH%D5f%09Z%10";
  private static final String HASH_BYTES =
      "\b\u00ad\u00a5\u00a7\u00a6\u0018:\u00ae\u001e\t\u00d81\u00dfgH\u00d5f\tZ\u0010";
  private static final String REQUIRED = HASH + "&peer_id=-XX0001-abcdefghijkl";

  private long nanoTime;
  private TrackerServer tracker = start(TrackerOptions.builder());
  private RawClient client = new RawClient(tracker.port());

  private TrackerServer start(TrackerOptions.Builder options) {
    try {
      options.bindAddress(InetAddress.getLoopbackAddress());
      return TrackerServer.start(options.build(), () -> nanoTime);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void clear() {
    nanoTime = 0;
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    tracker.close();
  }

  private void restart(TrackerOptions.Builder options) throws IOException {
    close();
    tracker = start(options);
    client = new RawClient(tracker.port());
  }

  private String get(String target) throws IOException {
    RawClient.Reply reply = client.get(target);
    assertEquals(200, reply.status(), reply.body());
    return reply.body();
  }

  private String announce(int peer, String parameters) throws IOException {
    String id = "&peer_id=-XX0001-abcdefgh%04d".formatted(peer);
    return get("/announce?" + HASH + id + "&port=" + (7000 + peer) + parameters);
  }

  private static String failure(String reason) {
    return "d14:failure reason" + reason.length() + ":" + reason + "e";
  }

  @Test
  void firstPeerIsAlone() throws IOException {
    assertEquals(
        "d8:completei0e10:downloadedi0e11:external ip4:\u007f\0\0\u000110:incompletei1e"
            + "8:intervali600e12:min intervali60e5:peers0:6:peers60:e",
        announce(1, "&left=5&compact=1&event=started"));
  }

  @Test
  void peersAreToldOfEachOther() throws IOException {
    announce(1, "&left=0&compact=1");

    String compact = announce(2, "&left=5&compact=1");
    assertTrue(compact.contains("5:peers6:\u007f\0\0\u0001\u001bY"), compact);
    String list = announce(2, "&left=5&compact=0");
    assertTrue(
        list.contains("5:peersld2:ip9:127.0.0.17:peer id20:-XX0001-abcdefgh00014:porti7001eee"),
        list);
    assertTrue(announce(2, "&left=5&no_peer_id=1").contains("5:peersld2:ip9:127.0.0.14:porti"));
    assertTrue(announce(2, "&left=5&compact=1&numwant=0").contains("5:peers0:"));
    assertTrue(announce(2, "&left=5&compact=1&numwant=-1").contains("5:peers6:"));
  }

  @Test
  void numberOfPeersIsCapped() throws IOException {
    restart(TrackerOptions.builder().maxPeersPerAddress(1000));
    for (int i = 0; i < 100; i++) {
      announce(i, "&left=5&compact=1&numwant=0");
    }

    assertTrue(announce(0, "&left=5&compact=1").contains("5:peers300:"));
    assertTrue(announce(0, "&left=5&compact=1&numwant=7").contains("5:peers42:"));
    assertTrue(announce(0, "&left=5&compact=1&numwant=100000").contains("5:peers492:"));
  }

  @Test
  void ipv6PeersAreToldBesideTheOthers() throws IOException {
    restart(TrackerOptions.builder().believeIp(true));
    announce(1, "&left=0&ip=2001:db8::1");

    String compact = announce(2, "&left=5&compact=1");
    assertTrue(
        compact.endsWith("5:peers0:6:peers618: \u0001\r\u00b8\0\0\0\0\0\0\0\0\0\0\0\u0001\u001bYe"),
        compact);
    assertTrue(announce(2, "&left=5").contains("2:ip20:2001:db8:0:0:0:0:0:1"));
    assertEquals(1, tracker.stats().ipv6());
  }

  @Test
  void completedAndStoppedAreCounted() throws IOException {
    announce(1, "&left=5&event=started");
    announce(1, "&left=0&event=completed");
    announce(2, "&left=5&event=started");

    String counts = "d8:completei1e10:downloadedi1e10:incompletei1ee";
    assertEquals(
        "d5:filesd20:" + HASH_BYTES + counts + "e5:flagsd20:min_request_intervali600eee",
        get("/scrape?" + HASH));
    announce(1, "&left=0&event=stopped");
    assertTrue(get("/scrape?" + HASH).contains("8:completei0e10:downloadedi1e10:incompletei1e"));
    announce(2, "&event=stopped");
    assertEquals(0, tracker.stats().torrents());
  }

  @Test
  void scrapeNamesSeveralTorrentsAndKnowsSome() throws IOException {
    announce(1, "&left=5");
    String other = "info_hash=" + "a".repeat(20);

    String files = get("/scrape?" + HASH + "&" + other + "&" + HASH);

    assertTrue(files.startsWith("d5:filesd20:" + HASH_BYTES), files);
    assertFalse(files.contains("aaaa"), files);
  }

  @ParameterizedTest
  @CsvSource({
    "/announce, info_hash is missing",
    "/announce?peer_id=x, info_hash is missing",
    "/announce?info_hash=abc, 'info_hash has 3 bytes, not 20'",
    "/announce?info_hash=%2, invalid percent-encoding",
    "/announce?info_hash=%zz, invalid percent-encoding",
    "/announce?#, info_hash is missing",
    "/scrape, info_hash is missing: only named torrents can be scraped",
    "/scrape?info_hash=, 'info_hash has 0 bytes, not 20'"
  })
  void faultyRequestsAreRefused(String target, String reason) throws IOException {
    assertEquals(failure(reason), get(target));
  }

  @ParameterizedTest
  @CsvSource({
    "'', port is missing",
    "&port=65536, port is out of range",
    "&port=-1, port is out of range",
    "&port=1&port=2, port comes 2 times",
    "&port=x, port is not a number"
  })
  void faultyAnnouncesAreRefused(String parameters, String reason) throws IOException {
    assertEquals(failure(reason), get("/announce?" + REQUIRED + parameters));
    assertEquals(0, tracker.stats().peers());
    assertEquals(1, tracker.stats().refusals());
  }

  /** What Transmission says of a magnet link, and what else is of no use here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "left=9223372036854775807",
        "left=18446744073709551615",
        "left=1000000000000000000",
        "left=-1",
        "left=x",
        "left=",
        "left=5&left=6",
        "uploaded=1234567890123456789012",
        "uploaded=1.5",
        "downloaded=-7",
        "numwant=x",
        "numwant=99999999999999999999",
        "compact=2",
        "no_peer_id=yes",
        "event=begun",
        "ip=example.com"
      })
  void whatIsNotNeededRefusesNothing(String parameters) throws IOException {
    String answer = get("/announce?" + REQUIRED + "&port=7000&" + parameters);

    assertTrue(answer.contains("10:incompletei1e"), answer);
  }

  @Test
  void peerWithoutAPortIsToldOfOthersButNotKept() throws IOException {
    announce(1, "&left=0");

    String answer = get("/announce?" + REQUIRED + "&port=0&left=5&compact=1");

    assertTrue(answer.contains("5:peers6:"), answer);
    assertEquals(1, tracker.stats().peers());
  }

  @Test
  void localPeersAnnounceAnotherAddressOnlyIfTheyMay() throws IOException {
    announce(1, "&left=0&ip=203.0.113.9");
    assertTrue(announce(2, "&left=5").contains("2:ip9:127.0.0.1"));

    restart(TrackerOptions.builder().believeIp(true));
    announce(1, "&left=0&ip=203.0.113.9");
    assertTrue(announce(2, "&left=5").contains("2:ip11:203.0.113.9"));
    client.send(
        "GET /announce?"
            + REQUIRED
            + "&port=7000&left=5&ip=203.0.113.10 HTTP/1.1\r\nHost: x\r\nVia: 1.1 x\r\n\r\n");
    assertFalse(announce(2, "&left=5").contains("203.0.113.10"));
  }

  @Test
  void manyTorrentsAreScrapedAtOnce() throws IOException {
    announce(1, "&left=0");
    String hash = "info_hash=" + "%68".repeat(20);

    String answer = get("/scrape?" + (hash + "&").repeat(254) + hash);

    assertTrue(answer.startsWith("d5:filesd"), answer);
  }

  @Test
  void webServerAnswersInBencodingToo() throws IOException {
    String failure = "d14:failure reason";
    assertTrue(client.get("/scrape?" + "x".repeat(40_000)).body().startsWith(failure));
    try (RawClient broken = new RawClient(tracker.port())) {
      assertTrue(broken.send("GET\r\n\r\n").body().startsWith(failure));
    }
  }

  @Test
  void oneAddressHasOnlySoManyConnections() throws IOException {
    restart(TrackerOptions.builder().maxConnectionsPerAddress(2));
    try (RawClient second = new RawClient(tracker.port());
        RawClient third = new RawClient(tracker.port())) {
      client.get("/stats.json");
      second.get("/stats.json");

      assertThrows(IOException.class, () -> third.get("/stats.json"));
    }
  }

  @Test
  void shortPeerIdIsRefused() throws IOException {
    assertEquals(
        failure("peer_id has 4 bytes, not 20"), get("/announce?" + HASH + "&peer_id=abcd"));
  }

  @Test
  void otherMethodsAreRefused() throws IOException {
    RawClient.Reply reply =
        client.send("POST /announce HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");

    assertEquals(200, reply.status());
    assertEquals(failure("only GET is served"), reply.body());
  }

  @Test
  void longRequestsAreNotRead() throws IOException {
    int status = client.get("/announce?" + "x".repeat(40_000)).status();

    assertTrue(status == 414 || status == 431, "status " + status);
  }

  @Test
  void strangersCannotAnnounceForOthers() throws IOException {
    restart(TrackerOptions.builder().trustProxy(true));
    String request =
        "GET /announce?"
            + REQUIRED
            + "&port=7000&left=5&ip=9.9.9.9 HTTP/1.1\r\nHost: x\r\n"
            + "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-For: 1.1.1.1, 198.51.100.7\r\n\r\n";

    String external = client.send(request).body();

    assertTrue(external.contains("11:external ip4:\u00c63d\u0007"), external);
    String peers = announce(1, "&left=5&compact=0");
    assertTrue(peers.contains("2:ip12:198.51.100.7"), peers);
  }

  @Test
  void untrustedProxyIsNotBelieved() throws IOException {
    String request =
        "GET /announce?"
            + REQUIRED
            + "&port=7000 HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n";

    assertTrue(client.send(request).body().contains("11:external ip4:\u007f\0\0\u0001"));
  }

  @Test
  void silentPeersExpire() throws IOException {
    announce(1, "&left=0");
    nanoTime = Duration.ofMinutes(21).toNanos();

    assertTrue(announce(2, "&left=5&compact=1").contains("5:peers0:"));
    assertEquals(1, tracker.stats().peers());
  }

  @Test
  void numbersAreShown() throws IOException {
    announce(1, "&left=0");
    get("/announce");
    get("/scrape?" + HASH);

    TrackerStats.Requests http = new TrackerStats.Requests(1, 1, 1);
    TrackerStats.Requests none = new TrackerStats.Requests(0, 0, 0);
    assertEquals(new TrackerStats(1, 1, 1, 0, 0, 1, 0, 0, 0, 0, http, none, none), tracker.stats());
    String json =
        "{'torrents':1,'peers':{'address':1,'web':0},'seeds':1,'leeches':0,"
            + "'addresses':{'ipv4':1,'ipv6':0},'sockets':0,'relayed':{'answers':0,'offers':0},"
            + "'announces':{'http':1,'udp':0,'websocket':0},"
            + "'scrapes':{'http':1,'udp':0,'websocket':0},"
            + "'refusals':{'http':1,'udp':0,'websocket':0}}\n";
    assertEquals(json.replace('\'', '"'), get("/stats.json"));
    assertEquals(
        get("/stats.json"),
        client.send("GET /stats HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n").body());
    assertTrue(get("/stats").contains("<td>torrents</td><td>1</td>"));
    assertTrue(get("/stats").contains("<td>announces (udp)</td><td>0</td>"));
    assertEquals(get("/"), get("/stats"));
    assertEquals(404, client.get("/x").status());
  }

  @Test
  void numbersAreGivenToPrometheus() throws IOException {
    announce(1, "&left=0");

    String text = get("/metrics");

    assertTrue(text.contains("# TYPE webtorrent4j_tracker_torrents gauge\n"), text);
    assertTrue(text.contains("\nwebtorrent4j_tracker_torrents 1\n"), text);
    assertTrue(text.contains("\nwebtorrent4j_tracker_peers{kind=\"address\"} 1\n"), text);
    assertTrue(text.contains("# TYPE webtorrent4j_tracker_announces_total counter\n"), text);
    assertTrue(
        text.contains("\nwebtorrent4j_tracker_announces_total{protocol=\"http\"} 1\n"), text);
    for (String line : text.lines().toList()) {
      assertTrue(
          line.matches("# (HELP|TYPE) \\w+ .+|\\w+(\\{\\w+=\"\\w+\"})? [0-9]+"), "bad: " + line);
    }
  }

  @Test
  void hostNameIsEscapedForThePage() throws IOException {
    String page = client.send("GET / HTTP/1.1\r\nHost: a&b\r\n\r\n").body();

    assertFalse(page.contains("a&b"), page);
  }

  @Test
  void announceUrlNamesWhereItListens() throws IOException {
    assertEquals("http://127.0.0.1:" + tracker.port() + "/announce", tracker.announceUrl());
    restart(TrackerOptions.builder().host("tracker.example"));
    String rest = "://tracker.example:" + tracker.port() + "/announce";
    assertEquals("http" + rest, tracker.announceUrl());
    assertEquals(List.of("http" + rest, "ws" + rest, "udp" + rest), tracker.announceUrls());
    restart(TrackerOptions.builder().udp(false));
    assertEquals(Optional.empty(), tracker.udpUrl());
  }

  @Test
  void portThatIsTakenIsAnError() {
    TrackerOptions options =
        TrackerOptions.builder()
            .port(tracker.port())
            .bindAddress(InetAddress.getLoopbackAddress())
            .build();

    IOException taken = assertThrows(IOException.class, () -> TrackerServer.start(options));

    assertEquals(
        "cannot listen at TCP port " + tracker.port() + ": another program has it",
        taken.getMessage());
  }

  @Test
  void closedTrackerListensNoMoreAndLeavesNoThread() throws InterruptedException {
    int port = tracker.port();
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("wt-tracker"))
            .toList();
    assertFalse(threads.isEmpty());
    threads.forEach(thread -> assertTrue(thread.isDaemon(), thread.getName()));

    tracker.close();
    tracker.close();

    assertThrows(
        IOException.class,
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          }
        });
    for (Thread thread : threads) {
      thread.join(20_000);
      assertFalse(thread.isAlive(), thread.getName());
    }
  }

  @Test
  void optionsAreChecked() {
    TrackerOptions.Builder builder = TrackerOptions.builder();

    assertThrows(IllegalArgumentException.class, () -> builder.port(65536));
    assertThrows(IllegalArgumentException.class, () -> builder.maxTorrents(0));
    for (String host : List.of("", "a b", "http://x", "x:8000", "a/b", "1.2.3.4:5", "[::1")) {
      assertThrows(IllegalArgumentException.class, () -> builder.host(host), host);
    }
    assertEquals("[::1]", builder.host("::1").build().host().orElseThrow());
    assertEquals("tr_acker.example", builder.host("tr_acker.example").build().host().orElseThrow());
    assertThrows(IllegalArgumentException.class, () -> builder.announceInterval(Duration.ZERO));
  }
}
