package org.webtorrent4j.tracker.udp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.ScrapeCounts;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.ScrapeRequest;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.tracker.net.AddressRules;
import org.webtorrent4j.tracker.net.AnnounceOrder;

/**
 * A tracker that is asked by UDP. Each request goes to one IPv4 and one IPv6 address of its host,
 * since a tracker tells peers of the family only by which it is asked. Confined to the event loop.
 */
final class UdpTracker implements Tracker {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration STOPPED_LIMIT = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final UdpTrackerUrl url;
  private final Transactions transactions;
  private final AddressSearch.Factory searches;
  private final AnnounceOrder order = new AnnounceOrder();
  private final Map<InetSocketAddress, Endpoint> endpoints = new HashMap<>();
  private final Set<Question<?>> underWay = new HashSet<>();

  /** Counts the questions that nobody answered: the next one goes to another of many addresses. */
  private int silences;

  private boolean closed;

  UdpTracker(
      EventLoop loop,
      UdpTrackerUrl url,
      Transactions transactions,
      AddressSearch.Factory searches) {
    this.loop = loop;
    this.url = url;
    this.transactions = transactions;
    this.searches = searches;
    transactions.acquire();
  }

  @Override
  public URI uri() {
    return url.url().uri();
  }

  @Override
  public void announce(AnnounceRequest request, AnnounceHandler handler) {
    assert loop.inLoop();
    if (!closed) {
      order.add(request.infoHash(), () -> begin(request, handler));
    }
  }

  @Override
  public void scrape(ScrapeRequest request, ScrapeHandler handler) {
    assert loop.inLoop();
    if (!closed) {
      scrape(request.infoHashes(), 0, new HashMap<>(), handler);
    }
  }

  @Override
  public void close() {
    assert loop.inLoop();
    if (!closed) {
      closed = true;
      underWay.forEach(Question::cancel);
      underWay.clear();
      order.clear();
      endpoints.clear();
      transactions.release();
    }
  }

  private void begin(AnnounceRequest request, AnnounceHandler handler) {
    boolean isStopped = request.event() == AnnounceEvent.STOPPED;
    ask(
        new UdpAnnounce(request, url),
        isStopped ? STOPPED_LIMIT : LIMIT,
        new Question.Handler<AnnounceResponse>() {
          @Override
          public void onAnswers(List<AnnounceResponse> answers) {
            order.ended(request.infoHash());
            handler.onResponse(UdpAnnounce.merge(answers));
          }

          @Override
          public void onFailure(TrackerException cause) {
            order.ended(request.infoHash());
            handler.onFailure(cause);
          }
        });
  }

  /** Scrapes as many torrents as fit into a packet, then the others. */
  private void scrape(
      List<InfoHash> infoHashes,
      int from,
      Map<InfoHash, ScrapeCounts> counts,
      ScrapeHandler handler) {
    int to = Math.min(infoHashes.size(), from + UdpScrape.MAX_HASHES);
    ask(
        new UdpScrape(infoHashes.subList(from, to)),
        LIMIT,
        new Question.Handler<Map<InfoHash, ScrapeCounts>>() {
          @Override
          public void onAnswers(List<Map<InfoHash, ScrapeCounts>> answers) {
            counts.putAll(answers.get(0));
            if (to < infoHashes.size()) {
              scrape(infoHashes, to, counts, handler);
            } else {
              handler.onResponse(counts);
            }
          }

          @Override
          public void onFailure(TrackerException cause) {
            handler.onFailure(cause);
          }
        });
  }

  private <T> void ask(UdpRequest<T> request, Duration limit, Question.Handler<T> handler) {
    AddressSearch search = searches.create(url.url().host());
    Question<T> question = new Question<>(loop, search, this::choose, request, limit);
    underWay.add(question);
    question.start(
        new Question.Handler<T>() {
          @Override
          public void onAnswers(List<T> answers) {
            underWay.remove(question);
            handler.onAnswers(answers);
          }

          @Override
          public void onFailure(TrackerException cause) {
            underWay.remove(question);
            silences++;
            handler.onFailure(cause);
          }
        });
  }

  /** One address of each family, as far as they may be asked. */
  private List<Endpoint> choose(InetAddress[] addresses) throws IOException {
    List<InetAddress> ipv4 = new ArrayList<>();
    List<InetAddress> ipv6 = new ArrayList<>();
    IOException refusal = new IOException("the host has no address");
    for (InetAddress address : addresses) {
      try {
        AddressRules.check(url.url(), address, AddressRules.Sender.TORRENT);
        (address instanceof Inet6Address ? ipv6 : ipv4).add(address);
      } catch (IOException e) {
        refusal = e;
      }
    }
    if (ipv4.isEmpty() && ipv6.isEmpty()) {
      throw refusal;
    }
    endpoints.values().removeIf(Endpoint::isIdle);
    List<Endpoint> chosen = new ArrayList<>();
    for (List<InetAddress> family : List.of(ipv4, ipv6)) {
      if (!family.isEmpty()) {
        chosen.add(endpoint(family.get(Math.floorMod(silences, family.size()))));
      }
    }
    return chosen;
  }

  private Endpoint endpoint(InetAddress address) {
    return endpoints.computeIfAbsent(
        new InetSocketAddress(address, url.url().port()),
        target -> new Endpoint(loop, transactions, target));
  }
}
