package org.webtorrent4j.webrtc.signal;

import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceHandler;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.tracker.TrackerException;

/** One announce of a torrent, until the tracker has answered. Confined to the event loop. */
final class Announce {
  enum State {
    /** Waits for its turn. */
    DUE,
    /** Waits for its offers. */
    GATHERING,
    /** Waits for the answer. */
    SENT,
    ENDED
  }

  final Room room;
  final AnnounceEvent event;
  State state = State.DUE;

  /** Null if we announce because there is a new socket, not because the torrent wished it. */
  private @Nullable AnnounceHandler handler;

  private EventLoop.@Nullable Timer timer;

  /** Whether it only brings the offers that were missing before. */
  final boolean isFollowUp;

  Announce(Room room, AnnounceEvent event, @Nullable AnnounceHandler handler) {
    this(room, event, handler, false);
  }

  private Announce(
      Room room, AnnounceEvent event, @Nullable AnnounceHandler handler, boolean isFollowUp) {
    this.room = room;
    this.event = event;
    this.handler = handler;
    this.isFollowUp = isFollowUp;
  }

  /** One that nobody waits for, to bring the offers that the last one was without. */
  static Announce followUp(Room room) {
    AnnounceEvent event = room.isStarted ? AnnounceEvent.NONE : AnnounceEvent.STARTED;
    return new Announce(room, event, null, true);
  }

  boolean hasHandler() {
    return handler != null;
  }

  /** The torrent wishes what is being done already. */
  void adopt(AnnounceHandler newHandler) {
    handler = newHandler;
  }

  /** Replaces the timer; null = there is to be none. */
  void timer(EventLoop.@Nullable Timer newTimer) {
    if (timer != null) {
      timer.cancel();
    }
    timer = newTimer;
  }

  /** Tells that it went well; once. */
  void succeed(AnnounceResponse response) {
    AnnounceHandler told = handler;
    handler = null;
    if (told != null) {
      told.onResponse(response);
    }
  }

  /** Tells that it failed; once. */
  void fail(TrackerException cause) {
    AnnounceHandler told = handler;
    handler = null;
    if (told != null) {
      told.onFailure(cause);
    }
  }
}
