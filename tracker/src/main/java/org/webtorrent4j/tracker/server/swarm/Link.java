package org.webtorrent4j.tracker.server.swarm;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection through which the tracker reaches peers: it carries offers and answers to them, and
 * they leave with it. Its list of peers is guarded by the lock of the {@link SwarmTable}.
 */
public final class Link {
  private final Consumer<String> sender;

  /** The one silent longest comes first; the entries themselves are the list, to spare memory. */
  private @Nullable PeerEntry first;

  private @Nullable PeerEntry last;
  private int size;
  private boolean isClosed;

  /**
   * A link without peers.
   *
   * @param sender sends text, at once and from any thread; never called under a lock
   */
  public Link(Consumer<String> sender) {
    this.sender = sender;
  }

  /** Sends text to the other end, if it is still there. */
  public void send(String text) {
    sender.accept(text);
  }

  int size() {
    return size;
  }

  boolean isClosed() {
    return isClosed;
  }

  /** No peer comes by it any more. */
  void close() {
    isClosed = true;
  }

  @Nullable PeerEntry oldest() {
    return first;
  }

  void add(PeerEntry peer) {
    peer.before = last;
    if (last == null) {
      first = peer;
    } else {
      last.after = peer;
    }
    last = peer;
    size++;
  }

  void remove(PeerEntry peer) {
    if (peer.before == null) {
      first = peer.after;
    } else {
      peer.before.after = peer.after;
    }
    if (peer.after == null) {
      last = peer.before;
    } else {
      peer.after.before = peer.before;
    }
    peer.before = null;
    peer.after = null;
    size--;
  }
}
