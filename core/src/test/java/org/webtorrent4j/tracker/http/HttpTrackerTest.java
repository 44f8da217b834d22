package org.webtorrent4j.tracker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.ScrapeRequest;
import org.webtorrent4j.tracker.Tracker;

class HttpTrackerTest extends HttpTrackerFixture {
  private static final String OK = "d8:intervali1800e5:peers6:\n\0\0\1\u001a\u00e1e";

  @Test
  void trackerIsAskedAndItsAnswerReported() throws Exception {
    RawHttpServer server = server(RawHttpServer.body(OK));

    Outcome outcome = announce(server.uri("/announce?key2=a%20b"));

    assertEquals(1, outcome.response().peers().size());
    List<String> head = server.heads.get(0).lines().toList();
    assertTrue(head.get(0).startsWith("GET /announce?key2=a%20b&info_hash=%08%AD"), head.get(0));
    assertTrue(head.get(0).endsWith(" HTTP/1.1"), head.get(0));
    assertTrue(head.contains("Host: 127.0.0.1:" + server.port()));
    assertTrue(head.contains("User-Agent: webtorrent4j/test"));
    assertTrue(head.contains("Connection: close"));
    assertTrue(head.contains("Accept-Encoding: gzip"));
  }

  @Test
  void trackerIdIsEchoedInTheNextAnnounce() throws Exception {
    RawHttpServer server = server(RawHttpServer.body("d10:tracker id3:x+ye"));
    Tracker tracker = factory.create(server.uri("/announce"));

    announce(tracker, AnnounceEvent.STARTED).response();
    announce(tracker, AnnounceEvent.NONE).response();

    assertFalse(server.heads.get(0).contains("trackerid"));
    assertTrue(server.heads.get(1).contains("&trackerid=x%2By "), server.heads.get(1));
  }

  @Test
  void announcesOfATorrentKeepTheirOrder() throws Exception {
    RawHttpServer server = server(RawHttpServer.body(OK));
    Tracker tracker = factory.create(server.uri("/announce"));
    Outcome[] outcomes = {new Outcome(), new Outcome(), new Outcome()};

    tracker.announce(request(AnnounceEvent.STARTED), outcomes[0]);
    tracker.announce(request(AnnounceEvent.COMPLETED), outcomes[1]);
    tracker.announce(request(AnnounceEvent.STOPPED), outcomes[2]);
    await(outcomes[2]);

    assertEquals(3, server.heads.size());
    assertTrue(server.heads.get(0).contains("event=started"));
    assertTrue(server.heads.get(1).contains("event=completed"));
    assertTrue(server.heads.get(2).contains("event=stopped"));
  }

  @Test
  void countsAreScraped() throws Exception {
    RawHttpServer server =
        server(
            RawHttpServer.body(
                "d5:filesd20:\b\u00ad\u00a5\u00a7\u00a6\u0018:\u00ae\u001e\t\u00d81\u00dfgH\u00d5f"
                    + "\tZ\u0010d8:completei1e10:downloadedi3e10:incompletei2eeee"));
    Outcome outcome = new Outcome();

    factory
        .create(server.uri("/announce"))
        .scrape(new ScrapeRequest(List.of(HASH)), outcome.asScrapeHandler());
    await(outcome);

    assertEquals(Map.of(HASH, new ScrapeCounts(1, 2, 3)), outcome.counts);
    assertTrue(server.heads.get(0).startsWith("GET /scrape?info_hash=%08%AD"));
  }

  @Test
  void trackerWithoutScrapeSaysSo() throws Exception {
    Outcome outcome = new Outcome();

    factory
        .create(URI.create("http://t/x"))
        .scrape(new ScrapeRequest(List.of(HASH)), outcome.asScrapeHandler());
    assertEquals(0, outcome.calls);
    loop.runReady();

    assertEquals("the tracker does not give counts", outcome.failure().getMessage());
  }

  @Test
  void redirectsAreFollowed() throws Exception {
    RawHttpServer target = server(RawHttpServer.body(OK));
    RawHttpServer server =
        server(
            RawHttpServer.redirect("announce?here=1"),
            RawHttpServer.redirect(target.uri("/announce?there=1").toString()));

    announce(server.uri("/announce")).response();

    assertTrue(server.heads.get(1).startsWith("GET /announce?here=1 HTTP"), server.heads.get(1));
    assertTrue(target.heads.get(0).startsWith("GET /announce?there=1 HTTP"), target.heads.get(0));
  }

  @Test
  void redirectsHaveAnEnd() throws Exception {
    RawHttpServer server = server(RawHttpServer.redirect("/announce"));

    Outcome outcome = announce(server.uri("/announce"));

    assertEquals("more than 5 redirects", outcome.failure().getMessage());
    assertEquals(6, server.heads.size());
  }

