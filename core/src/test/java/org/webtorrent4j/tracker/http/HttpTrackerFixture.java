package org.webtorrent4j.tracker.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.net.Network;

/** HTTP trackers on a loop of virtual time, asked over real sockets on loopback. */
class HttpTrackerFixture {
  static final InfoHash HASH = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");
  static final PeerId ID = PeerId.of("-XX0001-abcdefghijkl".getBytes(StandardCharsets.ISO_8859_1));

  final VirtualLoop loop = new VirtualLoop();
  final ExecutorService workers = Executors.newCachedThreadPool();
  final FakeNetwork network = new FakeNetwork();
  final HttpTrackerFactory factory =
      new HttpTrackerFactory(loop, workers, "webtorrent4j/test", network);
  final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  final void closeAll() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
    workers.shutdownNow();
  }

  final RawHttpServer server(RawHttpServer.Script... scripts) throws IOException {
    RawHttpServer server = new RawHttpServer(scripts);
    open.add(server);
    return server;
  }

  static AnnounceRequest request(AnnounceEvent event) {
    return new AnnounceRequest(HASH, ID, 6881, 200, 100, 65537, event, 50, 0xdeadbeef);
  }

  final Outcome announce(URI uri) throws InterruptedException {
    return announce(factory.create(uri), AnnounceEvent.STARTED);
  }

  final Outcome announce(Tracker tracker, AnnounceEvent event) throws InterruptedException {
    Outcome outcome = new Outcome();
    tracker.announce(request(event), outcome);
    await(outcome);
    return outcome;
  }

  final void await(Outcome outcome) throws InterruptedException {
    while (outcome.calls == 0) {
      loop.awaitTask();
    }
  }

  /** Remembers how an announce or a scrape ended. */
  static final class Outcome implements AnnounceHandler {
    private @Nullable AnnounceResponse response;
    private @Nullable TrackerException failure;
    Map<InfoHash, ScrapeCounts> counts = Map.of();
    int calls;

    AnnounceResponse response() {
      if (response == null) {
        throw new AssertionError("no response", failure);
      }
      return response;
    }

    TrackerException failure() {
      return Objects.requireNonNull(failure, "no failure");
    }

    ScrapeHandler asScrapeHandler() {
      return new ScrapeHandler() {
        @Override
        public void onResponse(Map<InfoHash, ScrapeCounts> found) {
          counts = found;
          calls++;
        }

        @Override
        public void onFailure(TrackerException cause) {
          Outcome.this.onFailure(cause);
        }
      };
    }

    @Override
    public void onResponse(AnnounceResponse answer) {
      response = answer;
      calls++;
    }

    @Override
    public void onFailure(TrackerException cause) {
      failure = cause;
      calls++;
    }
  }

  /** Resolves names as the test says, and reaches every address at loopback. */
  static final class FakeNetwork implements Network {
    final Map<String, String> addresses = new HashMap<>();
    SSLSocketFactory tls = SYSTEM.tls();

    @Override
    public InetAddress[] resolve(String host) throws IOException {
      return SYSTEM.resolve(addresses.getOrDefault(host, host));
    }

    @Override
    public void connect(Socket socket, InetSocketAddress address, int timeoutMillis)
        throws IOException {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      socket.connect(new InetSocketAddress(loopback, address.getPort()), timeoutMillis);
    }

    @Override
    public SSLSocketFactory tls() {
      return tls;
    }
  }
}
