package org.webtorrent4j.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;

/**
 * Hashes what a storage holds of a torrent. Several workers take turns: in each, one looks at the
 * next few pieces, reading them in one run, and queues up again, so that other work gets between.
 * Begun by {@link DiskIo#check}; its one public method is confined to the event loop.
 */
public final class Check {
  private static final int TURN_LENGTH = 4 << 20; // about 3 ms of hashing
  private static final int TURN_PIECES = 256;
  private static final int REPORTS = 256;

  private final TorrentStorage storage;
  private final Info info;
  private final PieceLayout layout;
  private final int firstPiece;
  private final int endPiece;
  private final Hasher.Pool hashers;
  private final EventLoop loop;
  private final Executor executor;
  private final DiskIo.CheckHandler handler;
  private final Runnable onEnded;

  private final boolean[] verified; // every element is written by one worker, and read at the end
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicLong counts = new AtomicLong(); // looked at << 32 | verified
  private volatile boolean cancelled;
  private volatile @Nullable IOException failure;
  private int reported; // confined to the loop

  Check(
      TorrentStorage storage,
      Info info,
      int first,
      int end,
      Hasher.Pool hashers,
      EventLoop loop,
      Executor executor,
      DiskIo.CheckHandler handler,
      Runnable onEnded) {
    this.storage = storage;
    this.info = info;
    this.layout = new PieceLayout(info.totalLength(), info.pieceLength());
    this.firstPiece = first;
    this.endPiece = end;
    this.hashers = hashers;
    this.loop = loop;
    this.executor = executor;
    this.handler = handler;
    this.onEnded = onEnded;
    this.verified = new boolean[layout.pieceCount()];
    this.next.set(first);
  }

  /** Ends the check soon; nothing more is reported of it. */
  public void cancel() {
    assert loop.inLoop();
    cancelled = true;
  }

  void start(int parallelism) {
    int count = Math.min(parallelism, endPiece - firstPiece);
    workers.set(count);
    try {
      executor.execute(() -> begin(count));
    } catch (RejectedExecutionException e) {
      fail(new IOException("the workers have ended", e));
    }
  }

  private void begin(int count) {
    try {
      if (storage instanceof FileTorrent files) {
        long offset = layout.offset(firstPiece);
        files.beginCheck(offset, endOf(endPiece - 1) - offset);
      }
    } catch (IOException e) {
      failure = e;
    }
    for (int i = 0; i < count; i++) {
      queueUp();
    }
  }

  /** Ends without having begun. */
  void fail(IOException cause) {
    failure = cause;
    loop.execute(this::end);
  }

  private void queueUp() {
    try {
      executor.execute(this::takeTurn);
    } catch (RejectedExecutionException e) {
      failure = new IOException("the workers have ended", e);
      leave();
    }
  }

  private void takeTurn() {
    int count = Math.max(1, Math.min(TURN_LENGTH / info.pieceLength(), TURN_PIECES));
    int first = next.getAndUpdate(n -> Math.min(n + count, endPiece));
    int end = Math.min(first + count, endPiece);
    Hasher hasher = hashers.take();
    try {
      look(hasher, first, end);
      count(first, end);
    } catch (IOException e) {
      failure = e;
    } catch (RuntimeException | Error e) { // a foreign storage may throw anything
      failure = new IOException("the check failed: " + e, e);
    } finally {
      hashers.giveBack(hasher);
    }
    if (end < endPiece && !isEnded()) {
      queueUp();
    } else {
      leave();
    }
  }

  /** Hashes those of a few pieces that may be there. */
  private void look(Hasher hasher, int first, int end) throws IOException {
    int piece = first;
    long present = 0; // up to here
    while (piece < end && !isEnded()) {
      long offset = layout.offset(piece);
      if (endOf(piece) > present) {
        present = offset + storage.presentBytes(offset, endOf(end - 1) - offset);
      }
      int runEnd = piece;
      while (runEnd < end && endOf(runEnd) <= present) {
        runEnd++;
      }
      hashRun(hasher, piece, runEnd);
      piece = Math.max(runEnd, piece + 1);
    }
  }

  /** Hashes pieces one after the other; reads do not care where one ends. */
  private void hashRun(Hasher hasher, int first, int end) throws IOException {
    int piece = first;
    int left = first < end ? layout.length(first) : 0;
    long at = layout.offset(first);
    while (piece < end && !isEnded()) {
      ByteBuffer chunk = hasher.chunk();
      chunk.limit((int) Math.min(chunk.capacity(), endOf(end - 1) - at));
      try {
        storage.read(at, chunk);
      } catch (EOFException e) {
        hasher.reset();
        for (int one = piece; one < end && end - first > 1; one++) { // find out which
          hashRun(hasher, one, one + 1);
        }
        return;
      }
      chunk.flip();
      at += chunk.remaining();
      int limit = chunk.limit();
      while (chunk.position() < limit) {
        chunk.limit(Math.min(limit, chunk.position() + left));
        left -= chunk.remaining();
        hasher.update(chunk);
        chunk.limit(limit);
        if (left == 0) {
          verified[piece] = info.matches(piece, hasher.hash());
          piece++;
          left = piece < end ? layout.length(piece) : 0;
        }
      }
    }
    hasher.reset();
  }

  private void count(int first, int end) {
    int good = 0;
    for (int piece = first; piece < end; piece++) {
      good += verified[piece] ? 1 : 0;
    }
    long looked = (long) end - first;
    long sum = counts.addAndGet(looked << 32 | good);
    long checked = sum >>> 32;
    long all = (long) endPiece - firstPiece;
    if (checked * REPORTS / all != (checked - looked) * REPORTS / all) {
      loop.execute(() -> progress((int) checked, (int) sum));
    }
  }

  private void progress(int checked, int good) {
    if (!isEnded() && checked > reported) { // another worker's report may have come first
      reported = checked;
      handler.onProgress(checked, good);
    }
  }

  private void leave() {
    if (workers.decrementAndGet() == 0) {
      loop.execute(this::end);
    }
  }

  private void end() {
    try {
      IOException cause = failure;
      if (cancelled) {
        return;
      }
      if (cause != null) {
        handler.onCheckFailed(cause);
        return;
      }
      Bitfield result = new Bitfield(layout.pieceCount());
      for (int piece = firstPiece; piece < endPiece; piece++) {
        if (verified[piece]) {
          result.set(piece);
        }
      }
      handler.onChecked(result);
    } finally {
      onEnded.run();
    }
  }

  private boolean isEnded() {
    return cancelled || failure != null;
  }

  private long endOf(int piece) {
    return layout.offset(piece) + layout.length(piece);
  }
}
