package org.webtorrent4j.webrtc.signal;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
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
import org.webtorrent4j.net.Network;
import org.webtorrent4j.webrtc.rtc.RtcEngine;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/**
 * The peers of a client that its trackers are introducing: offers that wait for an answer, answers
 * that are being made, channels that are about to open. Who answers us comes before who makes us
 * offers, and those share what there is. Confined to the event loop.
 */
final class Introductions implements OfferPlaces {
  private static final Logger LOG = LoggerFactory.getLogger(Introductions.class);

  /** Some trackers close the socket of those who answer somebody that has gone. */
  private static final long ANSWER_NANOS = Duration.ofSeconds(45).toNanos();

  /** Answers in the making. */
  private static final int MAX_ANSWERING = 30;

  /** Strangers' offers that wait, are being answered, or whose channels are about to open. */
  private static final int MAX_STRANGERS = 130;

  /** Each costs a peer connection. */
  private static final int ANSWERS_PER_SECOND = 40;

  private static final int ANSWERS_BURST = 150;
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

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

  private final EventLoop loop;
  private final RtcEngine engine;
  private final Destination destination;
  private final SignalLimits limits;
  private final SentOffers sent;
  private final Set<Channel> answered = new HashSet<>(); // our offers, whose channels are to open
  private final Crowd<Stranger> strangers = new Crowd<>();
  private final Map<Remote, Channel> remotes = new LinkedHashMap<>(); // up to the end of each
  private final TokenBucket pace;
  private Runnable whenRoom = () -> {};
  private EventLoop.@Nullable Timer pause;
  private int answering;
  private boolean isClosed;

  Introductions(EventLoop loop, RtcEngine engine, Destination destination, SignalLimits limits) {
    this.loop = loop;
    this.engine = engine;
    this.destination = destination;
    this.limits = limits;
    this.sent = new SentOffers(loop, () -> whenRoom.run());
    this.pace = new TokenBucket(ANSWERS_PER_SECOND, ANSWERS_BURST, loop.nanoTime());
  }

  /** Runs whenever an offer that waited for an answer does not wait any more. */
  void whenRoom(Runnable task) {
    whenRoom = task;
  }

  @Override
  public int left() {
    int ours = sent.size() + answered.size();
    int connections = limits.maxConnections() - (remotes.size() - strangers.size()) - sent.size();
    return Math.max(0, Math.min(limits.maxOffers() - ours, connections));
  }

  @Override
  public int free(int count, Need need) {
    return sent.free(count, need);
  }

  // ---- our offers

  /** Waits for the answer to an offer that was sent. */
  void onSent(PendingPeer pending, String offerId, Object tracker, InfoHash infoHash, Need need) {
    sent.add(pending, offerId, tracker, infoHash, need);
  }

  /** An answer came: the first is taken, if it comes from where the offer went. */
  void onAnswer(Object tracker, InfoHash infoHash, PeerId from, String offerId, String sdp) {
    PendingPeer offer = sent.take(offerId, tracker, infoHash);
    if (offer == null) {
      LOG.debug("ignoring an answer to no offer of ours");
      return;
    }
    Remote remote = new Remote(infoHash, from, false);
    RemoteSdp answer = read(sdp);
    if (answer != null && isWelcome(remote) && hasPlaceForAnswer()) {
      Channel channel = new Channel(remote);
      channel.pending = offer;
      offer.owner(channel);
      remotes.put(remote, channel);
      answered.add(channel);
      offer.peer().accept(answer.text());
    } else {
      offer.discard();
    }
    whenRoom.run();
  }

  private boolean hasPlaceForAnswer() {
    Stranger yielding = strangers.oldest();
    if (remotes.size() >= limits.maxConnections() && yielding != null) {
      yielding.discard();
    }
    return remotes.size() < limits.maxConnections();
  }

  /** Forgets the offers that went to a tracker, for one torrent or for all. */
  void forget(Object tracker, @Nullable InfoHash infoHash) {
    sent.forget(tracker, infoHash);
  }

  // ---- offers of others

  /**
   * Somebody made us an offer.
   *
   * @param reply takes our answer to it, if there will be one
   */
  void onOffer(Object tracker, InfoHash infoHash, PeerId from, String sdp, Reply reply) {
    Remote remote = new Remote(infoHash, from, true);
    RemoteSdp offer = isWelcome(remote) ? read(sdp) : null;
    if (offer == null) {
      LOG.debug("ignoring an offer for {}", infoHash);
      return;
    }
    List<Object> groups = List.of(tracker, infoHash, origin(offer));
    if (!hasPlaceForStranger(groups)) {
      LOG.debug("too many offers for {}", infoHash);
      return;
    }
    Stranger stranger = new Stranger(remote, groups, offer.text(), reply);
    remotes.put(remote, stranger);
    strangers.add(stranger);
    answerNext();
  }