  @Test
  void internetCannotRedirectUsToThisHost() throws Exception {
    network.addresses.put("tracker.example", "198.51.100.1");
    RawHttpServer victim = server(RawHttpServer.body(OK));
    RawHttpServer server =
        server(RawHttpServer.redirect("http://127.0.0.1:" + victim.port() + "/announce"));

    Outcome outcome = announce(URI.create("http://tracker.example:" + server.port() + "/announce"));

    assertTrue(
        outcome.failure().getMessage().startsWith("redirected from the internet"),
        outcome.failure().getMessage());
    assertTrue(victim.heads.isEmpty());
  }

  @Test
  void servicesOfThisHostAreLeftAlone() throws Exception {
    network.addresses.put("tracker.example", "127.0.0.1");
    RawHttpServer victim = server(RawHttpServer.body(OK));

    Outcome outcome =
        announce(URI.create("http://tracker.example:" + victim.port() + "/admin/reboot"));

    assertTrue(outcome.failure().getMessage().contains("on this host"));
    assertTrue(victim.heads.isEmpty());
  }

  @Test
  void trackersThatTheUserNamesMayHaveAnyPath() throws Exception {
    RawHttpServer server = server(RawHttpServer.redirect("/elsewhere"), RawHttpServer.body(OK));
    URI uri = server.uri("/a?k=1");
    Tracker tracker = factory.create(uri);

    factory.allow(server.uri("/a?k=1"));
    announce(tracker, AnnounceEvent.STARTED).response();

    assertTrue(server.heads.get(0).startsWith("GET /a?k=1&info_hash="), server.heads.get(0));
    assertTrue(server.heads.get(1).startsWith("GET /elsewhere HTTP"), server.heads.get(1));
  }

  @Test
  void hostWithAnUnderscoreIsAsked() throws Exception {
    network.addresses.put("tr_acker.example", "127.0.0.1");
    RawHttpServer server = server(RawHttpServer.body(OK));

    announce(URI.create("http://me:x@tr_acker.example:" + server.port() + "/announce")).response();

    String head = server.heads.get(0);
    assertTrue(head.contains("Host: tr_acker.example:" + server.port() + "\r\n"), head);
    assertTrue(head.contains("Authorization: Basic bWU6eA==\r\n"), head);
  }

  @Test
  void credentialsStayWithTheirServer() throws Exception {
    RawHttpServer other = server(RawHttpServer.body(OK));
    RawHttpServer server =
        server(
            RawHttpServer.redirect("/announce"),
            RawHttpServer.redirect(other.uri("/announce").toString()));

    announce(URI.create("http://me:p%C3%A4s+s@127.0.0.1:" + server.port() + "/announce"));

    // "me:päs+s"
    assertTrue(server.heads.get(0).contains("Authorization: Basic bWU6cMOkcytz\r\n"));
    assertTrue(server.heads.get(1).contains("Authorization: "));
    assertFalse(other.heads.get(0).contains("Authorization"));
    assertFalse(server.heads.get(0).contains("@"));
  }

  @Test
  void failuresAreToldInWords() throws Exception {
    int deadPort;
    try (ServerSocket dead = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      deadPort = dead.getLocalPort();
    }
    network.addresses.put("unknown.example", "unknown.invalid");

    URI refused = URI.create("http://127.0.0.1:" + deadPort + "/announce");
    assertTrue(announce(refused).failure().getMessage().contains("refused"));
    URI hangsUp = server(RawHttpServer.raw("")).uri("/announce");
    assertEquals("the server closed the connection", announce(hangsUp).failure().getMessage());
    URI gone = server(RawHttpServer.raw("HTTP/1.1 404 X\r\n\r\n")).uri("/announce");
    assertEquals("the tracker answered HTTP 404", announce(gone).failure().getMessage());
  }

  @Test
  void serverThatNeverAnswersIsLeftAfterThirtySeconds() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    RawHttpServer server = server((head, out) -> hang(asked));
    Outcome outcome = new Outcome();
    factory.create(server.uri("/announce")).announce(request(AnnounceEvent.NONE), outcome);

    awaitRequest(asked);
    loop.advance(Duration.ofSeconds(29));
    assertEquals(0, outcome.calls);
    loop.advance(Duration.ofSeconds(1));

