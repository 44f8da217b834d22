package org.webtorrent4j.tracker.net;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.webtorrent4j.metainfo.InfoHash;

/**
 * Keeps the announces of a torrent to one tracker in their order: the next begins when the one
 * before it has ended, so that {@code stopped} never overtakes {@code started}. Confined to the
 * event loop.
 */
public final class AnnounceOrder {
  /** What is to begin, by torrent; the first of each has. */
  private final Map<InfoHash, Deque<Runnable>> queues = new HashMap<>();

  /** Begins an announce now, inside this call, or after those of its torrent that came before. */
  public void add(InfoHash infoHash, Runnable begin) {
    Deque<Runnable> queue = queues.computeIfAbsent(infoHash, hash -> new ArrayDeque<>());
    queue.add(begin);
    if (queue.size() == 1) {
      begin.run();
    }
  }

  /** The announce of a torrent that was under way has ended; begins the next, if there is one. */
  public void ended(InfoHash infoHash) {
    Deque<Runnable> queue = queues.get(infoHash);
    if (queue == null) {
      return;
    }
    queue.remove();
    if (queue.isEmpty()) {
      queues.remove(infoHash);
    } else {
      queue.element().run();
    }
  }

  /** Forgets all of them. */
  public void clear() {
    queues.clear();
  }
}
