package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.storage.DiskIo.SegmentRead;

/** Operations with workers that work when the test says so. */
class DiskIoTest {
  private static final int PIECE = 100_000;

  private final VirtualLoop loop = new VirtualLoop();
  private final ArrayDeque<Runnable> disk = new ArrayDeque<>();
  private final ArrayDeque<Runnable> hash = new ArrayDeque<>();
  private final DiskIo io = new DiskIo(loop, disk::add, hash::add, 2);
  private final BufferPool pool = new BufferPool(loop, 16 * Segment.LENGTH);
  private final StoredTorrent torrent = StoredTorrent.single("file", 3 * PIECE, PIECE);
  private final ScriptedStorage storage = new ScriptedStorage(torrent.content.clone());
  private final Reports<Object> reports = new Reports<>();

  @Test
  void pieceIsHashedThenWrittenThenReported() {
    Arrays.fill(storage.bytes, (byte) 0);
    io.save(storage, PIECE, piece(1), torrent.info.pieceHash(1), reports);

    assertEquals(List.of(), storage.calls);
    hash.remove().run();
    assertEquals(List.of(), storage.calls);
    disk.remove().run();
    assertEquals(List.of("write"), storage.calls); // its two segments lie side by side
    assertEquals(List.of(), reports.words);
    loop.runReady();

    assertEquals(List.of("saved"), reports.words);
    assertArrayEquals(
        Arrays.copyOfRange(torrent.content, PIECE, 2 * PIECE),
        Arrays.copyOfRange(storage.bytes, PIECE, 2 * PIECE));
  }

  @Test
  void piecesOfATorrentAreWrittenOneAfterTheOther() {
    io.save(storage, 0, piece(0), torrent.info.pieceHash(0), reports);
    io.save(storage, PIECE, piece(1), torrent.info.pieceHash(1), reports);
    hash.remove().run();
    hash.remove().run();

    assertEquals(1, disk.size());
    disk.remove().run();
    assertEquals(1, disk.size());
    disk.remove().run();
    loop.runReady();

    assertEquals(List.of("saved", "saved"), reports.words);
  }

  @Test
  void corruptPieceIsNeverWritten() {
    io.save(storage, 0, piece(1), torrent.info.pieceHash(0), reports);
    runWorkers();

    assertEquals(List.of("corrupt"), reports.words);
    assertEquals(List.of(), storage.calls);
  }

  @Test
  void fullDiskIsReported() {
    storage.failure = new IOException("full");
    io.save(storage, 0, piece(0), torrent.info.pieceHash(0), reports);
    runWorkers();

    assertEquals(List.of("save failed"), reports.words);
    assertSame(storage.failure, reports.cause);
  }

  @Test
  void batchIsReadInOneGo() {
    List<SegmentRead> reads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      reads.add(new SegmentRead(i * 50_000L, 50_000, pool.acquireBeyondBudget()));
    }
    io.read(storage, reads, reports);

    assertEquals(1, disk.size());
    runWorkers();

