package org.webtorrent4j.swarm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.piece.PieceLayout;

/**
 * What all torrents of a client may move in one direction, shared fairly. As long as there is
 * enough, everybody takes what he wants. When there is not, those who want more stand in line: the
 * torrents take turns, and within a torrent its peers, each turn being worth a block or a few; who
 * took a little too much pays for it with his next turn (deficit round robin). Confined to the
 * event loop.
 */
final class Share {
  private static final long SERVE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final int MOST_BLOCKS_A_TURN = 4;

  /** A turn is worth what passes in so many milliseconds, so that low limits go round soon. */
  private static final int TURN_MILLIS = 10;

  private final EventLoop loop;
  private final RateLimiter limiter;
  private final BooleanSupplier hasRoom;
  private final ArrayDeque<OfTorrent> line = new ArrayDeque<>();

  /** Those in line that cannot move on for a reason of their own: they hold up nobody. */
  private final List<OfTorrent> resting = new ArrayList<>();

  private boolean isServeDue;

  /** Who stands in line. */
  interface Taker {
    /** It is his turn: takes as long as {@link OfPeer#allowance} lets him. */
    void onTurn();
  }

  /**
   * A share without torrents.
   *
   * @param bytesPerSecond the limit of all together; 0 = none
   * @param hasRoom whether there is what else is needed: memory
   */
  Share(EventLoop loop, long bytesPerSecond, BooleanSupplier hasRoom) {
    this.loop = loop;
    this.limiter = new RateLimiter(bytesPerSecond, loop.nanoTime());
    this.hasRoom = hasRoom;
  }

  RateLimiter limiter() {
    return limiter;
  }

  /** The share of one torrent more. */
  OfTorrent torrent() {
    return new OfTorrent();
  }

  /** Whether somebody stands in line. */
  boolean isAwaited() {
    return !line.isEmpty() || !resting.isEmpty();
  }

  /** There may be room again: whoever stands in line is served. */
  void serve() {
    line.addAll(resting);
    resting.clear();
    long nanoTime = loop.nanoTime();
    while (!line.isEmpty() && isOpen(nanoTime)) {
      OfTorrent torrent = line.remove();
      boolean isMoving = torrent.limiter.isOpen(nanoTime) && torrent.serve();
      if (torrent.line.isEmpty()) {
        torrent.isInLine = false;
      } else {
        (isMoving ? line : resting).add(torrent);
      }
    }
    serveLater();
  }

  private void serveLater() {
    if (!isServeDue && isAwaited()) {
      isServeDue = true;
      loop.schedule(
          SERVE_NANOS,
          () -> {
            isServeDue = false;
            serve();
          });
    }
  }

  private boolean isOpen(long nanoTime) {
    return limiter.isOpen(nanoTime) && hasRoom.getAsBoolean();
  }

  /** The share of one torrent, which may have a limit of its own. */
  final class OfTorrent {
    private final RateLimiter limiter = new RateLimiter(0, loop.nanoTime());
    private final ArrayDeque<OfPeer> line = new ArrayDeque<>();
    private long credit;
    private boolean isInLine;

    RateLimiter limiter() {
      return limiter;
    }

    /** The share of one peer more. */
    OfPeer peer(Taker taker) {
      return new OfPeer(this, taker);
    }

    /** The lower of the limits that it is under; {@code Long.MAX_VALUE} if there is none. */
    long bytesPerSecond() {
      return Math.min(limiter.bytesPerSecond(), Share.this.limiter.bytesPerSecond());
    }

    /** What it gets in bytes per second if all who stand in line get the same. */
    long fairBytesPerSecond() {
      long ofAll = Share.this.limiter.bytesPerSecond() / Math.max(1, Share.this.line.size());
      return Math.min(limiter.bytesPerSecond(), ofAll);
    }

    private boolean isFree() {
      long nanoTime = loop.nanoTime();
      return Share.this.line.isEmpty()
          && line.isEmpty()
          && isOpen(nanoTime)
          && limiter.isOpen(nanoTime);
    }

    private boolean isLimited() {
      return limiter.isLimited() || Share.this.limiter.isLimited();
    }

    private int turnBytes() {
      long most = (long) MOST_BLOCKS_A_TURN * PieceLayout.BLOCK_LENGTH;
      long bytes = isLimited() ? bytesPerSecond() / 1000 * TURN_MILLIS : most;
      return (int) Math.max(PieceLayout.BLOCK_LENGTH, Math.min(most, bytes));
    }

    /** Serves its peers for one turn; whether that led to anything. */
    private boolean serve() {
      credit += turnBytes();
      boolean isMoving = credit <= 0; // it pays
      for (int left = line.size(); left > 0 && credit > 0; left--) {
        isMoving |= line.remove().serve();
      }
      if (line.isEmpty()) {
        credit = Math.min(0, credit);
      }
      return isMoving;
    }
  }

  /** The share of one peer. */
  final class OfPeer {
    private final OfTorrent torrent;
    private final Taker taker;
    private long credit;
    private boolean isInLine;
    private boolean isServed;

    private OfPeer(OfTorrent torrent, Taker taker) {
      this.torrent = torrent;
      this.taker = taker;
    }

    /** How many bytes it may take now; if none, it stands in line from now on. */
    int allowance() {
      if (isServed ? credit > 0 : torrent.isFree()) {
        return isServed
            ? (int) credit
            : torrent.isLimited() ? torrent.turnBytes() : Integer.MAX_VALUE;
      }
      await();
      return 0;
    }

    /** {@link #allowance} in blocks. */
    int blocks() {
      int bytes = allowance();
      return bytes == 0 ? 0 : (bytes - 1) / PieceLayout.BLOCK_LENGTH + 1;
    }

    /** It has taken so many bytes, a few too many perhaps. */
    void took(int bytes) {
      limiter.take(bytes);
      torrent.limiter.take(bytes);
      if (isServed) {
        credit -= bytes;
        torrent.credit -= bytes;
      }
    }

    /** What it took did not pass after all. */
    void giveBack(long bytes) {
      limiter.take(-bytes);
      torrent.limiter.take(-bytes);
    }

    /** Stands in line. */
    void await() {
      if (!isInLine) {
        isInLine = true;
        torrent.line.add(this);
        if (!torrent.isInLine) {
          torrent.isInLine = true;
          (torrent.limiter.isOpen(loop.nanoTime()) ? line : resting).add(torrent);
        }
        serveLater();
      }
    }

    /** Stands in line no more. */
    void leave() {
      if (isInLine) {
        isInLine = false;
        torrent.line.remove(this);
      }
    }

    /** Whether it took something, or pays for what it took before. */
    private boolean serve() {
      isInLine = false;
      credit += torrent.turnBytes();
      long before = credit;
      isServed = true;
      taker.onTurn();
      isServed = false;
      if (!isInLine) {
        credit = Math.min(0, credit); // what it has no use for is not saved up
      }
      return credit < before || before <= 0;
    }
  }
}
