package org.webtorrent4j.swarm;

import java.util.Arrays;
import org.webtorrent4j.loop.EventLoop;

/**
 * Tells the peers of a torrent which pieces it has got. Few peers hear of a piece at once; many of
 * them in rounds, so that they do not cost a write each for every piece: with 2,000 peers that was
 * all that a client did. Confined to the event loop.
 */
final class Haves {
  /** So many pieces do not wait: what is written to a peer in one go is a few KiB at most. */
  static final int MAX_PIECES = 256;

  /** A round takes its time by the number of peers, which bounds the writes: 10,000 a second. */
  private static final long NANOS_PER_PEER = 100_000;

  private final EventLoop loop;
  private final Audience audience;
  private int[] pieces = {}; // most torrents get none
  private int size;
  private long nextNanos; // no round before
  private boolean isDue;

  /** Those who are told. */
  interface Audience {
    int size();

    /** There are these pieces more. */
    void tell(int[] pieces);
  }

  Haves(EventLoop loop, Audience audience) {
    this.loop = loop;
    this.audience = audience;
    this.nextNanos = loop.nanoTime();
  }

  /** A piece is there. */
  void add(int piece) {
    if (size == pieces.length) {
      pieces = Arrays.copyOf(pieces, Math.max(8, 2 * size));
    }
    pieces[size++] = piece;
    if (size == MAX_PIECES) {
      tell();
    } else if (!isDue) {
      isDue = true;
      long wait = nextNanos - loop.nanoTime();
      if (wait <= 0) {
        loop.atTurnEnd(this::onDue);
      } else {
        loop.schedule(wait, this::onDue);
      }
    }
  }

  private void onDue() {
    isDue = false;
    if (size > 0) {
      tell();
    }
  }

  private void tell() {
    nextNanos = loop.nanoTime() + audience.size() * NANOS_PER_PEER;
    int[] told = Arrays.copyOf(pieces, size);
    size = 0;
    audience.tell(told);
  }
}
