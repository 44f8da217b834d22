package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.piece.Bitfield;

/**
 * Lets workers read, write and hash, and reports back on the loop: every operation exactly once,
 * with the one exception of a cancelled check, and never inside the call that began it. No worker
 * waits for another, so one thread, or a simulation, can be all of them. Confined to the event
 * loop.
 *
 * <p>Operations on one storage run in any order, but for {@link #close} and {@link #delete}: those
 * wait for all that was begun before, and what is begun after fails.
 */
public final class DiskIo {
  private final EventLoop loop;
  private final Lanes lanes;
  private final Executor disk;
  private final Executor hash;
  private final int parallelism;
  private final Hasher.Pool hashers = new Hasher.Pool();
  private final FileClaims claims = new FileClaims();

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
    this.lanes = new Lanes(loop, disk);
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

    private boolean isFollowedBy(SegmentRead other) {
      return length == Segment.LENGTH
          && offset + length == other.offset
          && segment.isFollowedBy(other.segment);
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
    @SuppressWarnings("exports") // the engine is the only user of this package's workers
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
    Lanes.Lane lane = lanes.alone(storage);
    lane.run(disk, () -> storage.open(info), handler::onResult, handler::onFailed);
  }

  /**
   * Reads a batch on one worker: one hand-over and one report for all of them, and one read for
   * neighbours. The segments belong to the operation until the report. Files that are not what they
   * were when they were hashed are found by their attributes, looked at once for the batch: a
   * {@link FileFault}.
   *
   * @param reads not to be changed until the report, which returns it
   */
  public void read(TorrentStorage storage, List<SegmentRead> reads, ReadHandler handler) {
    lanes
        .of(storage)
        .run(
            disk,
            () -> {
              if (storage instanceof FileTorrent files) {
                checkUnchanged(files, reads);
              }
              for (int from = 0; from < reads.size(); ) {
                from = readNeighbours(storage, reads, from);
              }
              return reads;
            },
            handler::onRead,
            cause -> handler.onReadFailed(reads, cause));
  }

  /** One look for what lies side by side: most batches are in one file. */
  private static void checkUnchanged(FileTorrent files, List<SegmentRead> reads)
      throws IOException {
    long begin = reads.get(0).offset();
    long end = begin;
    for (SegmentRead read : reads) {
      if (read.offset() != end) {
        files.checkUnchanged(begin, end - begin);
        begin = read.offset();
      }
      end = read.offset() + read.length();
    }
    files.checkUnchanged(begin, end - begin);
  }

  /** Reads a segment and those that go on where it ends, in the torrent and in memory. */
  private static int readNeighbours(TorrentStorage storage, List<SegmentRead> reads, int from)
      throws IOException {
    SegmentRead first = reads.get(from);
    int to = from + 1;
    while (to < reads.size() && reads.get(to - 1).isFollowedBy(reads.get(to))) {
      to++;
    }
    SegmentRead last = reads.get(to - 1);
    int length = (int) (last.offset() - first.offset()) + last.length();
    storage.read(first.offset(), first.segment().view(length));
    for (SegmentRead read : reads.subList(from, to)) {
      read.segment().span(read.length());
    }
    return to;
  }

  /**
   * Hashes a piece and writes it if it is right. The buffer belongs to the operation until the
   * report; nothing unverified is ever written.
   *
   * <p>The hash worker hands the piece on to a disk worker: that it wrote the piece itself made no
   * difference beyond the noise of the measurement, and a slow disk would keep other torrents from
   * hashing.
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
    Lanes.Lane lane = lanes.of(storage);
    Consumer<IOException> onFailed = handler::onSaveFailed;
    Lanes.Step write =
        () -> {
          piece.writeTo(storage, offset);
          lane.report(handler::onSaved);
        };
    Lanes.Step check =
        () -> {
          if (hashers.isRight(piece, expectedSha1)) {
            lane.hand(lane.writes(), write, onFailed);
          } else {
            lane.report(handler::onCorrupt);
          }
        };
    lane.begin(hash, check, onFailed);
  }

  /**
   * Hashes every block of a piece by itself, to tell who sent a bad one. The buffer belongs to the
   * operation until the report.
   */
  public void hashBlocks(
      TorrentStorage storage, PieceBuffer piece, ResultHandler<List<byte[]>> handler) {
    lanes
        .of(storage)
        .run(hash, () -> hashers.blockHashes(piece), handler::onResult, handler::onFailed);
  }

  /** Like {@link #check(TorrentStorage, Info, int, int, CheckHandler)} for all pieces. */
  public Check check(TorrentStorage storage, Info info, CheckHandler handler) {
    return check(storage, info, 0, info.pieceCount(), handler);
  }

  /**
   * Finds out which pieces are present with the right hash. Several workers hash, each with one
   * small buffer; what was surely never written is not read.
   *
   * @param first piece to be looked at
   * @param end after the last one
   * @return the running check, to cancel it
   */
  public Check check(TorrentStorage storage, Info info, int first, int end, CheckHandler handler) {
    Lanes.Lane lane = lanes.of(storage);
    Check check = new Check(storage, info, first, end, hashers, loop, hash, handler, lane::leave);
    lane.enter();
    if (lane.isClosing()) {
      check.fail(new ClosedChannelException());
    } else {
      check.start(parallelism);
    }
    return check;
  }

  /**
   * Makes the files what they are to be after a check and when all that is wanted is there: claims
   * them for the torrent, creates what has no bytes, and looks whether what is counted as whole is
   * so on the disk.
   *
   * @param handler given what is wrong with single files; fails if a file is not the torrent's to
   *     write to
   */
  public void settle(
      TorrentStorage storage, FilePlan plan, ResultHandler<List<FileFault>> handler) {
    submit(
        storage,
        () -> {
          if (storage instanceof FileTorrent files) {
            return files.settle(plan, claims);
          }
          if (plan.mayWrite()) {
            storage.createEmptyFiles();
          }
          return List.of();
        },
        handler);
  }

  /** Does something rare with a storage on a disk worker. */
  public <T> void submit(TorrentStorage storage, Job<T> job, ResultHandler<T> handler) {
    lanes.of(storage).run(disk, job, handler::onResult, handler::onFailed);
  }

  /**
   * Closes a storage when everything that was begun before has ended; a running check should be
   * cancelled first.
   *
   * @throws IllegalStateException if it is being closed or deleted already
   */
  public void close(TorrentStorage storage, DoneHandler handler) {
    lanes
        .of(storage)
        .last(
            () -> {
              storage.close();
              return storage;
            },
            done -> handler.onDone(),
            handler::onFailed);
  }

  /**
   * Closes and deletes a storage when everything that was begun before has ended; a running check
   * should be cancelled first.
   *
   * @param held files, by their place in the torrent, that hold something of it: others are left
   *     unless the torrent has created them
   * @param handler given the files that were left
   * @throws IllegalStateException if it is being closed or deleted already
   */
  public void delete(TorrentStorage storage, BitSet held, ResultHandler<List<Path>> handler) {
    lanes
        .of(storage)
        .last(
            () -> {
              if (storage instanceof FileTorrent files) {
                return files.delete(held);
              }
              storage.delete();
              return List.<Path>of();
            },
            handler::onResult,
            handler::onFailed);
  }
}
