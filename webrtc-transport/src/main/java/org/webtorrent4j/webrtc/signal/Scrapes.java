package org.webtorrent4j.webrtc.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.ScrapeRequest;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.webrtc.signal.json.SignalMessage;
import org.webtorrent4j.webrtc.signal.json.SignalWriter;

/** Questions for counts to one tracker, in their order. Confined to the event loop. */
final class Scrapes {
  /** What aquatic takes. */
  static final int MAX_HASHES = 255;

  private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();

  private final EventLoop loop;
  private final Link link;
  private final List<Scrape> open = new ArrayList<>();

  Scrapes(EventLoop loop, Link link) {
    this.loop = loop;
    this.link = link;
  }

  /** Asks as soon as the link is up. */
  void add(ScrapeRequest request, ScrapeHandler handler) {
    Scrape scrape = new Scrape(request, handler);
    scrape.timer =
        loop.schedule(
            LIMIT_NANOS,
            () -> {
              open.remove(scrape);
              handler.onFailure(new TrackerException("no answer within 30 s"));
            });
    open.add(scrape);
    link.start();
    sendAll();
  }

  /** Asks what was not asked yet. */
  void sendAll() {
    for (Scrape scrape : open) {
      if (link.isUp() && !scrape.isSent) {
        scrape.isSent = true;
        link.send(SignalWriter.scrape(scrape.request.infoHashes()));
      }
    }
  }

  /** The tracker has told counts, or why it does not. */
  void onMessage(SignalMessage message) {
    if (message.failureReason() != null) {
      onRefused(message.failureReason());
    } else if (message.files() != null) {
      onFiles(message.files());
    }
  }

  private void onFiles(Map<InfoHash, ScrapeCounts> files) {
    for (Scrape scrape : open) {
      Map<InfoHash, ScrapeCounts> counts = new HashMap<>();
      for (InfoHash infoHash : scrape.request.infoHashes()) {
        ScrapeCounts found = files.get(infoHash.truncated());
        if (found != null) {
          counts.put(infoHash, found);
        }
      }
      if (scrape.isSent && (!counts.isEmpty() || files.isEmpty())) {
        end(scrape);
        scrape.handler.onResponse(counts);
        return;
      }
    }
  }

  private void onRefused(String reason) {
    if (!open.isEmpty() && open.get(0).isSent) {
      Scrape first = open.get(0);
      end(first);
      first.handler.onFailure(new TrackerException(reason));
    }
  }

  /** Nobody is going to answer. */
  void failAll(TrackerException cause) {
    for (Scrape scrape : List.copyOf(open)) {
      end(scrape);
      scrape.handler.onFailure(cause);
    }
  }

  /** Forgets all without a word. */
  void clear() {
    List.copyOf(open).forEach(this::end);
  }

  private void end(Scrape scrape) {
    open.remove(scrape);
    if (scrape.timer != null) {
      scrape.timer.cancel();
    }
  }

  private static final class Scrape {
    final ScrapeRequest request;
    final ScrapeHandler handler;
    EventLoop.@Nullable Timer timer;
    boolean isSent;

    Scrape(ScrapeRequest request, ScrapeHandler handler) {
      this.request = request;
      this.handler = handler;
    }
  }
}
