package org.webtorrent4j.examples;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.TorrentStats;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.examples.terminal.ProgressLine;
import org.webtorrent4j.examples.terminal.ProgressText;

/**
 * Tells the user how torrents do: text on standard error, or JSON on standard output. Listens to
 * their events on any thread; everything else belongs to the command's thread.
 */
final class TorrentReport implements AutoCloseable {
  private static final long HINT_NANOS = Duration.ofSeconds(15).toNanos();
  private static final long JSON_NANOS = Duration.ofSeconds(1).toNanos();

  private final boolean isJson;
  private final Set<String> namedTrackers;
  private final ProgressLine line = new ProgressLine();
  private final Map<String, String> trackerFailures = new ConcurrentHashMap<>();
  private final Queue<String> news = new ConcurrentLinkedQueue<>();
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
  private final Set<String> told = new HashSet<>();
  private final long start = System.nanoTime();
  private long lastJson = start;
  private boolean isHinted;

  /**
   * A report.
   *
   * @param namedTrackers those that the user named: their failures are told at once, those of
   *     others when nobody is found
   */
  TorrentReport(boolean isJson, Collection<String> namedTrackers) {
    this.isJson = isJson;
    this.namedTrackers = Set.copyOf(namedTrackers);
  }

  /** Takes notes of an event. Any thread. */
  void onEvent(TorrentEvent event) {
    if (event instanceof TorrentEvent.TrackerFailed failed) {
      onTrackerFailed(failed);
    } else if (event instanceof TorrentEvent.TrackerAnnounced announced) {
      trackerFailures.remove(announced.url());
    } else if (event instanceof TorrentEvent.FileFailed failed) {
      onFileFailed(failed);
    } else if (event instanceof TorrentEvent.MetadataTooLong tooLong) {
      onMetadataTooLong(tooLong);
    }
  }

  private void onMetadataTooLong(TorrentEvent.MetadataTooLong tooLong) {
    if (isJson) {
      about("metadataTooLong", tooLong.torrent())
          .put("bytes", tooLong.bytes())
          .put("limit", tooLong.limit())
          .print();
    } else {
      news.add(
          "webtorrent: a peer says that the description of %s has %,d bytes, more than %,d"
              .formatted(tooLong.torrent().name(), tooLong.bytes(), tooLong.limit()));
    }
  }

  private void onFileFailed(TorrentEvent.FileFailed failed) {
    if (isJson) {
      about("fileFailed", failed.torrent())
          .put("path", failed.file().path())
          .put("reason", failed.reason())
          .print();
    }
    news.add("webtorrent: " + failed.file().path() + " " + failed.reason());
  }

  private void onTrackerFailed(TorrentEvent.TrackerFailed failed) {
    trackerFailures.put(failed.url(), failed.reason());
    if (isJson) {
      about("trackerFailed", failed.torrent())
          .put("url", failed.url())
          .put("reason", failed.reason())
          .print();
    } else if (namedTrackers.contains(failed.url())) {
      news.add(noAnswer(failed.url(), failed.reason()));
    }
  }

  private static String noAnswer(String url, String reason) {
    return "no answer from " + url + ": " + reason;
  }

  /** Prints a line that stays; nothing in JSON, where events say it. */
  void say(String text) {
    if (!isJson) {
      line.say(text);
    }
  }

  /**
   * Tells what is not as it should be, and that it goes on nevertheless: people at once, programs
   * when the torrents are told that go on.
   */
  void warn(String text) {
    line.say("webtorrent: " + text);
    if (isJson) {
      warnings.add(text);
    }
  }

  /** Tells that a torrent stopped. */
  void failed(Torrent torrent, TorrentException failure) {
    if (isJson) {
      about("failed", torrent).put("reason", Main.reason(failure)).print();
    } else {
      line.say("webtorrent: " + torrent.name() + ": " + Main.reason(failure));
    }
  }

  /** Shows how the torrents do now. */
  void show(List<Torrent> torrents) {
    long now = System.nanoTime();
    for (String text = news.poll(); text != null; text = news.poll()) {
      sayOnce(text);
    }
    if (isJson) {
      for (String text = warnings.poll(); text != null; text = warnings.poll()) {
        JsonLine.event("warning").put("message", text).print();
      }
      if (now - lastJson >= JSON_NANOS) {
        lastJson = now;
        torrents.forEach(torrent -> progress(torrent).print());
      }
      return;
    }
    if (!isHinted && now - start > HINT_NANOS && peers(torrents) == 0) {
      isHinted = true;
      trackerFailures.forEach((url, reason) -> sayOnce(noAnswer(url, reason)));
    }
    // Several torrents take turns on the one line.
    Torrent torrent = torrents.get((int) ((now - start) / 2_000_000_000L % torrents.size()));
    line.show(ProgressText.of(torrent.name(), torrent.stats()));
  }

  private void sayOnce(String text) {
    if (told.add(text)) {
      line.say(text);
    }
  }

  private static int peers(List<Torrent> torrents) {
    return torrents.stream().mapToInt(torrent -> torrent.stats().peers()).sum();
  }

  private static JsonLine about(String event, Torrent torrent) {
    return JsonLine.event(event)
        .put("infoHash", torrent.infoHash().toString())
        .put("name", torrent.name());
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
