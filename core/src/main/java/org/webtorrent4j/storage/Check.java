package org.webtorrent4j.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;

/**
 * Finds out which pieces of a storage are present with the right hash. Several workers take pieces
 * in turns, each with one buffer, and give way to other work every few megabytes. Started and
 * cancelled on the event loop, where it also reports.
 */
public final class Check {
  private static final int BUFFER_LENGTH = 256 * 1024;
  private static final long TURN_BYTES = 32L << 20;

  private final TorrentStorage storage;
  private final Info info;
  private final PieceLayout layout;
  private final Sha1Pool digests;
  private final EventLoop loop;
  private final Executor workers;
  private final DiskIo.CheckHandler handler;
  private final Runnable onEnd;
  private final AtomicInteger nextPiece = new AtomicInteger();
  private final Bitfield verified;
  private volatile boolean isStopped; // cancelled or failed
  private int checked;
  private int running;
  private boolean isReported;

  Check(
      TorrentStorage storage,
      Info info,
      PieceLayout layout,
      Sha1Pool digests,
      EventLoop loop,
      Executor workers,
      DiskIo.CheckHandler handler,
      Runnable onEnd) {
    this.storage = storage;
    this.info = info;
    this.layout = layout;
    this.digests = digests;
    this.loop = loop;
    this.workers = workers;
    this.handler = handler;
    this.onEnd = onEnd;
    this.verified = new Bitfield(layout.pieceCount());
  }

  /** Gives up; nothing is reported any more. */
  public void cancel() {
    isStopped = true;
    isReported = true;
  }

  void start(int parallelism) {
    running = Math.min(parallelism, layout.pieceCount());
    for (int i = running; i > 0; i--) {
      submit(ByteBuffer.allocate(Math.min(BUFFER_LENGTH, layout.pieceLength())));
    }
  }

  private void submit(ByteBuffer buffer) {
    try {
      workers.execute(() -> work(buffer));
    } catch (RejectedExecutionException e) {
      loop.execute(() -> onWorkerEnd(new IOException("no worker checks", e)));
    }
  }

  /** One turn of one worker. */
  private void work(ByteBuffer buffer) {
    List<Integer> good = new ArrayList<>();
    int looked = 0;
    long bytes = 0;
    MessageDigest digest = digests.take();
    try {
      while (bytes < TURN_BYTES && !isStopped) {
        int piece = nextPiece.getAndIncrement();
        if (piece >= layout.pieceCount()) {
          int last = looked;
          loop.execute(() -> onTurn(last, good));
          loop.execute(() -> onWorkerEnd(null));
          return;
        }
        int read = isGood(piece, buffer, digest, good);
        bytes += read;
        looked++;
      }
      int turn = looked;
      loop.execute(() -> onTurn(turn, good));
      if (isStopped) {
        loop.execute(() -> onWorkerEnd(null));
      } else {
        submit(buffer);
      }
    } catch (IOException e) {
      loop.execute(() -> onWorkerEnd(e));
    } catch (RuntimeException e) { // a storage of the embedding application may throw anything
      loop.execute(() -> onWorkerEnd(new IOException(e.toString(), e)));
    } finally {
      digests.giveBack(digest);
    }
  }

  /** Adds a piece to the good ones if it is one; returns how many bytes that cost to find out. */
  private int isGood(int piece, ByteBuffer buffer, MessageDigest digest, List<Integer> good)
      throws IOException {
    long offset = layout.offset(piece);
    int length = layout.length(piece);
    if (storage.presentBytes(offset, length) < length) {
      return 1 << 10; // looking is cheap, but not for nothing
    }
    digest.reset();
    try {
      for (int done = 0; done < length; done += buffer.limit()) {
        buffer.clear().limit(Math.min(buffer.capacity(), length - done));
        storage.read(offset + done, buffer);
        digest.update(buffer.array(), 0, buffer.limit());
      }
    } catch (EOFException e) {
      return length; // it has become shorter meanwhile
    }
    if (info.matches(piece, digest.digest())) {
      good.add(piece);
    }
    return length;
  }

  private void onTurn(int looked, List<Integer> good) {
    checked += looked;
    good.forEach(verified::set);
    if (!isReported && looked > 0) {
      handler.onProgress(checked, verified.cardinality());
    }
  }

  private void onWorkerEnd(@Nullable IOException failure) {
    running--;
    if (failure != null && !isReported) {
      isStopped = true;
      isReported = true;
      handler.onCheckFailed(failure);
    }
    if (running == 0) {
      if (!isReported) {
        isReported = true;
        handler.onChecked(verified);
      }
      onEnd.run();
    }
  }
}
