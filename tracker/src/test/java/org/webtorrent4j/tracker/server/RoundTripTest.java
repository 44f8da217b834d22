package org.webtorrent4j.tracker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceTimes;
import org.webtorrent4j.tracker.Announcer;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.ScrapeRequest;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.TrackerPool;
import org.webtorrent4j.tracker.TrackerStatus;
import org.webtorrent4j.tracker.http.HttpTrackerFactory;

/** The announcer of the client talks with the server, over loopback. */
class RoundTripTest {
  private static final InfoHash HASH = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");

  private final VirtualLoop loop = new VirtualLoop();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final HttpTrackerFactory factory = new HttpTrackerFactory(loop, workers, "test/1");
  private final TrackerPool pool = new TrackerPool(List.of(factory));
  private final Random random = new Random(5);
  private TrackerServer tracker = start();

  private static TrackerServer start() {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      return TrackerServer.start(TrackerOptions.builder().bindAddress(loopback).build());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void isListening() {
    assertTrue(tracker.port() > 0);
  }

  @AfterEach
  void close() {
    pool.close();
    workers.shutdownNow();
    tracker.close();
  }

  @Test
  void lifeOfATorrentAsATrackerSeesIt() throws Exception {
    Client seed = new Client(7001, 0);
    Client leech = new Client(7002, 1000);

    seed.start();
    assertEquals(1, tracker.stats().seeds());
    assertEquals(1, tracker.stats().announces());
    leech.start();
    assertEquals(
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7001)), leech.peers);
    assertEquals(1, leech.status().seeds().orElseThrow());
    assertEquals(1, leech.status().leeches().orElseThrow());
    long nextSeconds = leech.status().nextAnnounce().orElseThrow().toSeconds();
    assertTrue(570 <= nextSeconds && nextSeconds <= 600, "in " + nextSeconds);

    leech.left = 0;
    leech.announcer.completed();
    leech.awaitStatus();
    assertEquals(Map.of(HASH, new ScrapeCounts(2, 0, 1)), scrape());

    seed.stop();
    leech.stop();
    assertEquals(0, tracker.stats().torrents());
  }

  private Map<InfoHash, ScrapeCounts> scrape() throws InterruptedException {
    List<Map<InfoHash, ScrapeCounts>> found = new ArrayList<>();
    ScrapeHandler handler =
        new ScrapeHandler() {
          @Override
          public void onResponse(Map<InfoHash, ScrapeCounts> counts) {
            found.add(counts);
          }

          @Override
          public void onFailure(TrackerException cause) {
            throw new AssertionError(cause);
          }
        };
    URI uri = URI.create(tracker.announceUrl());
    factory.create(uri).scrape(new ScrapeRequest(List.of(HASH)), handler);
    while (found.isEmpty()) {
      loop.awaitTask();
    }
    return found.get(0);
  }

  /** A torrent of some client. */
  private final class Client implements Announcer.Numbers, Announcer.Listener {
    private final int port;
    private final Announcer announcer;
    private final List<InetSocketAddress> peers = new ArrayList<>();
    private int statuses;
    private long left;

    Client(int port, long left) {
      this.port = port;
      this.left = left;
      this.announcer =
          new Announcer(
              loop,
              random,
              pool,
              AnnounceTimes.DEFAULT,
              new Announcer.Identity(HASH, PeerId.random(random), false),
              List.of(List.of(tracker.announceUrl())),
              this,
              this);
    }

    void start() throws InterruptedException {
      announcer.start();
      awaitStatus();
    }

    void stop() throws InterruptedException {
      List<String> done = new ArrayList<>();
      announcer.stop(() -> done.add("done"));
      while (done.isEmpty()) {
        loop.awaitTask();
      }
    }

    void awaitStatus() throws InterruptedException {
      for (int before = statuses; statuses == before; ) {
        loop.awaitTask();
      }
      assertEquals(TrackerStatus.State.WORKING, status().state(), status().toString());
    }

    TrackerStatus status() {
      return announcer.status().get(0);
    }

    @Override
    public long uploaded() {
      return 0;
    }

    @Override
    public long downloaded() {
      return 0;
    }

    @Override
    public long left() {
      return left;
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public int wantedPeers() {
      return 50;
    }

    @Override
    public void onPeers(List<InetSocketAddress> found, String url) {
      peers.addAll(found);
    }

    @Override
    public void onStatus(TrackerStatus status) {
      statuses++;
    }
  }
}
