package org.webtorrent4j.tracker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;

/**
 * Announces a torrent to its trackers: when, to which and with which event. It has one life, from
 * {@link #start} to {@link #stop}; a torrent that goes on later makes another one. Confined to the
 * event loop.
 *
 * <p>Of each tier one working tracker is used, and the next one is asked if it is silent for long;
 * and every tier is announced to, not only the first that works as in BEP 12: trackers of different
 * tiers often know disjoint parts of a swarm. WebSocket trackers know only peers that talk to them,
 * so all of them are announced to. A private torrent uses one tracker at a time (BEP 27).
 */
public final class Announcer {
  private static final long STOP_NANOS = Duration.ofSeconds(5).toNanos();

  /**
   * Torrents in the wild name a hundred trackers; more is an attack on whoever they name. The user
   * may name more.
   */
  private static final int MAX_TRACKERS = 200;

  /** Who announces. */
  public record Identity(InfoHash infoHash, PeerId peerId, boolean isPrivate) {}

  /** The numbers of a torrent, asked for whenever an announce begins. */
  public interface Numbers {
    /** Bytes sent since the start. */
    long uploaded();

    /** Bytes received since the start. */
    long downloaded();

    /** Bytes still missing; 0 = complete, a positive guess while the length is unknown. */
    long left();

    /** Where TCP connections are accepted; 0 = nowhere. */
    int port();

    /** How many peers would be welcome. */
    int wantedPeers();
  }

  /** Told of what the trackers say. Called on the event loop; may call back. */
  public interface Listener {
    /** A tracker knows these peers; host names are not resolved. Never empty. */
    void onPeers(List<InetSocketAddress> peers, String url);

    /** A tracker's status has changed. */
    void onStatus(TrackerStatus status);

    /** A private torrent has changed its tracker: peers of the old one are to be left (BEP 27). */
    default void onTrackerSwitched(String url) {}
  }

  private enum Phase {
    NEW,
    RUNNING,
    STOPPING,
    STOPPED
  }

  private final EventLoop loop;
  private final RandomGenerator random;
  private final TrackerPool pool;
  private final AnnounceTimes times;
  private Identity identity;
  private final Numbers numbers;
  private final Listener listener;
  private final int key;
  private final List<TrackerEntry> entries = new ArrayList<>();
  private final List<AnnounceGroup> groups = new ArrayList<>();
  private final Farewells farewells;
  private final List<Runnable> whenStopped = new ArrayList<>();
  private Phase phase = Phase.NEW;
  private boolean isComplete;
  private EventLoop.@Nullable Timer timer;

  /**
   * An announcer that has not begun. URLs that are of no use do no harm: they show in {@link
   * #status()} with the reason. A URL that comes twice counts once.
   */
  public Announcer(
      EventLoop loop,
      RandomGenerator random,
      TrackerPool pool,
      AnnounceTimes times,
      Identity identity,
      List<List<String>> tiers,
      Numbers numbers,
      Listener listener) {
    this.loop = loop;
    this.random = random;
    this.pool = pool;
    this.times = times;
    this.identity = identity;
    this.numbers = numbers;
    this.listener = listener;
    this.key = random.nextInt();
    this.farewells =
        new Farewells(pool, () -> request(AnnounceEvent.STOPPED), this::onLastFarewell);
    for (int tier = 0; tier < tiers.size(); tier++) {
      List<String> shuffled = new ArrayList<>(tiers.get(tier));
      for (int i = shuffled.size(); i > 1; i--) {
        Collections.swap(shuffled, i - 1, random.nextInt(i));
      }
      AnnounceGroup group = new AnnounceGroup(identity.isPrivate());
      for (String url : shuffled) {
        join(url, tier, group);
      }
    }
  }

  /** Begins to announce. */
  public void start() {
    assert loop.inLoop();
    if (phase != Phase.NEW) {
      throw new IllegalStateException("an announcer starts once");
    }
    phase = Phase.RUNNING;
    isComplete = numbers.left() == 0;
    announceDue();
    for (TrackerEntry entry : List.copyOf(entries)) {
      tellIfDisabled(entry);
    }
  }

