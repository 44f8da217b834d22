package org.webtorrent4j.examples;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.webtorrent4j.PeerStats;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentFile;
import org.webtorrent4j.TorrentStats;
import org.webtorrent4j.examples.page.Resource;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.metainfo.Metainfo;

/** What {@code webtorrent share} tells its page: which torrents, where the tracker is, numbers. */
final class Share {
  private final List<Torrent> torrents;
  private final int trackerPort;
  private final List<String> pageTrackers;
  private final boolean isPublic;
  private final int peerPort;
  private final List<String> hosts;

  /**
   * A share.
   *
   * @param trackerPort where our tracker listens, on the host that serves the page
   * @param trackers the further ones; a browser can only use those of WebSockets
   * @param isPublic whether peers may be outside of the local network
   * @param peerPort where other peers find us
   * @param hosts what browsers may call the host of the page
   */
  Share(
      List<Torrent> torrents,
      int trackerPort,
      List<String> trackers,
      boolean isPublic,
      int peerPort,
      List<String> hosts) {
    this.torrents = List.copyOf(torrents);
    this.trackerPort = trackerPort;
    this.pageTrackers = trackers.stream().filter(Share::isWebSocket).toList();
    this.isPublic = isPublic;
    this.peerPort = peerPort;
    this.hosts = List.copyOf(hosts);
  }

  private static boolean isWebSocket(String url) {
    return url.startsWith("ws://") || url.startsWith("wss://");
  }

  /** The given files and what this share has to tell, by their paths. */
  Map<String, Resource> addTo(Map<String, Resource> files) {
    Map<String, Resource> all = new HashMap<>(files);
    String share = description();
    all.put("/share.json", Resource.json(() -> share));
    all.put("/stats.json", Resource.json(this::stats));
    for (Torrent torrent : torrents) {
      // Without trackers: seen from another machine, ours has another address.
      Metainfo metainfo =
          Metainfo.of(torrent.metainfo().orElseThrow().info(), List.of(), List.of());
      all.put(
          "/" + torrent.infoHash() + ".torrent",
          Resource.fixed("application/x-bittorrent", metainfo.toBytes()));
    }
    return all;
  }

  /** What the page may connect to, in the words of a content security policy. */
  String connections() {
    return pageTrackers.isEmpty() ? "ws://*:" + trackerPort : "ws: wss:";
  }

  List<String> magnets() {
    return torrents.stream().map(Torrent::magnet).toList();
  }

  /** The line for a program that started this one. */
  JsonLine announcement(List<String> urls) {
    return JsonLine.event("sharing")
        .put("url", urls.get(0))
        .putStrings("urls", urls)
        .put("trackerPort", trackerPort)
        .put("port", peerPort)
        .putObjects("torrents", torrents.stream().map(Share::about).toList());
  }

  private String description() {
    return new JsonLine()
        .put("trackerPort", trackerPort)
        .putStrings("trackers", pageTrackers)
        .put("isPublic", isPublic)
        .putStrings("hosts", hosts)
        .putObjects("torrents", torrents.stream().map(Share::about).toList())
        .toString();
  }

  private static JsonLine about(Torrent torrent) {
    long length = torrent.files().stream().mapToLong(TorrentFile::length).sum();
    return new JsonLine()
        .put("infoHash", torrent.infoHash().toString())
        .put("name", torrent.name())
        .put("length", length)
        .put("magnet", torrent.magnet());
  }

  private String stats() {
    return new JsonLine()
        .putObjects("torrents", torrents.stream().map(Share::numbers).toList())
        .toString();
  }

  private static JsonLine numbers(Torrent torrent) {
    TorrentStats stats = torrent.stats();
    List<PeerStats> peers = torrent.peers();
    long browsers = peers.stream().filter(peer -> peer.transport().equals("webrtc")).count();
    return new JsonLine()
        .put("infoHash", torrent.infoHash().toString())
        .put("uploadRate", stats.uploadRate())
        .put("uploaded", stats.uploaded())
        .put("webrtcPeers", browsers)
        .put("otherPeers", peers.size() - browsers);
  }
}