    assertEquals("no answer within 30 s", outcome.failure().getMessage());
    assertEquals(1, outcome.calls);
    assertWorkersEnd();
    assertEquals(1, outcome.calls);
  }

  @Test
  void serverThatDripsItsAnswerIsLeftToo() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    RawHttpServer server =
        server(
            (head, out) -> {
              RawHttpServer.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nd8").run(head, out);
              out.flush();
              hang(asked);
            });
    Outcome outcome = new Outcome();
    factory.create(server.uri("/announce")).announce(request(AnnounceEvent.STOPPED), outcome);

    awaitRequest(asked);
    loop.advance(Duration.ofSeconds(5));

    assertEquals("no answer within 5 s", outcome.failure().getMessage());
    assertWorkersEnd();
  }

  @Test
  void closingEndsWhatIsUnderWayWithoutAWord() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    RawHttpServer server = server((head, out) -> hang(asked));
    Tracker tracker = factory.create(server.uri("/announce"));
    Outcome outcome = new Outcome();
    tracker.announce(request(AnnounceEvent.NONE), outcome);
    tracker.announce(request(AnnounceEvent.STOPPED), outcome);
    awaitRequest(asked);

    tracker.close();
    tracker.close();
    tracker.announce(request(AnnounceEvent.STOPPED), outcome);
    assertWorkersEnd();
    loop.runAll();

    assertEquals(0, outcome.calls);
    assertEquals(1, server.heads.size());
  }

  @Test
  void closingClientFailsAnnounces() throws Exception {
    Tracker tracker =
        new HttpTrackerFactory(
                loop,
                task -> {
                  throw new RejectedExecutionException();
                },
                "x",
                network)
            .create(URI.create("http://t/"));

    assertEquals(
        "the client is closing", announce(tracker, AnnounceEvent.NONE).failure().getMessage());
  }

  @Test
  void busyWorkersAreAFailureInTheEnd() {
    List<Runnable> never = new ArrayList<>();
    Tracker tracker =
        new HttpTrackerFactory(loop, never::add, "x", network).create(URI.create("http://t/"));
    Outcome outcome = new Outcome();

    tracker.announce(request(AnnounceEvent.NONE), outcome);
    loop.advance(Duration.ofSeconds(30));

    assertEquals("no worker was free for 30 s", outcome.failure().getMessage());
    never.get(0).run(); // comes too late and does nothing
    loop.runAll();
    assertEquals(1, outcome.calls);
  }

  @Test
  void certificatesAreChecked() throws Exception {
    SSLContext context = contextOfOurCertificate();
    ServerSocket socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    RawHttpServer server = new RawHttpServer(socket, RawHttpServer.body(OK));
    open.add(server);
    network.addresses.put("localhost", "127.0.0.1");
    network.addresses.put("other.example", "127.0.0.1");

    URI right = URI.create("https://localhost:" + server.port() + "/announce");
    URI wrongName = URI.create("https://other.example:" + server.port() + "/announce");
    String untrusted = announce(right).failure().getMessage();
    network.tls = context.getSocketFactory();

    assertTrue(untrusted.contains("unable to find valid certification path"), untrusted);
    announce(right).response();
    assertTrue(announce(wrongName).failure().getMessage().contains("other.example"));
  }

  @Test
  void redirectsMayLeadToAnotherScheme() throws Exception {
    SSLContext context = contextOfOurCertificate();
    RawHttpServer secure =
        new RawHttpServer(
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            RawHttpServer.redirect("/announce/2"),
            RawHttpServer.body(OK));
    open.add(secure);
    network.tls = context.getSocketFactory();
    String target = "https://localhost:" + secure.port() + "/announce/1";

    announce(server(RawHttpServer.redirect(target)).uri("/announce")).response();

    assertEquals(2, secure.heads.size());
  }

  @Test
  void userAgentMustBePrintable() {
    assertThrows(
        IllegalArgumentException.class, () -> new HttpTrackerFactory(loop, workers, "x\r\ny"));
  }

  private static void hang(CountDownLatch asked) throws InterruptedException {
    asked.countDown();
    new CountDownLatch(1).await(); // until the test closes the server
  }

  /** Waits for the request, and until the loop knows its socket. */
  private void awaitRequest(CountDownLatch asked) throws InterruptedException {
    asked.await();
    loop.runReady();
  }

  /** Workers end because their sockets were closed, not because their own time was up. */
  private void assertWorkersEnd() throws InterruptedException {
    workers.shutdown();
    assertTrue(workers.awaitTermination(20, java.util.concurrent.TimeUnit.SECONDS));
    loop.runReady();
  }

  private SSLContext contextOfOurCertificate() throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = getClass().getResourceAsStream("localhost.p12")) {
      store.load(Objects.requireNonNull(in), password);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, password);
    trusted.setCertificateEntry("tracker", store.getCertificate("tracker"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
