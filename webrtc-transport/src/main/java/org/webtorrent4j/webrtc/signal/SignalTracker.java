package org.webtorrent4j.webrtc.signal;

import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.ScrapeHandler;
import org.webtorrent4j.tracker.ScrapeRequest;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerException;
import org.webtorrent4j.webrtc.signal.json.SignalMessage;
import org.webtorrent4j.webrtc.signal.json.SignalReader;
import org.webtorrent4j.webrtc.signal.json.SignalWriter;

/**
 * A WebSocket tracker. All torrents share its socket and one peer id. When the socket dies, what is
 * under way fails; the next socket begins with an announce of every torrent, whether the torrents
 * wish one or not, because they are unknown there. Confined to the event loop.
 */
final class SignalTracker implements Tracker, Link.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(SignalTracker.class);
  private static final long LIMIT_NANOS = Duration.ofSeconds(30).toNanos();

  private final Signalling client;
  private final EventLoop loop;
  private final URI uri;
  private final Link link;
  private final Scrapes scrapes;
  private final Map<InfoHash, Room> rooms = new LinkedHashMap<>();
  private final AnnounceQueue due;
  private final Introducer introducer;
  private @Nullable PeerId peerId;
  private @Nullable String complaint;
  private boolean isClosed;

  SignalTracker(Signalling client, URI uri) {
    this.client = client;
    this.loop = client.loop();
    this.uri = uri;
    this.link = client.link(uri, this);
    this.scrapes = new Scrapes(loop, link);
    this.due = new AnnounceQueue(client, this, link);
    this.introducer = new Introducer(client, this, link);
  }

  @Override
  public URI uri() {
    return uri;
  }

  // ---- what torrents wish

  @Override
  public void announce(AnnounceRequest request, AnnounceHandler handler) {
    assert loop.inLoop();
    if (isClosed) {
      return;
    }
    if (peerId == null) {
      peerId = request.peerId();
    }
    if (request.event() == AnnounceEvent.STOPPED) {
      leave(request);
      later(() -> handler.onResponse(Room.farewell()));
    } else if (client.unavailable() != null) {
      later(() -> handler.onFailure(unavailable()));
    } else {
      Room room = rooms.computeIfAbsent(request.infoHash().truncated(), h -> new Room(request));
      room.latest = request;
      announce(room, new Announce(room, request.event(), handler), handler);
    }
  }

  private void announce(Room room, Announce announce, AnnounceHandler handler) {
    TrackerException refusal = refusal();
    if (refusal != null) {
      later(() -> handler.onFailure(refusal));
      return;
    }
    AnnounceResponse kept = room.takeKept(announce.event, loop.nanoTime());
    Announce current = room.current;
    if (kept != null) {
      later(() -> handler.onResponse(kept));
    } else if (current == null) {
      begin(announce);
    } else if (!current.hasHandler() && announce.event != AnnounceEvent.COMPLETED) {
      current.adopt(handler);
      watch(current);
    } else {
      room.next.add(announce);
    }
  }

  /** Calls a handler, but not inside the call that it was given to. */
  private void later(Runnable call) {
    loop.execute(
        () -> {
          if (!isClosed) {
            call.run();
          }
        });
  }

  /** Why there is no use in asking now; null if there is. */
  private @Nullable TrackerException refusal() {
    if (client.unavailable() != null) {
      return unavailable();
    }
    return link.isWaiting() ? new TrackerException(link.reason()) : null;
  }

  private TrackerException unavailable() {
    return new TrackerException(String.valueOf(client.unavailable()), TrackerException.NEVER);
  }

  /** Says {@code stopped} where the torrent is known; few trackers answer that. */
  private void leave(AnnounceRequest request) {
    Room room = rooms.remove(request.infoHash().truncated());
    if (room == null) {
      return;
    }
    client.forgetOffers(this, room.infoHash);
    TrackerException cause = new TrackerException("the torrent has left");
    for (Announce announce : endAll(room)) {
      later(() -> announce.fail(cause));
    }
    if (link.isUp() && room.announcedOn == link.generation()) {
      link.send(
          SignalWriter.announce(
              request, AnnounceEvent.STOPPED, peerId(), List.of(), room.trackerId));
    }
  }

  @Override
  public void scrape(ScrapeRequest request, ScrapeHandler handler) {
    assert loop.inLoop();
    if (isClosed) {
      return;
    }
    TrackerException refusal = refusal();
    if (refusal == null && request.infoHashes().size() > Scrapes.MAX_HASHES) {
      refusal = new TrackerException("too many torrents for one scrape");
    }
    if (refusal == null) {
      scrapes.add(request, handler);
    } else {
      TrackerException cause = refusal;
      later(() -> handler.onFailure(cause));
    }
  }

  @Override
  public void close() {
    assert loop.inLoop();
    if (!isClosed) {
      isClosed = true;
      rooms.values().forEach(this::endAll);
      rooms.clear();
      scrapes.clear();
      due.close();
      link.close();
      client.onTrackerClosed(this);
    }
  }

  // ---- announces

  private void begin(Announce announce) {
    due.stopWaiting(announce.room);
    announce.room.current = announce;
    due.add(announce);
    if (announce.hasHandler()) {
      watch(announce);
    }
    link.start();
    due.run();
  }

  /** Ends what a torrent has under way; returns it in its order. */
  private List<Announce> endAll(Room room) {
    List<Announce> ended = new ArrayList<>();
    due.stopWaiting(room);
    if (room.current != null) {
      ended.add(room.current);
      end(room.current);
    }
    ended.addAll(room.next);
    room.next.clear();
    return ended;
  }

  private void end(Announce announce) {
    announce.state = Announce.State.ENDED;
    announce.timer(null);
    announce.room.current = null;
    due.remove(announce);
    due.stopWaiting(announce.room);
  }

  private void beginNext(Room room) {
    Announce next = room.next.poll();
    if (next != null && room.current == null && !isClosed) {
      begin(next);
    }
  }

  /** There must be an outcome in time, whatever we wait for. */
  void watch(Announce announce) {
    announce.timer(loop.schedule(LIMIT_NANOS, () -> onLate(announce)));
  }

  private void onLate(Announce announce) {
    String reason = "not ready within 30 s";
    if (announce.state == Announce.State.SENT) {
      reason = "no answer within 30 s" + (complaint == null ? "" : "; it said: " + complaint);
      end(announce);
      beginNext(announce.room);
      due.follow(announce.room);
    }
    announce.fail(new TrackerException(reason)); // what was not sent yet will be, unasked
  }

  /** Whether a torrent is still the same, after some time. */
  boolean has(Room room) {
    return rooms.get(room.infoHash) == room;
  }

  /** By which all torrents are known there; the first announce decides. */
  PeerId peerId() {
    if (peerId == null) {
      throw new IllegalStateException("nothing was announced yet");
    }
    return peerId;
  }

  // ---- the socket and the engine

  /** There is an engine now. */
  void onReady() {
    due.run();
  }

  @Override
  public void onUp() {
    for (Room room : rooms.values()) {
      if (room.current == null) {
        AnnounceEvent event = room.isStarted ? AnnounceEvent.NONE : AnnounceEvent.STARTED;
        room.current = new Announce(room, event, null);
        due.add(room.current);
      }
    }
    scrapes.sendAll();
    due.run();
  }

  @Override
  public void onDown(String reason) {
    client.forgetOffers(this, null);
    complaint = null;
    failAll(new TrackerException(reason));
  }

  /** There is no engine: nobody whom this tracker knows could be reached. */
  void onUnavailable() {
    link.close();
    failAll(unavailable());
    rooms.clear();
  }

  private void failAll(TrackerException cause) {
    List<Announce> ended = new ArrayList<>();
    for (Room room : rooms.values()) {
      room.forgetKept();
      ended.addAll(endAll(room));
    }
    ended.forEach(announce -> announce.fail(cause));
    scrapes.failAll(cause);
  }

  // ---- what the tracker says

  @Override
  public void onMessage(String text) {
    SignalMessage message;
    try {
      message = SignalReader.read(text);
    } catch (ProtocolException e) {
      LOG.debug("tracker {} sent {}", uri, e.getMessage());
      return;
    }
    Room room = message.infoHash() == null ? null : rooms.get(message.infoHash());
    if (message.isScrape()) {
      scrapes.onMessage(message);
    } else if (room == null) {
      onComplaint(message);
    } else {
      introducer.onMessage(room, message);
      if (message.isResponse() || message.failureReason() != null) {
        onResponse(room, message);
      }
    }
  }

  /** Says no more than that something was wrong. Shown if an announce stays without an answer. */
  private void onComplaint(SignalMessage message) {
    if (message.infoHash() == null && message.failureReason() != null) {
      complaint = message.failureReason();
      LOG.debug("tracker {} complains: {}", uri, complaint);
    }
  }

  /** Only an announce that waits for it is answered: some trackers answer answers, too. */
  private void onResponse(Room room, SignalMessage message) {
    Announce announce = room.current;
    if (announce == null || announce.state != Announce.State.SENT) {
      return;
    }
    end(announce);
    if (message.failureReason() != null) {
      announce.fail(new TrackerException(message.failureReason(), room.onRefused()));
    } else {
      AnnounceResponse response = room.onAnswer(message);
      link.onWorked();
      if (!announce.hasHandler() && !announce.isFollowUp) {
        room.keep(response, loop.nanoTime());
      }
      announce.succeed(response);
    }
    beginNext(room);
    if (message.failureReason() == null) {
      due.follow(room);
    }
  }
}
