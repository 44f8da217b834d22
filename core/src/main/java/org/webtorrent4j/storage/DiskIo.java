package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;

/**
 * Lets workers read, write and hash, and reports back on the loop: every operation exactly once,
 * with the one exception of a cancelled check, and never inside the call that began it. No worker
 * waits for another, so one thread, or a simulation, can be all of them. Confined to the event
 * loop.
 *
 * <p>Operations on one storage run in any order, but for {@link #close} and {@link #delete}: those
 * wait for all that was begun before and refuse what is begun after.
 */
public final class DiskIo {
  private final EventLoop loop;
  private final Executor disk;
  private final Executor hash;
  private final int parallelism;
  private final Sha1Pool digests = new Sha1Pool();
  private final Map<TorrentStorage, Lane> lanes = new IdentityHashMap<>();

  /**
   * Uses these workers.
   *
   * @param disk runs what reads and writes
   * @param hash runs what hashes
   * @param parallelism how many workers may hash for a check at a time, at least 1
   */
  public DiskIo(EventLoop loop, Executor disk, Executor hash, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("a parallelism of " + parallelism);
    }
    this.loop = loop;
    this.disk = disk;
    this.hash = hash;
    this.parallelism = parallelism;
  }

  /**
   * One segment of a batch of reads.
   *
   * @param offset of the first byte in the torrent
   * @param length in bytes, 1 to {@link Segment#LENGTH}
   * @param segment to be filled from its beginning
   */
  public record SegmentRead(long offset, int length, Segment segment) {
    /** Checks the length. */
    public SegmentRead {
      Objects.checkIndex(length - 1, Segment.LENGTH);
    }
  }

  /** Told of the end of a batch of reads. */
  public interface ReadHandler {
    /** All were read; the views of their segments span what was asked for. */
    void onRead(List<SegmentRead> reads);

    /** At least one could not be read; what the segments hold is not defined. */
    void onReadFailed(List<SegmentRead> reads, IOException cause);
  }

  /** Told of the end of a save. The buffer is the caller's again. */
  public interface SaveHandler {
    /** The piece has the right hash and was written. */
    void onSaved();

    /** The piece has another hash; nothing was written. */
    void onCorrupt();

    /** The piece has the right hash, but could not be written. */
    void onSaveFailed(IOException cause);
  }

  /** Told of a check. */
  public interface CheckHandler {
    /**
     * Some more was looked at.
     *
     * @param checked how many pieces were looked at
     * @param verified how many of them are present with the right hash
     */
    void onProgress(int checked, int verified);

    /** The check is through; these pieces are present with the right hash. The set is a new one. */
    @SuppressWarnings("exports") // called by the engine only
    void onChecked(Bitfield verified);

    /** The check ended because something could not be read. */
    void onCheckFailed(IOException cause);
  }

  /** Told of the end of an operation that gives something. */
  public interface ResultHandler<T> {
    /** It succeeded. */
    void onResult(T result);

    /** It failed. */
    void onFailed(IOException cause);
  }

  /** Told of the end of an operation that gives nothing. */
  public interface DoneHandler {
    /** It succeeded. */
    void onDone();

    /** It failed. */
    void onFailed(IOException cause);
  }

  /** Something to do on a disk worker. */
  public interface Job<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Opens the place of a torrent. */
  public void open(Storage storage, Info info, ResultHandler<TorrentStorage> handler) {
    run(new Lane(), disk, () -> storage.open(info), handler::onResult, handler::onFailed);
  }

  /**
   * Reads a batch, one segment after the other on one worker: one hand-over and one report for all
   * of them. The segments belong to the operation until the report.
   *
   * @param reads not to be changed until the report, which returns it
   */
  public void read(TorrentStorage storage, List<SegmentRead> reads, ReadHandler handler) {
    run(
        lane(storage),
        disk,
        () -> {
          for (SegmentRead read : reads) {
            Segment segment = read.segment();
            ByteBuffer bytes = segment.bytes();
            storage.read(read.offset(), bytes.clear().limit(read.length()));
            segment.span(read.length());
          }
          return reads;
        },
        handler::onRead,
        cause -> handler.onReadFailed(reads, cause));
  }

  /**
   * Hashes a piece and writes it if it is right. The buffer belongs to the operation until the
   * report; nothing unverified is ever written.
   *
   * <p>The hash worker hands the piece on to a disk worker: a slow disk must not keep other
   * torrents from hashing.
   *
   * @param offset of the piece in the torrent
   * @param expectedSha1 20 bytes, not to be changed
   */
  public void save(
      TorrentStorage storage,
      long offset,
      PieceBuffer piece,
      byte[] expectedSha1,
      SaveHandler handler) {
    Lane lane = lane(storage);
    Consumer<IOException> onFailed = handler::onSaveFailed;
    if (lane.isClosing) {
      loop.execute(() -> onFailed.accept(new ClosedChannelException()));
      return;
    }
    Job<Boolean> write =
        () -> {
          piece.writeTo(storage, offset);
          return true;
        };
    lane.pending++;
    hand(
        lane,
        hash,
        () -> {
          if (!Arrays.equals(sha1(piece), expectedSha1)) {
            report(lane, handler::onCorrupt);
          } else {
            hand(
                lane,
                disk,
                () -> finish(lane, write, saved -> handler.onSaved(), onFailed),
                onFailed);
          }
        },
        onFailed);
  }

  /**
   * Hashes every block of a piece by itself, to tell who sent a bad one. The buffer belongs to the
   * operation until the report.
   */
  public void hashBlocks(
      TorrentStorage storage, PieceBuffer piece, ResultHandler<List<byte[]>> handler) {
    run(lane(storage), hash, () -> blockHashes(piece), handler::onResult, handler::onFailed);
  }

  /**
   * Finds out which pieces are present with the right hash. Several workers hash, each with one
   * small buffer; what was surely never written is not read.
   *
   * @return the running check, to cancel it
   */
  public Check check(TorrentStorage storage, Info info, CheckHandler handler) {
    PieceLayout layout = new PieceLayout(info.totalLength(), info.pieceLength());
    Lane lane = lane(storage);
    lane.pending++;
    Check check = new Check(storage, info, layout, digests, loop, hash, handler, lane::leave);
    check.start(parallelism);
    return check;
  }

  /** Does something rare with a storage on a disk worker. */
  public <T> void submit(TorrentStorage storage, Job<T> job, ResultHandler<T> handler) {
    run(lane(storage), disk, job, handler::onResult, handler::onFailed);
  }

  /** Creates what no write will: {@link TorrentStorage#createEmptyFiles}. */
  public void createEmptyFiles(TorrentStorage storage, DoneHandler handler) {
    run(
        lane(storage),
        disk,
        () -> {
          storage.createEmptyFiles();
          return storage;
        },
        done -> handler.onDone(),
        handler::onFailed);
  }

  /**
   * Closes a storage when everything that was begun before has ended; a running check should be
   * cancelled first.
   *
   * @throws IllegalStateException if it is being closed or deleted already
   */
  public void close(TorrentStorage storage, DoneHandler handler) {
    last(
        storage,
        () -> {
          storage.close();
          return storage;
        },
        handler);
  }

  /**
   * Closes and deletes a storage when everything that was begun before has ended; a running check
   * should be cancelled first.
   *
   * @throws IllegalStateException if it is being closed or deleted already
   */
  public void delete(TorrentStorage storage, DoneHandler handler) {
    last(
        storage,
        () -> {
          storage.delete();
          return storage;
        },
        handler);
  }

  private void last(TorrentStorage storage, Job<TorrentStorage> job, DoneHandler handler) {
    Lane lane = lane(storage);
    if (lane.isClosing) {
      throw new IllegalStateException("a storage is closed twice");
    }
    lane.isClosing = true;
    lane.last =
        () ->
            begin(
                lane,
                disk,
                job,
                done -> end(storage, handler::onDone),
                cause -> end(storage, () -> handler.onFailed(cause)));
    lane.runLastIfDue();
  }

  private void end(TorrentStorage storage, Runnable report) {
    lanes.remove(storage);
    report.run();
  }

  private Lane lane(TorrentStorage storage) {
    assert loop.inLoop();
    return lanes.computeIfAbsent(storage, s -> new Lane());
  }

  private <T> void run(
      Lane lane, Executor on, Job<T> job, Consumer<T> onResult, Consumer<IOException> onFailed) {
    if (lane.isClosing) {
      loop.execute(() -> onFailed.accept(new ClosedChannelException()));
    } else {
      begin(lane, on, job, onResult, onFailed);
    }
  }

  private <T> void begin(
      Lane lane, Executor on, Job<T> job, Consumer<T> onResult, Consumer<IOException> onFailed) {
    lane.pending++;
    hand(lane, on, () -> finish(lane, job, onResult, onFailed), onFailed);
  }

  /** Has a worker do something that will report for itself. */
  private void hand(Lane lane, Executor on, Runnable task, Consumer<IOException> onFailed) {
    try {
      on.execute(task);
    } catch (RejectedExecutionException e) { // the client is closing
      report(lane, () -> onFailed.accept(new IOException("no worker takes it", e)));
    }
  }

  /** Does a job and reports. On a worker. */
  private <T> void finish(
      Lane lane, Job<T> job, Consumer<T> onResult, Consumer<IOException> onFailed) {
    try {
      T result = job.run();
      report(lane, () -> onResult.accept(result));
    } catch (IOException e) {
      report(lane, () -> onFailed.accept(e));
    } catch (RuntimeException e) { // a storage of the embedding application may throw anything
      report(lane, () -> onFailed.accept(new IOException(e.toString(), e)));
    }
  }

  /** Reports the end of an operation. Any thread. */
  private void report(Lane lane, Runnable report) {
    loop.execute(
        () -> {
          try {
            report.run();
          } finally {
            lane.leave();
          }
        });
  }

  private byte[] sha1(PieceBuffer piece) {
    MessageDigest digest = digests.take();
    try {
      piece.updateWithAll(digest);
      return digest.digest();
    } finally {
      digests.giveBack(digest);
    }
  }

  private List<byte[]> blockHashes(PieceBuffer piece) {
    MessageDigest digest = digests.take();
    try {
      List<byte[]> hashes = new ArrayList<>();
      for (int block = 0; block < piece.blockCount(); block++) {
        piece.updateWithBlock(digest, block);
        hashes.add(digest.digest());
      }
      return hashes;
    } finally {
      digests.giveBack(digest);
    }
  }

  /** The operations on one storage that have begun, and the last one, which waits for their end. */
  private static final class Lane {
    int pending;
    boolean isClosing;
    @Nullable Runnable last;

    void leave() {
      pending--;
      runLastIfDue();
    }

    void runLastIfDue() {
      Runnable due = last;
      if (pending == 0 && due != null) {
        last = null;
        due.run();
      }
    }
  }
}
