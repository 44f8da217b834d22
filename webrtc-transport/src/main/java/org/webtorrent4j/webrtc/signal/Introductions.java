package org.webtorrent4j.webrtc.signal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.webrtc.rtc.RtcEngine;

/**
 * The peers of a client that its trackers are introducing: offers that wait for an answer, answers
 * that are being made, channels that are about to open. Confined to the event loop.
 */
final class Introductions {
  private static final Logger LOG = LoggerFactory.getLogger(Introductions.class);

  /** WebTorrent forgets its offers after this time, and so do we. */
  static final long OFFER_NANOS = Duration.ofSeconds(50).toNanos();

  /** Some trackers close the socket of those who answer somebody that has gone. */
  private static final long ANSWER_NANOS = Duration.ofSeconds(45).toNanos();

  /** Answers in the making; then offers are ignored. */
  private static final int MAX_ANSWERING = 30;

  /** Channels that were agreed on and are not open; then offers and answers are ignored. */
  private static final int MAX_OPENING = 100;

  /** Takes our answer to an offer on its way. */
  interface Reply {
    /** Sends it; false if there is nobody any more to send it to. */
    boolean send(String sdp);
  }

  /**
   * A peer in a swarm, and whether it made the offer. Of two that made each other offers at the
   * same time neither can know which of them the other drops, so both go on until one has opened.
   */
  private record Remote(InfoHash infoHash, PeerId peerId, boolean isIncoming) {
    Remote reverse() {
      return new Remote(infoHash, peerId, !isIncoming);
    }
  }

  private record SentOffer(
      PendingPeer pending, Object tracker, InfoHash infoHash, long sentNanos) {}

  private final EventLoop loop;
  private final RtcEngine engine;
  private final Destination destination;
  private final SignalLimits limits;
  private final Map<String, SentOffer> sent = new LinkedHashMap<>(); // by id, the oldest first
  private final Set<Channel> answering = new HashSet<>();
  private final Set<Channel> opening = new HashSet<>();
  private final Map<Remote, Channel> remotes = new LinkedHashMap<>(); // up to the end of each
  private Runnable whenRoom = () -> {};
  private EventLoop.@Nullable Timer expiry;

  Introductions(EventLoop loop, RtcEngine engine, Destination destination, SignalLimits limits) {
    this.loop = loop;
    this.engine = engine;
    this.destination = destination;
    this.limits = limits;
  }

  /** Runs whenever an offer that waited for an answer does not wait any more. */
  void whenRoom(Runnable task) {
    whenRoom = task;
  }

  /** How many offers there may be that do not wait for an answer yet. */
  int roomForOffers() {
    int connections = limits.maxConnections() - remotes.size() - sent.size();
    return Math.max(0, Math.min(limits.maxOffers() - sent.size(), connections));
  }

  /** How many offers wait for an answer. */
  int sent() {
    return sent.size();
  }

  // ---- our offers

  /** Waits for the answer to an offer that was sent. */
  void onSent(PendingPeer pending, String offerId, Object tracker, InfoHash infoHash) {
    pending.owner(new Unanswered(offerId));
    sent.put(offerId, new SentOffer(pending, tracker, infoHash, loop.nanoTime()));
    watchAge();
  }

  /** An answer came: the first is taken, if it comes from where the offer went. */
  void onAnswer(Object tracker, InfoHash infoHash, PeerId from, String offerId, String sdp) {
    SentOffer offer = sent.get(offerId);
    if (offer == null || offer.tracker() != tracker || !offer.infoHash().equals(infoHash)) {
      LOG.debug("ignoring an answer to no offer of ours");
      return;
    }
    Remote remote = new Remote(infoHash, from, false);
    sent.remove(offerId);
    if (isWelcome(remote)) {
      Channel channel = new Channel(remote);
      channel.pending = offer.pending();
      offer.pending().owner(channel);
      remotes.put(remote, channel);
      opening.add(channel);
      offer.pending().peer().accept(sdp);
    } else {
      offer.pending().discard();
    }
    whenRoom.run();
  }

  /** Forgets the offers that went to a tracker, for one torrent or for all. */
  void forget(Object tracker, @Nullable InfoHash infoHash) {
    for (Iterator<SentOffer> all = sent.values().iterator(); all.hasNext(); ) {
      SentOffer offer = all.next();
      boolean isOfTorrent = infoHash == null || offer.infoHash().equals(infoHash);
      if (offer.tracker() == tracker && isOfTorrent) {
        all.remove();
        offer.pending().discard();
      }
    }
    whenRoom.run();
  }

