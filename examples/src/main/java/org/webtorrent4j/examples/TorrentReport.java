package org.webtorrent4j.examples;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.TorrentStats;

/**
 * Tells the user how torrents do: text on standard error, or JSON on standard output. Listens to
 * their events on any thread; everything else belongs to the command's thread.
 */
final class TorrentReport implements AutoCloseable {
  private static final long HINT_NANOS = Duration.ofSeconds(15).toNanos();
  private static final long JSON_NANOS = Duration.ofSeconds(1).toNanos();

  private final boolean isJson;
  private final ProgressLine line = new ProgressLine();
  private final Map<String, String> trackerFailures = new ConcurrentHashMap<>();
  private final long start = System.nanoTime();
  private long lastJson = start;
  private boolean isHinted;

  TorrentReport(boolean isJson) {
    this.isJson = isJson;
  }

  /** Takes notes of an event. Any thread. */
  void onEvent(TorrentEvent event) {
    if (event instanceof TorrentEvent.TrackerFailed failed) {
      trackerFailures.put(failed.url(), failed.reason());
    } else if (event instanceof TorrentEvent.TrackerAnnounced announced) {
      trackerFailures.remove(announced.url());
    }
  }

  /** Prints a line that stays; nothing in JSON, where events say it. */
  void say(String text) {
    if (!isJson) {
      line.say(text);
    }
  }

  /** Shows how the torrents do now. */
  void show(List<Torrent> torrents) {
    long now = System.nanoTime();
    if (isJson) {
      if (now - lastJson >= JSON_NANOS) {
        lastJson = now;
        torrents.forEach(torrent -> progress(torrent).printTo(System.out));
      }
      return;
    }
    int peers = torrents.stream().mapToInt(torrent -> torrent.stats().peers()).sum();
    if (!isHinted && peers == 0 && now - start > HINT_NANOS && !trackerFailures.isEmpty()) {
      isHinted = true;
      trackerFailures.forEach((url, reason) -> line.say("no answer from " + url + ": " + reason));
    }
    // Several torrents take turns on the one line.
    Torrent torrent = torrents.get((int) ((now - start) / 2_000_000_000L % torrents.size()));
    line.show(ProgressText.of(torrent.name(), torrent.stats()));
  }

  private static JsonLine progress(Torrent torrent) {
    TorrentStats stats = torrent.stats();
    JsonLine json =
        JsonLine.event("progress")
            .put("infoHash", torrent.infoHash().toString())
            .put("state", stats.state().name())
            .put("length", stats.wantedLength())
            .put("verified", stats.verifiedLength())
            .put("downloadRate", stats.downloadRate())
            .put("uploadRate", stats.uploadRate())
            .put("uploaded", stats.uploaded())
            .put("peers", stats.peers());
    stats.remainingTime().ifPresent(time -> json.put("etaSeconds", time.toSeconds()));
    return json;
  }

  @Override
  public void close() {
    line.close();
  }
}
