package org.webtorrent4j.tracker.server.http;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.webtorrent4j.bencode.BencodeWriter;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.server.swarm.Refusal;
import org.webtorrent4j.tracker.server.swarm.SwarmCounts;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/** A scrape by HTTP (BEP 48) of the torrents that it names; all torrents at once are not given. */
final class HttpScrape {
  private HttpScrape() {}

  /**
   * Answers a scrape; torrents without peers are missing in the answer.
   *
   * @throws Refusal if it names no torrent, or one that cannot be
   */
  static byte[] answer(HttpQuery query, SwarmTable swarms, Duration interval) throws Refusal {
    BencodeWriter out = new BencodeWriter().beginDict().key("files").beginDict();
    for (InfoHash infoHash : infoHashes(query)) {
      Optional<SwarmCounts> counts = swarms.scrape(infoHash);
      if (counts.isPresent()) {
        out.key(infoHash.bytes()).beginDict();
        out.put("complete", counts.get().seeds());
        out.put("incomplete", counts.get().leeches());
        out.put("downloaded", counts.get().completed());
        out.end();
      }
    }
    out.end().key("flags").beginDict();
    out.put("min_request_interval", interval.toSeconds());
    return out.end().end().toByteArray();
  }

  private static Set<InfoHash> infoHashes(HttpQuery query) throws Refusal {
    List<byte[]> all = query.all("info_hash");
    if (all.isEmpty()) {
      throw new Refusal("info_hash is missing: only named torrents can be scraped");
    }
    Set<InfoHash> infoHashes = new LinkedHashSet<>();
    for (byte[] bytes : all) {
      if (bytes.length != InfoHash.V1_LENGTH) {
        throw new Refusal("info_hash has " + bytes.length + " bytes, not " + InfoHash.V1_LENGTH);
      }
      infoHashes.add(InfoHash.of(bytes));
    }
    return infoHashes;
  }
}
