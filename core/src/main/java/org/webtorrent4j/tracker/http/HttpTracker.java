package org.webtorrent4j.tracker.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.net.ForeignText;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.ScrapeRequest;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.net.AddressRules.Sender;
import org.webtorrent4j.tracker.net.AnnounceOrder;

/** A tracker that is asked by HTTP. Confined to the event loop. */
final class HttpTracker implements Tracker {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 1 << 20;
  private static final Duration STOPPED_LIMIT = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final HttpTrackerUrl url;
  private final Supplier<Sender> sender;
  private final HttpGet.Factory gets;

  private final AnnounceOrder order = new AnnounceOrder();

  /** What the tracker wants to be told again. */
  private final Map<InfoHash, String> trackerIds = new HashMap<>();

  private final Set<HttpGet> underWay = new HashSet<>();
  private boolean closed;

  /**
   * A tracker.
   *
   * @param sender asked before each request: who sends us there
   */
  HttpTracker(EventLoop loop, HttpTrackerUrl url, Supplier<Sender> sender, HttpGet.Factory gets) {
    this.loop = loop;
    this.url = url;
    this.sender = sender;
    this.gets = gets;
  }

  @Override
  public URI uri() {
    return url.url().uri();
  }

  @Override
  public void announce(AnnounceRequest request, AnnounceHandler handler) {
    assert loop.inLoop();
    if (!closed) {
      Announce announce = new Announce(request, handler);
      order.add(request.infoHash(), () -> begin(announce));
    }
  }

  @Override
  public void scrape(ScrapeRequest request, ScrapeHandler handler) {
    assert loop.inLoop();
    Optional<Url> target = url.scrape(request.infoHashes());
    if (target.isPresent() && !closed) {
      get(
          target.get(),
          LIMIT,
          reply -> TrackerReply.of(reply).scrape(request.infoHashes()),
          handler::onResponse,
          handler::onFailure);
    } else if (!closed) {
      loop.execute(() -> refuseScrape(handler));
    }
  }

  private void refuseScrape(ScrapeHandler handler) {
    if (!closed) {
      handler.onFailure(new TrackerException("the tracker does not give counts"));
    }
  }

  @Override
  public void close() {
    assert loop.inLoop();
    closed = true;
    new ArrayList<>(underWay).forEach(HttpGet::cancel);
    underWay.clear();
    order.clear();
    trackerIds.clear();
  }

  private record Announce(AnnounceRequest request, AnnounceHandler handler) {
    boolean isStopped() {
      return request.event() == AnnounceEvent.STOPPED;
    }
  }

  private void begin(Announce announce) {
    AnnounceRequest request = announce.request();
    Optional<String> trackerId = Optional.ofNullable(trackerIds.get(request.infoHash()));
    get(
        url.announce(request, trackerId),
        announce.isStopped() ? STOPPED_LIMIT : LIMIT,
        TrackerReply::of,
        reply -> onReply(announce, reply),
        cause -> onFailure(announce, cause));
  }

  private void onReply(Announce announce, TrackerReply reply) {
    InfoHash infoHash = announce.request().infoHash();
    reply.trackerId().ifPresent(id -> trackerIds.put(infoHash, id));
    beginNext(announce);
    announce.handler().onResponse(reply.announce());
  }

  private void onFailure(Announce announce, TrackerException cause) {
    beginNext(announce);
    announce.handler().onFailure(cause);
  }

  private void beginNext(Announce ended) {
    InfoHash infoHash = ended.request().infoHash();
    if (ended.isStopped()) {
      trackerIds.remove(infoHash);
    }
    order.ended(infoHash);
  }

  /** Turns an answer into what it means. */
  private interface Parser<T> {
    T parse(HttpReply reply) throws TrackerException;
  }

  private <T> void get(
      Url target,
      Duration limit,
      Parser<T> parser,
      Consumer<T> onReply,
      Consumer<TrackerException> onFailure) {
    HttpGet get = gets.create(new HttpFetch.Question(target, sender.get(), MAX_ANSWER), limit);
    underWay.add(get);
    get.start(
        new HttpGet.Handler() {
          @Override
          public void onReply(HttpReply reply) {
            underWay.remove(get);
            T parsed;
            try {
              parsed = parser.parse(reply);
            } catch (TrackerException e) {
              onFailure.accept(e);
              return;
            }
            onReply.accept(parsed);
          }

          @Override
          public void onFailure(IOException cause) {
            underWay.remove(get);
            onFailure.accept(failure(cause));
          }
        });
  }

  private static TrackerException failure(IOException cause) {
    String message = cause.getMessage();
    return new TrackerException(
        message == null ? cause.getClass().getSimpleName() : ForeignText.clean(message), cause);
  }
}
