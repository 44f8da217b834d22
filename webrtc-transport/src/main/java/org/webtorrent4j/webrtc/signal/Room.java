package org.webtorrent4j.webrtc.signal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceRequest;
import org.webtorrent4j.tracker.AnnounceResponse;
import org.webtorrent4j.webrtc.signal.json.SignalMessage;

/**
 * A torrent at a tracker: what the tracker is to know of it, and what it told. Lives from the first
 * announce to {@code stopped}, over any number of sockets. Confined to the event loop.
 */
final class Room {
  private static final long DEFAULT_INTERVAL = 120;

  /** What a tracker is spared that names no minimum. */
  private static final long MIN_INTERVAL = 60;

  private static final int SEED_OFFERS = 2;
  private static final int LEECH_OFFERS = 5;
  private static final long FIRST_REFUSAL_SECONDS = 30;
  private static final int MAX_REFUSAL_SHIFT = 7; // about an hour

  final InfoHash infoHash;

  /** The last that was announced, or was to be: its numbers are told again on the next socket. */
  AnnounceRequest latest;

  /** The announce that is being made. */
  @Nullable Announce current;

  /** Those that wait for it to end. */
  final Deque<Announce> next = new ArrayDeque<>();

  /** On which socket it was announced last. */
  int announcedOn;

  /** Whether the tracker has ever answered. */
  boolean isStarted;

  @Nullable String trackerId;

  /** Who waits for the offers of the next announce. */
  @Nullable OfferWaiter waiter;

  /** Whether the last announce that was to carry offers had none. */
  boolean isHungry;

  /** Since when, if so. */
  long emptySinceNanos;

  private OptionalInt seeds = OptionalInt.empty();
  private OptionalInt leeches = OptionalInt.empty();
  private int refusals;
  private @Nullable AnnounceResponse unasked;
  private long unaskedNanos;

  Room(AnnounceRequest first) {
    this.infoHash = first.infoHash().truncated();
    this.latest = first;
  }

  /** How many offers an announce is to carry: fewer where few could answer. */
  int offersWanted(AnnounceEvent event) {
    if (event == AnnounceEvent.COMPLETED || event == AnnounceEvent.STOPPED) {
      return 0;
    }
    boolean isSeed = latest.left() == 0;
    int most = Math.min(isSeed ? SEED_OFFERS : LEECH_OFFERS, latest.wantedPeers());
    if (leeches.isEmpty()) {
      return most;
    }
    // Those who come later make us offers. One goes out for who came since the tracker counted.
    return Math.min(most, Math.max(1, others()));
  }

  /** What its offers are for, as far as the tracker has told. */
  Need need() {
    if (leeches.isPresent() && others() <= 0) {
      return Need.ALONE;
    }
    return latest.left() == 0 ? Need.SEED : Need.LEECH;
  }

  /** How many peers of use to us the tracker knows. */
  private int others() {
    long others = leeches.orElse(0);
    if (latest.left() != 0) {
      others += seeds.orElse(0) - 1L; // we are one of them
    }
    return (int) Math.min(others, LEECH_OFFERS);
  }

  /** The tracker has answered. */
  AnnounceResponse onAnswer(SignalMessage message) {
    refusals = 0;
    isStarted = true;
    trackerId = message.trackerId() != null ? message.trackerId() : trackerId;
    seeds = message.complete();
    leeches = message.incomplete();
    long interval = message.interval().orElse(DEFAULT_INTERVAL);
    boolean isAlone = leeches.isPresent() && others() <= 0;
    long least = isAlone ? interval : Math.min(interval, MIN_INTERVAL);
    return new AnnounceResponse(
        Duration.ofSeconds(interval),
        Duration.ofSeconds(message.minInterval().orElse(least)),
        seeds,
        leeches,
        List.of(),
        Optional.ofNullable(message.warning()));
  }

  /** The answer to {@code stopped}, for which no tracker is waited for. */
  static AnnounceResponse farewell() {
    return new AnnounceResponse(
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        OptionalInt.empty(),
        OptionalInt.empty(),
        List.of(),
        Optional.empty());
  }

  /** The tracker has refused; returns how long it is to be left alone. */
  Duration onRefused() {
    return Duration.ofSeconds(FIRST_REFUSAL_SECONDS << Math.min(refusals++, MAX_REFUSAL_SHIFT));
  }

  /** Keeps an answer that nobody waited for, because it was not the torrent that announced. */
  void keep(AnnounceResponse response, long nanoTime) {
    unasked = response;
    unaskedNanos = nanoTime;
  }

  void forgetKept() {
    unasked = null;
  }

  /**
   * The answer that was kept, if it will do for an announce of the torrent itself: then nothing new
   * would be told. It is given once.
   */
  @Nullable AnnounceResponse takeKept(AnnounceEvent event, long nanoTime) {
    AnnounceResponse kept = unasked;
    unasked = null;
    if (kept == null || event == AnnounceEvent.COMPLETED) {
      return null;
    }
    Duration age = Duration.ofNanos(nanoTime - unaskedNanos);
    Duration interval = kept.interval().minus(age);
    Duration minInterval = kept.minInterval().minus(age);
    if (interval.isNegative()) {
      return null;
    }
    return new AnnounceResponse(
        interval,
        minInterval.isNegative() ? Duration.ZERO : minInterval,
        kept.seeds(),
        kept.leeches(),
        kept.peers(),
        kept.warning());
  }
}
