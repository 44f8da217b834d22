package org.webtorrent4j.tracker.server.websocket;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.server.swarm.KnownPeer;
import org.webtorrent4j.tracker.server.swarm.Link;
import org.webtorrent4j.tracker.server.swarm.PeerAnnounce;
import org.webtorrent4j.tracker.server.swarm.Refusal;
import org.webtorrent4j.tracker.server.swarm.RequestCounter;
import org.webtorrent4j.tracker.server.swarm.SwarmCounts;
import org.webtorrent4j.tracker.server.swarm.SwarmTable;

/**
 * Does what messages ask for: answers announces and scrapes, gives the offers of a peer to random
 * others of its swarm, one each, and takes their answers back to it. Knows no socket. Thread-safe.
 */
final class Signalling {
  private static final Logger LOG = LoggerFactory.getLogger(Signalling.class);

  private final SocketLimits limits;
  private final SwarmTable swarms;
  private final LongSupplier nanoClock;
  private final OfferTable offers = new OfferTable();
  private final RequestCounter requests = new RequestCounter();
  private final LongAdder relayedOffers = new LongAdder();
  private final LongAdder relayedAnswers = new LongAdder();

  Signalling(SocketLimits limits, SwarmTable swarms, LongSupplier nanoClock) {
    this.limits = limits;
    this.swarms = swarms;
    this.nanoClock = nanoClock;
  }

  RequestCounter requests() {
    return requests;
  }

  long relayedOffers() {
    return relayedOffers.sum();
  }

  long relayedAnswers() {
    return relayedAnswers.sum();
  }

  int openOffers() {
    return offers.size();
  }

  /** Forgets offers that are too old. */
  void expire() {
    offers.expire(nanoClock.getAsLong());
  }

  /**
   * Serves a message or says why not.
   *
   * @param link where it came from
   * @param endpoint where that link ends
   */
  void receive(String text, Link link, InetSocketAddress endpoint) {
    Message message = Message.read(text, limits.offers());
    try {
      if (message.action().equals("scrape")) {
        scrape(message, link);
      } else if (message.isAnswer()) {
        answer(message, link);
      } else {
        announce(message, link, endpoint);
      }
    } catch (Refusal e) {
      requests.refused();
      LOG.debug("{}: refused: {}", endpoint, e.fault());
      link.send(Replies.failure(message, e.fault()));
    }
  }

  private void announce(Message message, Link link, InetSocketAddress endpoint) throws Refusal {
    InfoHash infoHash = message.infoHash();
    PeerId peerId = message.peerId();
    AnnounceEvent event = message.event();
    List<Message.Offer> made = message.offers();
    SwarmTable.Answer answer =
        swarms.announce(
            new PeerAnnounce(
                infoHash,
                peerId,
                endpoint,
                link,
                message.isSeed(),
                event,
                made.size(),
                PeerAnnounce.Family.ANY));
    requests.announced();
    link.send(Replies.counts(infoHash, answer.counts(), limits.interval()));
    for (int i = 0; i < answer.peers().size(); i++) {
      relay(made.get(i), infoHash, peerId, link, endpoint, answer.peers().get(i));
    }
  }

  private void relay(
      Message.Offer offer,
      InfoHash infoHash,
      PeerId offerer,
      Link from,
      InetSocketAddress endpoint,
      KnownPeer peer) {
    Link to = peer.link();
    OfferTable.Key key = new OfferTable.Key(infoHash, offerer, offer.id());
    if (to != null
        && offers.add(key, from, endpoint.getAddress(), to, peer.peerId(), nanoClock.getAsLong())) {
      relayedOffers.increment();
      to.send(Replies.offer(infoHash, offerer, offer));
    }
  }

  /** One that comes late or to the wrong peer is dropped in silence: it is nobody's fault. */
  private void answer(Message message, Link link) throws Refusal {
    InfoHash infoHash = message.infoHash();
    PeerId peerId = message.peerId();
    String offerId = message.offerId();
    String sdp = message.answer();
    OfferTable.Key key = new OfferTable.Key(infoHash, message.toPeerId(), offerId);
    Optional<Link> offerer = offers.take(key, link, peerId, nanoClock.getAsLong());
    if (offerer.isPresent()) {
      relayedAnswers.increment();
      offerer.get().send(Replies.answer(infoHash, peerId, offerId, sdp));
    } else {
      requests.refused();
      LOG.debug("{}: an answer to no offer", infoHash);
    }
  }

  private void scrape(Message message, Link link) throws Refusal {
    Map<InfoHash, SwarmCounts> files = new LinkedHashMap<>();
    for (InfoHash infoHash : message.infoHashes()) {
      files.put(infoHash, swarms.scrape(infoHash).orElse(SwarmCounts.NONE));
    }
    requests.scraped();
    link.send(Replies.scrape(files, limits.interval()));
  }
}
