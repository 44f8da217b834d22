package org.webtorrent4j.interop;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.tracker.server.TrackerServer;

/** Programs that find us, and that we find, through our tracker. */
class TrackerPeersIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path temp;

  @Test
  void aria2DownloadsFromUs() throws Exception {
    Swarm swarm = new Swarm(temp);
    Path content = swarm.folderOfFiles();
    Path target = swarm.newFolder("target");
    try (TrackerServer tracker = TrackerServer.start(0);
        Client client = swarm.client(target)) {
      Path torrent = swarm.seed(client, content, List.of(tracker.announceUrl()));
      awaitPeers(tracker, 1);

      try (PeerProcess leech = aria2(target, "--seed-time=0", torrent.toString())) {
        leech.awaitSuccess(LIMIT);
      }
    }
    Swarm.assertSame(content, target.resolve("content"));
  }

  @Test
  void weDownloadFromAria2() throws Exception {
    Swarm swarm = new Swarm(temp);
    Path content = swarm.folderOfFiles();
    Path target = swarm.newFolder("target");
    try (TrackerServer tracker = TrackerServer.start(0)) {
      Path torrentFile = swarm.describe(content, List.of(tracker.announceUrl()));
      try (PeerProcess seed =
          aria2(
              content.getParent(),
              "--check-integrity=true",
              "--seed-ratio=0.0",
              torrentFile.toString())) {
        awaitPeers(tracker, 1);

        download(swarm, target, torrentFile, seed);
      }
    }
    Swarm.assertSame(content, target.resolve("content"));
  }

  /** It refuses to dial loopback addresses; we dial it, told by the tracker that it is there. */
  @Test
  void transmissionDownloadsFromUs() throws Exception {
    Swarm swarm = new Swarm(temp);
    Path content = swarm.folderOfFiles();
    Path target = swarm.newFolder("target");
    try (TrackerServer tracker = TrackerServer.start(0)) {
      Path torrent = swarm.describe(content, List.of(tracker.announceUrl()));
      try (PeerProcess leech = transmission(swarm, target, torrent)) {
        awaitPeers(tracker, 1);

        try (Client client = swarm.client(target)) {
          Torrent seed = client.add(torrent, seeding(content));
          seed.awaitComplete(LIMIT);
          awaitUploaded(seed, leech);
        }
      }
    }
    Swarm.assertSameButEmpty(content, target.resolve("content"));
  }

  @Test
  void weDownloadFromTransmission() throws Exception {
    Swarm swarm = new Swarm(temp);
    Path content = swarm.folderOfFiles();
    Path target = swarm.newFolder("target");
    try (TrackerServer tracker = TrackerServer.start(0)) {
      Path torrentFile = swarm.describe(content, List.of(tracker.announceUrl()));
      try (PeerProcess seed = transmission(swarm, content.getParent(), torrentFile)) {
        awaitPeers(tracker, 1);

        download(swarm, target, torrentFile, seed);
      }
    }
    Swarm.assertSame(content, target.resolve("content"));
  }

  private static void download(Swarm swarm, Path target, Path torrentFile, PeerProcess seed)
      throws Exception {
    try (Client client = swarm.client(target)) {
      Torrent torrent = client.add(torrentFile);
      try {
        torrent.awaitComplete(LIMIT);
      } catch (TimeoutException e) {
        throw new AssertionError(torrent.stats() + "\n" + seed.output(), e);
      }
    }
  }

  private static AddOptions seeding(Path content) {
    return AddOptions.builder().directory(content.getParent()).build();
  }

  private static PeerProcess aria2(Path folder, String... args) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--enable-dht=false",
                "--enable-dht6=false",
                "--bt-enable-lpd=false",
                "--enable-peer-exchange=false",
                "--allow-overwrite=true",
                "--file-allocation=none",
                "--dir=" + folder,
                "--listen-port=" + Swarm.freePort()));
    all.addAll(List.of(args));
    return Peers.aria2(folder, all.toArray(String[]::new));
  }

  private static PeerProcess transmission(Swarm swarm, Path folder, Path torrent) throws Exception {
    Path config = swarm.newFolder("transmission-config");
    Files.writeString(
        config.resolve("settings.json"),
        "{\"dht-enabled\": false, \"lpd-enabled\": false, \"pex-enabled\": false,"
            + " \"utp-enabled\": false}");
    return Peers.transmission(
        folder,
        "--config-dir",
        config.toString(),
        "--download-dir",
        folder.toString(),
        "--port",
        Integer.toString(Swarm.freePort()),
        torrent.toString());
  }

  private static void awaitPeers(TrackerServer tracker, int count) {
    await("an announce").atMost(LIMIT).until(() -> peers(tracker) >= count);
  }

  private static int peers(TrackerServer tracker) {
    return tracker.stats().seeds() + tracker.stats().leeches();
  }

  /** Two that have everything part: then it has it too. */
  private static void awaitUploaded(Torrent seed, PeerProcess leech) {
    long length = seed.stats().totalLength();
    await("an upload to:\n" + leech.output())
        .atMost(LIMIT)
        .until(() -> seed.stats().uploaded() >= length && seed.peers().isEmpty());
  }
}
