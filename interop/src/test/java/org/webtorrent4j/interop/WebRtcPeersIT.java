package org.webtorrent4j.interop;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.tracker.server.TrackerServer;

/** Browsers and Node over WebRTC, introduced by a WebSocket tracker. */
class WebRtcPeersIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int LENGTH = 9_876_543;

  @TempDir Path temp;

  private Swarm swarm;
  private Path target;

  @BeforeEach
  void begin() throws Exception {
    Peers.needNetwork();
    swarm = new Swarm(temp);
    target = swarm.newFolder("target");
  }

  @Test
  void browserDownloadsFromUs() throws Exception {
    Path content = swarm.file(LENGTH);
    try (TrackerServer tracker = TrackerServer.start(0);
        Client client = swarm.webRtcClient(target)) {
      Path torrent = swarm.seed(client, content, List.of(tracker.webSocketUrl()));

      try (PeerProcess browser = leech(tracker.webSocketUrl(), torrent.toString())) {
        assertSameHash(content, browser);
      }
    }
  }

  @Test
  void weDownloadFromABrowserByMagnet() throws Exception {
    try (TrackerServer tracker = TrackerServer.start(0);
        PeerProcess browser =
            Peers.browser(
                target,
                "seed",
                "--bytes",
                Integer.toString(LENGTH),
                "--announce",
                tracker.webSocketUrl())) {
      String magnet = browser.await("READY", LIMIT).substring("READY ".length());

      try (Client client = swarm.webRtcClient(target)) {
        Torrent torrent = client.add(magnet, AddOptions.defaults());
        torrent.awaitComplete(LIMIT);
      }
    }
    byte[] downloaded = Files.readAllBytes(target.resolve("from-browser.bin"));
    assertEquals(LENGTH, downloaded.length);
    for (int i = 0; i < LENGTH; i++) {
      assertEquals((byte) (i * 7 + (i >> 8)), downloaded[i], "byte " + i);
    }
  }

  @Test
  void nodeDownloadsFromUs() throws Exception {
    Path content = swarm.folderOfFiles();
    try (TrackerServer tracker = TrackerServer.start(0);
        Client client = swarm.webRtcClient(target)) {
      Path torrent = swarm.seed(client, content, List.of(tracker.webSocketUrl()));

      try (PeerProcess leech = node("leech", torrent, target, tracker.webSocketUrl())) {
        leech.await("WIRE webrtc", LIMIT);
        leech.await("RESULT", LIMIT);
      }
    }
    Swarm.assertSameButEmpty(content, target.resolve("content"));
  }

  @Test
  void weDownloadFromNode() throws Exception {
    Path content = swarm.folderOfFiles();
    try (TrackerServer tracker = TrackerServer.start(0)) {
      downloadFromNode(content, tracker.webSocketUrl());
    }
    Swarm.assertSame(content, target.resolve("content"));
  }

  @Test
  void referenceTrackerIntroducesUsToNode() throws Exception {
    Path content = swarm.folderOfFiles();
    int port = Swarm.freePort();
    try (PeerProcess tracker = Peers.tracker(temp, port)) {
      tracker.await("READY", LIMIT);
      downloadFromNode(content, "ws://127.0.0.1:" + port);
    }
    Swarm.assertSame(content, target.resolve("content"));
  }

  private void downloadFromNode(Path content, String url) throws Exception {
    Path torrentFile = swarm.describe(content, List.of(url));
    try (PeerProcess seed = node("seed", torrentFile, content.getParent(), url)) {
      seed.await("READY", LIMIT);

      try (Client client = swarm.webRtcClient(target)) {
        client.add(torrentFile).awaitComplete(LIMIT);
      }
    }
  }

  @Test
  void referenceTrackerIntroducesOurClients() throws Exception {
    Path content = swarm.file(LENGTH);
    int port = Swarm.freePort();
    Path source = swarm.newFolder("other");
    try (PeerProcess tracker = Peers.tracker(temp, port);
        Client seed = swarm.webRtcClient(source);
        Client leech = swarm.webRtcClient(target)) {
      tracker.await("READY", LIMIT);
      Path torrent = swarm.seed(seed, content, List.of("ws://127.0.0.1:" + port));

      leech.add(torrent).awaitComplete(LIMIT);
    }
    Swarm.assertSame(content, target.resolve("single.bin"));
  }

  @Test
  void browserGetsThroughUsWhatOnlyTcpHas() throws Exception {
    Path content = swarm.file(LENGTH);
    try (TrackerServer tracker = TrackerServer.start(0)) {
      Path torrentFile = swarm.describe(content, List.of(tracker.webSocketUrl()));
      try (PeerProcess tcpSeed =
              Peers.libtorrent(
                  temp,
                  "seed",
                  "--torrent",
                  torrentFile.toString(),
                  "--dir",
                  content.getParent().toString(),
                  "--encryption",
                  "plain");
          Client bridge = swarm.webRtcClient(target)) {
        int port = Integer.parseInt(tcpSeed.await("READY", LIMIT).split(" ", -1)[1]);
        Torrent torrent = bridge.add(torrentFile);
        torrent.addPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

        try (PeerProcess browser = leech(tracker.webSocketUrl(), torrentFile.toString())) {
          assertSameHash(content, browser);
        }
      }
    }
  }

  @Test
  void trackerThatReturnsIsAnnouncedToAgainWhileTransfersGoOn() throws Exception {
    Path content = swarm.file(LENGTH);
    int port = Swarm.freePort();
    Path source = swarm.newFolder("other");
    try (Client seed = swarm.webRtcClient(source);
        Client leech = swarm.webRtcClient(target)) {
      Torrent download;
      TrackerServer first = TrackerServer.start(port);
      try {
        Path torrent = swarm.seed(seed, content, List.of(first.webSocketUrl()));
        for (int i = 0; i < 20; i++) { // more torrents on the same socket
          seed.add(
              "magnet:?xt=urn:btih:" + "%040x".formatted(i + 1) + "&tr=" + first.webSocketUrl());
        }
        download = leech.add(torrent);
        download.downloadLimit(200_000);
        await("a peer").atMost(LIMIT).until(() -> download.stats().downloaded() > 100_000);
      } finally {
        first.close();
      }

      try (TrackerServer second = TrackerServer.start(port)) {
        long began = System.nanoTime();
        await("all torrents at the tracker")
            .atMost(LIMIT)
            .until(() -> second.stats().torrents() >= 21);
        System.out.printf("announced again after %.1f s%n", (System.nanoTime() - began) / 1e9);
        assertEquals(1, download.stats().peers(), "the transfer was disturbed");
        download.downloadLimit(0);
        download.awaitComplete(LIMIT);
      }
    }
    Swarm.assertSame(content, target.resolve("single.bin"));
  }

  @Test
  void twoTabsAndTwoJvmsAreOneSwarm() throws Exception {
    Path content = swarm.file(LENGTH);
    try (TrackerServer tracker = TrackerServer.start(0);
        Client seed = swarm.webRtcClient(target)) {
      String url = tracker.webSocketUrl();
      Path torrent = swarm.seed(seed, content, List.of(url));
      seed.torrents().get(0).uploadLimit(1_000_000); // so that they need each other

      Path other = swarm.newFolder("other");
      try (PeerProcess jvm = Peers.jvm(SwarmNode.class, torrent.toString(), other.toString());
          PeerProcess tab = leech(url, torrent.toString());
          PeerProcess anotherTab = leech(url, torrent.toString())) {
        assertSameHash(content, tab);
        assertSameHash(content, anotherTab);
        String result = jvm.await("COMPLETE", LIMIT);
        assertTrue(result.endsWith("webrtc"), result);
      }
      Swarm.assertSame(content, other.resolve("single.bin"));
    }
  }

  private PeerProcess leech(String url, String torrent) {
    return Peers.browser(temp, "leech", "--torrent", torrent, "--announce", url, "--timeout", "90");
  }

  private PeerProcess node(String mode, Path torrent, Path directory, String url) {
    return Peers.webtorrent(
        temp,
        mode,
        "--torrent",
        torrent.toString(),
        "--dir",
        directory.toString(),
        "--announce",
        url,
        "--timeout",
        "90");
  }

  private static void assertSameHash(Path content, PeerProcess browser) throws Exception {
    String result = browser.await("RESULT", LIMIT);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(content));
    assertTrue(result.contains(HexFormat.of().formatHex(hash)), result);
  }
}