    assertEquals(List.of("read"), reports.words);
    for (SegmentRead read : reads) {
      int from = (int) read.offset();
      assertEquals(ByteBuffer.wrap(torrent.content, from, 50_000), read.segment().bytes());
      assertEquals(
          ByteBuffer.wrap(torrent.content, from + 3 * 16384, 50_000 - 3 * 16384),
          read.segment().block(3));
    }
  }

  @Test
  void segmentsSideBySideInTheTorrentAndInMemoryAreReadTogether() {
    List<SegmentRead> reads = new ArrayList<>();
    reads.add(new SegmentRead(0, Segment.LENGTH, pool.acquireBeyondBudget()));
    reads.add(new SegmentRead(Segment.LENGTH, Segment.LENGTH, pool.acquireBeyondBudget()));
    reads.add(new SegmentRead(2 * Segment.LENGTH, 20_000, pool.acquireBeyondBudget()));
    reads.add(new SegmentRead(2 * Segment.LENGTH + 20_000, 5, pool.acquireBeyondBudget()));
    reads.add(new SegmentRead(7, 11, pool.acquireBeyondBudget()));
    io.read(storage, reads, reports);
    runWorkers();

    assertEquals(List.of("read", "read", "read"), storage.calls);
    for (SegmentRead read : reads) {
      int from = (int) read.offset();
      assertEquals(ByteBuffer.wrap(torrent.content, from, read.length()), read.segment().bytes());
    }
    ByteBuffer lastBlock = reads.get(2).segment().block(1);
    assertEquals(20_000 - 16_384, lastBlock.remaining());
  }

  @Test
  void unreadableBatchIsReportedOnce() {
    storage.readableEnd = 60_000;
    List<SegmentRead> reads =
        List.of(
            new SegmentRead(0, 50_000, pool.acquireBeyondBudget()),
            new SegmentRead(50_000, 50_000, pool.acquireBeyondBudget()),
            new SegmentRead(100_000, 50_000, pool.acquireBeyondBudget()));
    io.read(storage, reads, reports);
    runWorkers();

    assertEquals(List.of("read failed"), reports.words);
  }

  @Test
  void readOfNothingOrTooMuchIsABug() {
    Segment segment = pool.acquireBeyondBudget();

    assertThrows(IndexOutOfBoundsException.class, () -> new SegmentRead(0, 0, segment));
    assertThrows(
        IndexOutOfBoundsException.class, () -> new SegmentRead(0, Segment.LENGTH + 1, segment));
  }

  @Test
  void everyBlockIsHashedByItself() throws NoSuchAlgorithmException {
    Reports<List<byte[]>> hashes = new Reports<>();
    io.hashBlocks(storage, piece(0), hashes);
    runWorkers();

    List<byte[]> found = Objects.requireNonNull(hashes.result);
    assertEquals(7, found.size());
    for (int i = 0; i < 7; i++) {
      int from = i * 16384;
      byte[] block = Arrays.copyOfRange(torrent.content, from, Math.min(from + 16384, PIECE));
      assertArrayEquals(MessageDigest.getInstance("SHA-1").digest(block), found.get(i));
    }
  }

  @Test
  void closeWaitsForWhatWasBegunBefore() {
    Reports<Object> closing = new Reports<>();
    io.save(storage, 0, piece(0), torrent.info.pieceHash(0), reports);
    io.submit(storage, this::createEmptyFiles, reports);
    io.close(storage, closing);

    disk.remove().run();
    hash.remove().run();
    loop.runReady();
    assertEquals(List.of(), closing.words);
    runWorkers();

    assertEquals(List.of("result", "saved"), reports.words);
    assertEquals(List.of("done"), closing.words);
    assertEquals("close", storage.calls.get(storage.calls.size() - 1));
  }

  @Test
  void whatIsBegunAfterCloseFails() {
    io.submit(storage, this::createEmptyFiles, new Reports<>());
    io.close(storage, new Reports<>());
    Segment segment = pool.acquireBeyondBudget();
    io.read(storage, List.of(new SegmentRead(0, 1, segment)), reports);
    assertInstanceOf(ClosedChannelException.class, failureOf(reports, "read failed"));
    io.save(storage, 0, piece(0), torrent.info.pieceHash(0), reports);
    assertInstanceOf(ClosedChannelException.class, failureOf(reports, "save failed"));
    io.check(storage, torrent.info, reports);
    assertInstanceOf(ClosedChannelException.class, failureOf(reports, "check failed"));
    assertThrows(IllegalStateException.class, () -> io.close(storage, reports));

    runWorkers();

    assertEquals(List.of("createEmptyFiles", "close"), storage.calls);
  }

  @Test
  void storagesDoNotWaitForEachOther() {
    ScriptedStorage other = new ScriptedStorage(new byte[1]);
    io.save(storage, 0, piece(0), torrent.info.pieceHash(0), reports);
    Reports<List<Path>> deleting = new Reports<>();
    io.delete(other, new BitSet(), deleting);

    disk.remove().run();
    loop.runReady();

    assertEquals(List.of("result"), deleting.words);
    assertEquals(List.of("delete"), other.calls);
    assertEquals(List.of(), reports.words);
  }

  @Test
  void bugOfAStorageIsReportedToo() {
    storage.bug = new UnsupportedOperationException("oops");
    io.open(storage, torrent.info, new Reports<>());
    io.save(storage, 0, piece(0), torrent.info.pieceHash(0), reports);
    runWorkers();

    assertEquals(List.of("save failed"), reports.words);
    assertSame(storage.bug, Objects.requireNonNull(reports.cause).getCause());
  }

  @Test
  void endOfTheWorkersIsReported() {
    DiskIo ended =
        new DiskIo(
            loop,
            task -> {
              throw new RejectedExecutionException();
            },
            hash::add,
            1);
    ended.submit(storage, this::createEmptyFiles, reports);
    assertEquals(List.of(), reports.words);
    ended.save(storage, 0, piece(0), torrent.info.pieceHash(0), reports);
    runWorkers();

    assertEquals(List.of("failed", "save failed"), reports.words);
  }

  @Test
  void jobGivesItsResult() {
    io.submit(storage, () -> 42, reports);
    runWorkers();

    assertEquals(List.of("result"), reports.words);
    assertEquals(42, reports.result);
  }

  private Object createEmptyFiles() throws IOException {
    storage.createEmptyFiles();
    return storage;
  }

  private IOException failureOf(Reports<Object> of, String word) {
    loop.runReady();
    assertEquals(word, of.words.get(of.words.size() - 1));
    return Objects.requireNonNull(of.cause);
  }

  private PieceBuffer piece(int index) {
    PieceBuffer piece = Objects.requireNonNull(PieceBuffer.tryAcquire(pool, PIECE));
    piece.put(0, ByteBuffer.wrap(torrent.content, index * PIECE, PIECE));
    return piece;
  }

  private void runWorkers() {
    loop.runReady();
    while (!disk.isEmpty() || !hash.isEmpty()) {
      (hash.isEmpty() ? disk : hash).remove().run();
      loop.runReady();
    }
  }
}