  /**
   * The metadata says that the torrent is private: from now on one tracker is used at a time (BEP
   * 27), the first that may be asked; we take leave of the others.
   */
  public void becomePrivate() {
    assert loop.inLoop();
    if (identity.isPrivate() || phase != Phase.RUNNING) {
      return;
    }
    identity = new Identity(identity.infoHash(), identity.peerId(), true);
    AnnounceGroup one = new AnnounceGroup(true);
    TrackerEntry used = null;
    for (TrackerEntry entry : List.copyOf(entries)) {
      if (used == null && entry.isUsed()) {
        used = entry;
      }
      one.add(entry == used ? entry : leaveForNow(entry));
    }
    groups.clear();
    groups.add(one);
    if (used != null && used.isWorking) {
      one.onWorking(used);
    }
    announceDue();
  }

  private TrackerEntry leaveForNow(TrackerEntry entry) {
    if (!entry.isUsed()) {
      return entry;
    }
    TrackerEntry reserve = entry.anew(pool, loop.nanoTime());
    entries.set(entries.indexOf(entry), reserve);
    farewells.say(entry);
    return reserve;
  }

  /**
   * The last wanted byte arrived. Counts once, and not if the torrent was complete at the start.
   */
  public void completed() {
    assert loop.inLoop();
    if (phase == Phase.RUNNING && !isComplete) {
      isComplete = true;
      entries.forEach(entry -> entry.complete(loop.nanoTime()));
      announceDue();
    }
  }

  /** Announces early, as far as the trackers' minimal intervals allow. May be called often. */
  public void wantMorePeers() {
    assert loop.inLoop();
    if (phase == Phase.RUNNING) {
      entries.forEach(TrackerEntry::hurry);
      announceDue();
    }
  }

  /** Adds a tracker in a tier of its own; does nothing if it is known or there are too many. */
  public void add(String url) {
    assert loop.inLoop();
    if (phase == Phase.NEW || phase == Phase.RUNNING) {
      int lastTier = entries.stream().mapToInt(entry -> entry.tier).max().orElse(-1);
      TrackerEntry joined = join(url, lastTier + 1, new AnnounceGroup(identity.isPrivate()));
      announceDue();
      if (joined != null && phase == Phase.RUNNING) {
        tellIfDisabled(joined);
      }
    }
  }

  /** Leaves a tracker; does nothing if it is not known. */
  public void remove(String url) {
    assert loop.inLoop();
    TrackerEntry entry = find(url);
    if (entry == null || phase == Phase.STOPPING || phase == Phase.STOPPED) {
      return;
    }
    entries.remove(entry);
    groups.removeIf(group -> group.remove(entry) && group.isEmpty());
    farewells.say(entry);
    announceDue();
  }

  /** All trackers in the order of their tiers. */
  public List<TrackerStatus> status() {
    assert loop.inLoop();
    return entries.stream().map(entry -> entry.status(loop.nanoTime())).toList();
  }

  /**
   * Says {@code stopped} to the trackers that know us and calls back, on the loop and not inside
   * this call, when they have answered, after 5 seconds at the latest.
   */
  public void stop(Runnable done) {
    assert loop.inLoop();
    whenStopped.add(done);
    if (phase == Phase.STOPPED) {
      loop.execute(this::runWhenStopped);
    } else if (phase != Phase.STOPPING) {
      phase = Phase.STOPPING;
      cancelTimer();
      entries.forEach(farewells::say);
      entries.clear();
      groups.clear();
      timer = loop.schedule(farewells.isEmpty() ? 0 : STOP_NANOS, this::finish);
    }
  }

  /** Adds a tracker to its tier's group; a WebSocket tracker and a private torrent have theirs. */
  private @Nullable TrackerEntry join(String url, int tier, AnnounceGroup tierGroup) {
    if (entries.size() >= MAX_TRACKERS && !pool.isNamed(url)) {
      return null;
    }
    TrackerEntry entry = TrackerEntry.open(pool, url, tier, loop.nanoTime());
    if (entries.stream().anyMatch(entry::isSameAs)) {
      if (entry.tracker != null) {
        pool.release(entry.tracker);
      }
      return null;
    }
    entries.add(entry);
    AnnounceGroup group = tierGroup;
    if (identity.isPrivate() && !groups.isEmpty()) {
      group = groups.get(0);
    } else if (!identity.isPrivate() && entry.isWebSocket()) {
      group = new AnnounceGroup(identity.isPrivate());
    }
    group.add(entry);
    if (!groups.contains(group)) {
      groups.add(group);
    }
    return entry;
  }

