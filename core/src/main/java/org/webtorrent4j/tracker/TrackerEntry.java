package org.webtorrent4j.tracker;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.net.ForeignText;
import org.webtorrent4j.net.Url;

/** What a torrent remembers of one tracker: the events it owes it and the times it keeps. */
final class TrackerEntry {
  private static final long SECOND = 1_000_000_000L;
  private static final Duration MAX_INTERVAL = Duration.ofDays(1);
  private static final long MAX_BACK_OFF = 3600 * SECOND;

  /** The client of a WebSocket tracker connects at its own pace; asking it again costs nothing. */
  private static final long MAX_WEB_SOCKET_BACK_OFF = 60 * SECOND;

  /** By how much an announce may come before its time, so that torrents spread. */
  private static final double SPREAD = 0.05;

  /** As it may be shown. */
  final String url;

  final int tier;

  /** Null if the URL is of no use. */
  final TrackerPool.@Nullable Pooled tracker;

  /** The announce that waits or is under way. */
  TrackerPool.@Nullable Ticket ticket;

  /** When that was asked for. */
  long askedNanos;

  /** Whether {@code started} was delivered, once. */
  boolean knowsUs;

  boolean owesCompleted;
  boolean isDisabled;

  /** Whether the last announce was answered. */
  boolean isWorking;

  private int failures;
  private long due;
  private long earliest;
  private OptionalInt seeds = OptionalInt.empty();
  private OptionalInt leeches = OptionalInt.empty();
  private @Nullable String error;
  private Optional<String> warning = Optional.empty();

  private final String given;

  private TrackerEntry(
      String given, String url, int tier, TrackerPool.@Nullable Pooled tracker, long nanoTime) {
    this.given = given;
    this.url = url;
    this.tier = tier;
    this.tracker = tracker;
    this.due = nanoTime;
  }

  /** A tracker that may be asked from now on, or a disabled one if the URL is of no use. */
  static TrackerEntry open(TrackerPool pool, String text, int tier, long nanoTime) {
    String given = ForeignText.clean(text);
    String shown = given;
    try {
      Url url = Url.parse(text);
      shown = url.toString();
      return new TrackerEntry(given, shown, tier, pool.acquire(url), nanoTime);
    } catch (IllegalArgumentException e) {
      TrackerEntry entry = new TrackerEntry(given, shown, tier, null, nanoTime);
      entry.isDisabled = true;
      entry.error = e.getMessage();
      return entry;
    }
  }

  /** The same tracker, as if nothing had been said to it yet. */
  TrackerEntry anew(TrackerPool pool, long nanoTime) {
    return open(pool, url, tier, nanoTime);
  }

  /** Whether both are one tracker, however they are spelled. */
  boolean isSameAs(TrackerEntry other) {
    return tracker == null ? url.equals(other.url) : tracker == other.tracker;
  }

  /** WebSocket trackers know only the peers that talk to them: each is a swarm of its own. */
  boolean isWebSocket() {
    String lower = url.toLowerCase(Locale.ROOT);
    return lower.startsWith("ws:") || lower.startsWith("wss:");
  }

  /** Whether it knows us, or is about to. */
  boolean isUsed() {
    return knowsUs || ticket != null;
  }

  /** What the next announce has to say. */
  AnnounceEvent nextEvent() {
    if (!knowsUs) {
      return AnnounceEvent.STARTED;
    }
    return owesCompleted ? AnnounceEvent.COMPLETED : AnnounceEvent.NONE;
  }

  /** How long until the next announce; zero or less = now. */
  long waitNanos(long nanoTime) {
    return due - nanoTime;
  }

  void succeeded(
      AnnounceEvent event,
      AnnounceResponse response,
      AnnounceTimes times,
      long nanoTime,
      RandomGenerator random) {
    knowsUs = true;
    owesCompleted &= event != AnnounceEvent.COMPLETED;
    isWorking = true;
    failures = 0;
    error = null;
    seeds = response.seeds().isPresent() ? response.seeds() : seeds;
    leeches = response.leeches().isPresent() ? response.leeches() : leeches;
    warning = response.warning();

    Duration floor = isWebSocket() ? times.webSocketFloor() : times.floor();
    long min = clamp(response.minInterval(), floor);
    long interval = Math.max(min, clamp(response.interval(), floor));
    earliest = nanoTime + min;
    long spread = (long) (interval * SPREAD * random.nextDouble());
    due = owesCompleted ? nanoTime : nanoTime + Math.max(min, interval - spread);
  }

  void failed(TrackerException cause, long nanoTime, RandomGenerator random) {
    isWorking = false;
    error = cause.getMessage();
    Duration wish = cause.retryAfter().orElse(Duration.ZERO);
    if (wish.equals(TrackerException.NEVER)) {
      isDisabled = true;
    } else {
      due = nanoTime + Math.max(backOff(++failures, random), clamp(wish, Duration.ZERO));
    }
  }

  /** 5 + 5 n² 2.5 seconds, capped, and up to a tenth more so that torrents spread. */
  private long backOff(int failed, RandomGenerator random) {
    double seconds = 5 + 5.0 * failed * failed * 2.5;
    long max = isWebSocket() ? MAX_WEB_SOCKET_BACK_OFF : MAX_BACK_OFF;
    long nanos = (long) Math.min(seconds * SECOND, (double) max);
    return nanos + (long) (nanos * 0.1 * random.nextDouble());
  }

  /** More peers would be welcome: announces as soon as the tracker's minimum allows. */
  void hurry() {
    if (isWorking && earliest - due < 0) {
      due = earliest;
    }
  }

  /**
   * The last wanted byte arrived; what works is told at once. A tracker that has never heard of us
   * will only hear that nothing is left: trackers of one tier often share their counts.
   */
  void complete(long nanoTime) {
    owesCompleted = knowsUs || ticket != null;
    if (isWorking) {
      due = nanoTime;
    }
  }

  TrackerStatus status(long nanoTime) {
    boolean willAnnounce = !isDisabled && ticket == null && (isWorking || failures > 0);
    return new TrackerStatus(
        url,
        tier,
        state(),
        willAnnounce
            ? Optional.of(Duration.ofNanos(Math.max(0, due - nanoTime)))
            : Optional.empty(),
        seeds,
        leeches,
        Optional.ofNullable(error).map(this::withGiven),
        warning);
  }

  /** Whoever wrote the URL finds it by what he wrote, of which a long one is cut. */
  private String withGiven(String fault) {
    return url.startsWith(given) ? fault : fault + " (given as " + given + ")";
  }

  private TrackerStatus.State state() {
    if (isDisabled) {
      return TrackerStatus.State.DISABLED;
    } else if (ticket != null) {
      return TrackerStatus.State.ANNOUNCING;
    } else if (isWorking) {
      return TrackerStatus.State.WORKING;
    }
    return failures > 0 ? TrackerStatus.State.FAILED : TrackerStatus.State.IDLE;
  }

  private static long clamp(Duration wish, Duration floor) {
    Duration low = wish.compareTo(floor) < 0 ? floor : wish;
    return (low.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : low).toNanos();
  }
}