  private void watchAge() {
    if (expiry == null && !sent.isEmpty()) {
      long age = loop.nanoTime() - sent.values().iterator().next().sentNanos();
      expiry = loop.schedule(OFFER_NANOS - age, this::expire);
    }
  }

  private void expire() {
    expiry = null;
    for (Iterator<SentOffer> all = sent.values().iterator(); all.hasNext(); ) {
      SentOffer offer = all.next();
      if (loop.nanoTime() - offer.sentNanos() < OFFER_NANOS) {
        break;
      }
      all.remove();
      offer.pending().discard();
    }
    watchAge();
    whenRoom.run();
  }

  // ---- offers of others

  /**
   * Somebody made us an offer.
   *
   * @param reply takes our answer to it, if there will be one
   */
  void onOffer(InfoHash infoHash, PeerId from, String sdp, Reply reply) {
    Remote remote = new Remote(infoHash, from, true);
    if (answering.size() >= MAX_ANSWERING || !isWelcome(remote)) {
      LOG.debug("ignoring an offer for {}", infoHash);
      return;
    }
    Channel channel = new Channel(remote);
    channel.reply = reply;
    remotes.put(remote, channel);
    answering.add(channel);
    channel.pending = new PendingPeer(channel, handler -> engine.answer(sdp, handler));
  }

  private boolean isWelcome(Remote remote) {
    Channel reverse = remotes.get(remote.reverse());
    return remotes.size() < limits.maxConnections()
        && opening.size() < MAX_OPENING
        && !remotes.containsKey(remote)
        && (reverse == null || !reverse.isOpen)
        && destination.accepts(remote.infoHash(), remote.peerId());
  }

  /** Ends everything but the channels that were handed over. */
  void close() {
    if (expiry != null) {
      expiry.cancel();
    }
    whenRoom = () -> {};
    sent.values().forEach(offer -> offer.pending().discard());
    sent.clear();
    List<Channel> pending = new ArrayList<>(answering);
    pending.addAll(opening);
    pending.forEach(Channel::discard);
  }

  /** An offer that goes wrong while it waits. */
  private final class Unanswered implements PendingPeer.Owner {
    private final String offerId;

    Unanswered(String offerId) {
      this.offerId = offerId;
    }

    @Override
    public void onDescription(PendingPeer pending) {}

    @Override
    public void onOpen(PendingPeer pending) {
      sent.remove(offerId);
      pending.discard(); // nobody has answered that we know of
    }

    @Override
    public void onClosed(PendingPeer pending, @Nullable IOException cause) {
      sent.remove(offerId);
      whenRoom.run();
    }
  }

  /** What becomes of an offer that was answered, by them or by us. */
  private final class Channel implements PendingPeer.Owner {
    private final Remote remote;
    private final long begunNanos = loop.nanoTime();
    private Reply reply = sdp -> false;
    private @Nullable PendingPeer pending;
    private boolean isOpen;

    Channel(Remote remote) {
      this.remote = remote;
    }

    @Override
    public void onDescription(PendingPeer ready) {
      if (!answering.remove(this)) {
        return;
      }
      boolean isInTime =
          loop.nanoTime() - begunNanos < ANSWER_NANOS && opening.size() < MAX_OPENING;
      if (isInTime && reply.send(ready.sdp())) {
        opening.add(this);
      } else {
        discard();
      }
    }

    @Override
    public void onOpen(PendingPeer open) {
      opening.remove(this);
      if (destination.accepts(remote.infoHash(), remote.peerId())) {
        isOpen = true;
        open.handOver(destination.onPeer(open.peer(), remote.infoHash(), remote.isIncoming()));
      } else {
        discard();
      }
    }

    @Override
    public void onClosed(PendingPeer closed, @Nullable IOException cause) {
      if (answering.contains(this) || opening.contains(this)) {
        LOG.debug("no channel for {}", remote.infoHash(), cause);
      }
      forgetThis();
    }

    void discard() {
      forgetThis();
      if (pending != null) {
        pending.discard();
      }
    }

    private void forgetThis() {
      answering.remove(this);
      opening.remove(this);
      remotes.remove(remote, this);
      whenRoom.run();
    }
  }
}
