package org.webtorrent4j.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentException;

/** Shows how torrents do until none is left: one that fails does not take the others along. */
final class SeedWatch {
  private static final Duration TICK = Duration.ofMillis(250);

  private final TorrentReport report;
  private final List<Torrent> torrents = new ArrayList<>();

  SeedWatch(TorrentReport report) {
    this.report = report;
  }

  /** Something that makes a torrent of what a user named. */
  interface Seeding {
    Torrent seed() throws Exception;
  }

  /**
   * Begins with one more torrent; if it cannot be made, that is told and the others go on.
   *
   * @return whether it is a new one, and not the same as another
   */
  boolean add(Seeding seeding) throws Exception {
    try {
      Torrent torrent = seeding.seed();
      return !torrents.contains(torrent) && torrents.add(torrent);
    } catch (TorrentException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      report.warn(Main.reason(e));
      return false;
    }
  }

  /** The one that was added last. */
  Torrent newest() {
    return torrents.get(torrents.size() - 1);
  }

  /** Whether there is nothing to show. */
  boolean isOver() {
    return torrents.isEmpty();
  }

  /** Those that were added, but for those that failed. */
  List<Torrent> torrents() {
    return List.copyOf(torrents);
  }

  /** Ends when the last one has failed. */
  void await() throws InterruptedException {
    while (!torrents.isEmpty()) {
      torrents.removeIf(this::hasFailed);
      if (!torrents.isEmpty()) {
        report.show(torrents);
        Thread.sleep(TICK.toMillis());
      }
    }
  }

  private boolean hasFailed(Torrent torrent) {
    torrent.failure().ifPresent(failure -> report.failed(torrent, failure));
    return torrent.failure().isPresent();
  }
}