  /** Where a stranger claims to be; those who say nothing of it count as one. */
  private static Object origin(RemoteSdp offer) {
    return offer.candidates().stream()
        .min(Comparator.comparing(candidate -> candidate.type().equals("host")))
        .<Object>map(candidate -> Network.of(candidate.address().getAddress()))
        .orElse("nowhere");
  }

  private boolean hasPlaceForStranger(List<Object> groups) {
    if (strangers.size() >= MAX_STRANGERS || remotes.size() >= limits.maxConnections()) {
      Stranger yielding = strangers.yielding(groups, loop.nanoTime());
      if (yielding == null) {
        return false;
      }
      yielding.discard();
    }
    return true;
  }

  /** Begins as many answers as can be made at the same time. */
  private void answerNext() {
    while (pause == null && answering < MAX_ANSWERING && !isClosed) {
      Stranger next = strangers.next(Stranger::isWaiting);
      if (next == null) {
        return;
      }
      if (pace.tryTake(loop.nanoTime())) {
        next.answer();
      } else {
        pause = loop.schedule(PAUSE_NANOS, this::goOn);
      }
    }
  }

  private void goOn() {
    pause = null;
    answerNext();
  }

  private boolean isWelcome(Remote remote) {
    Channel reverse = remotes.get(remote.reverse());
    return !isClosed
        && !remotes.containsKey(remote)
        && (reverse == null || !reverse.isOpen)
        && destination.accepts(remote.infoHash(), remote.peerId());
  }

  /** What a stranger says, without anything that an engine could stumble over; null if nothing. */
  private @Nullable RemoteSdp read(String sdp) {
    try {
      return RemoteSdp.parse(sdp, limits.allowLoopback());
    } catch (ProtocolException e) {
      LOG.debug("a description of no use: {}", e.getMessage());
      return null;
    }
  }

  /** Ends everything but the channels that were handed over. */
  void close() {
    isClosed = true;
    whenRoom = () -> {};
    if (pause != null) {
      pause.cancel();
    }
    sent.close();
    strangers.all().forEach(Channel::discard);
    List.copyOf(answered).forEach(Channel::discard);
  }

  /** What becomes of an offer that was answered. */
  private class Channel implements PendingPeer.Owner {
    final Remote remote;
    @Nullable PendingPeer pending;
    private boolean isOpen;

    Channel(Remote remote) {
      this.remote = remote;
    }

    @Override
    public void onDescription(PendingPeer ready) {}

    @Override
    public void onOpen(PendingPeer open) {
      leaveQueues();
      if (destination.accepts(remote.infoHash(), remote.peerId())) {
        isOpen = true;
        open.handOver(destination.onPeer(open.peer(), remote.infoHash(), remote.isIncoming()));
        whenRoom.run();
      } else {
        discard();
      }
    }

    @Override
    public void onClosed(PendingPeer closed, @Nullable IOException cause) {
      if (!isOpen) {
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
      leaveQueues();
      remotes.remove(remote, this);
      whenRoom.run();
    }

    /** It does not wait for its channel any more. */
    void leaveQueues() {
      answered.remove(this);
    }
  }

  /** Somebody who made us an offer: waits for our answer to be made, then for the channel. */
  private final class Stranger extends Channel implements Crowd.Member {
    private final List<Object> groups;
    private final String offer;
    private final Reply reply;
    private final long sinceNanos = loop.nanoTime();
    private boolean isAnswering;

    Stranger(Remote remote, List<Object> groups, String offer, Reply reply) {
      super(remote);
      this.groups = groups;
      this.offer = offer;
      this.reply = reply;
    }

    @Override
    public List<Object> groups() {
      return groups;
    }

    @Override
    public long sinceNanos() {
      return sinceNanos;
    }

    boolean isWaiting() {
      return pending == null;
    }

    void answer() {
      isAnswering = true;
      answering++;
      pending = new PendingPeer(this, handler -> engine.answer(offer, handler));
    }

    @Override
    public void onDescription(PendingPeer ready) {
      if (!isAnswering) {
        return; // it is on its way already
      }
      hasAnswered();
      boolean isInTime = loop.nanoTime() - sinceNanos < ANSWER_NANOS;
      if (!isInTime || !reply.send(ready.sdp())) {
        discard();
      }
      answerNext();
    }

    private void hasAnswered() {
      if (isAnswering) {
        isAnswering = false;
        answering--;
      }
    }

    @Override
    void leaveQueues() {
      strangers.remove(this);
      if (isAnswering) {
        hasAnswered();
        // Later: whoever makes room now wants it first.
        loop.execute(Introductions.this::answerNext);
      }
    }
  }
}