  private @Nullable TrackerEntry find(String url) {
    return entries.stream().filter(entry -> entry.url.equals(url)).findFirst().orElse(null);
  }

  /** What will never be asked is told of at once. */
  private void tellIfDisabled(TrackerEntry entry) {
    if (entry.isDisabled && entries.contains(entry)) {
      listener.onStatus(entry.status(loop.nanoTime()));
    }
  }

  /** Announces to every group whose time has come, and sets the timer for the next one. */
  private void announceDue() {
    if (phase != Phase.RUNNING) {
      return;
    }
    long nanoTime = loop.nanoTime();
    long wait = Long.MAX_VALUE;
    for (AnnounceGroup group : groups) {
      TrackerEntry entry = group.next(nanoTime);
      if (entry != null && entry.waitNanos(nanoTime) <= 0) {
        announce(entry);
      } else if (entry != null) {
        wait = Math.min(wait, entry.waitNanos(nanoTime));
      }
      long patience = group.patienceNanos(nanoTime);
      if (patience > 0) {
        wait = Math.min(wait, patience);
      }
    }
    cancelTimer();
    if (wait != Long.MAX_VALUE) {
      timer = loop.schedule(wait, this::announceDue);
    }
  }

  private void announce(TrackerEntry entry) {
    AnnounceEvent event = entry.nextEvent();
    if (entry.tracker != null) {
      AnnounceHandler handler = new Outcome(entry, event);
      entry.askedNanos = loop.nanoTime();
      entry.ticket = pool.announce(entry.tracker, () -> request(event), handler, false);
    }
  }

  private AnnounceRequest request(AnnounceEvent event) {
    return new AnnounceRequest(
        identity.infoHash(),
        identity.peerId(),
        numbers.port(),
        numbers.uploaded(),
        numbers.downloaded(),
        numbers.left(),
        event,
        event == AnnounceEvent.STOPPED ? 0 : Math.max(0, numbers.wantedPeers()),
        key);
  }

  private void onLastFarewell() {
    if (phase == Phase.STOPPING) {
      finish();
    }
  }

  private void finish() {
    phase = Phase.STOPPED;
    cancelTimer();
    farewells.giveUp();
    runWhenStopped();
  }

  private void runWhenStopped() {
    List<Runnable> waiting = List.copyOf(whenStopped);
    whenStopped.clear();
    waiting.forEach(Runnable::run);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private boolean onWorking(TrackerEntry entry) {
    boolean isSwitch = false;
    for (AnnounceGroup group : groups) {
      isSwitch |= group.contains(entry) && group.onWorking(entry);
    }
    return isSwitch;
  }

  /** How an announce to a tracker ended. */
  private final class Outcome implements AnnounceHandler {
    private final TrackerEntry entry;
    private final AnnounceEvent event;

    Outcome(TrackerEntry entry, AnnounceEvent event) {
      this.entry = entry;
      this.event = event;
    }

    @Override
    public void onResponse(AnnounceResponse response) {
      entry.ticket = null;
      entry.succeeded(event, response, times, loop.nanoTime(), random);
      boolean isSwitch = onWorking(entry);
      announceDue();
      listener.onStatus(entry.status(loop.nanoTime()));
      if (phase == Phase.RUNNING && identity.isPrivate() && isSwitch) {
        listener.onTrackerSwitched(entry.url);
      }
      if (phase == Phase.RUNNING && !response.peers().isEmpty()) {
        listener.onPeers(response.peers(), entry.url);
      }
    }

    @Override
    public void onFailure(TrackerException cause) {
      entry.ticket = null;
      entry.failed(cause, loop.nanoTime(), random);
      announceDue();
      listener.onStatus(entry.status(loop.nanoTime()));
    }
  }
}
