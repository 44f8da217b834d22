package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.storage.DiskIo.SegmentRead;

/** The whole way with real threads and files. */
class DiskThreadsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final DiskThreads threads = DiskThreads.create(2, 2);
  private final VirtualLoop loop = new VirtualLoop();

  @AfterEach
  void close() {
    threads.close(LONG);
  }

  @Test
  void threadsAreNamedDaemons() throws InterruptedException {
    LinkedBlockingQueue<Thread> seen = new LinkedBlockingQueue<>();
    threads.disk().execute(() -> seen.add(Thread.currentThread()));
    Thread disk = seen.take();
    threads.hash().execute(() -> seen.add(Thread.currentThread()));
    Thread hash = seen.take();

    assertEquals("wt-disk-1", disk.getName());
    assertEquals("wt-hash-1", hash.getName());
    assertTrue(disk.isDaemon());
    assertTrue(hash.isDaemon());
    assertTrue(threads.close(LONG));
    disk.join(LONG.toMillis());
    assertFalse(disk.isAlive());
  }

  @Test
  void closeIsBounded() throws InterruptedException {
    CountDownLatch isRunning = new CountDownLatch(1);
    CountDownLatch isInterrupted = new CountDownLatch(1);
    threads
        .disk()
        .execute(
            () -> {
              isRunning.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                isInterrupted.countDown();
              }
            });
    isRunning.await();

    assertFalse(threads.close(Duration.ofMillis(1)));
    isInterrupted.await();
  }

  @Test
  void torrentIsSavedCheckedReadAndDeleted() throws Exception {
    int pieceLength = 200_000;
    StoredTorrent torrent =
        StoredTorrent.of(
            pieceLength,
            StoredTorrent.File.of("a", 1_234_567),
            StoredTorrent.File.of("empty", 0),
            StoredTorrent.File.of("b", 2_345_678));
    DiskIo io = new DiskIo(loop, threads.disk(), threads.hash(), threads.hashThreads());
    BufferPool pool = new BufferPool(loop, 64 * Segment.LENGTH);
    Reports<TorrentStorage> opening = new Reports<>();
    io.open(FileStorage.at(folder), torrent.info, opening);
    await(opening, 1);
    TorrentStorage storage = Objects.requireNonNull(opening.result);

    Reports<Object> saving = new Reports<>();
    List<PieceBuffer> pieces = new ArrayList<>();
    int count = torrent.info.pieceCount();
    for (int i = 0; i < count; i++) {
      int from = i * pieceLength;
      int length = Math.min(pieceLength, torrent.content.length - from);
      PieceBuffer piece = PieceBuffer.acquireBeyondBudget(pool, length);
      piece.put(0, ByteBuffer.wrap(torrent.content, from, length));
      pieces.add(piece);
      io.save(storage, from, piece, torrent.info.pieceHash(i), saving);
    }
    await(saving, count);
    assertEquals(List.of("saved"), saving.words.stream().distinct().toList());
    pieces.forEach(PieceBuffer::release);

    Reports<Object> checking = new Reports<>();
    io.check(storage, torrent.info, checking);
    await(checking, 1);
    assertTrue(Objects.requireNonNull(checking.verified).isFull());

    assertArrayEquals(torrent.content, readAll(io, pool, storage, torrent.content.length));

    Reports<List<Path>> deleting = new Reports<>();
    io.delete(storage, new BitSet(), deleting);
    await(deleting, 1);
    assertEquals(List.of("result"), deleting.words);
    assertEquals(0, Objects.requireNonNull(folder.toFile().list()).length);
    assertEquals(0, pool.used());
  }

  private byte[] readAll(DiskIo io, BufferPool pool, TorrentStorage storage, int length)
      throws InterruptedException, IOException {
    List<SegmentRead> reads = new ArrayList<>();
    for (int from = 0; from < length; from += Segment.LENGTH) {
      int count = Math.min(Segment.LENGTH, length - from);
      reads.add(new SegmentRead(from, count, pool.acquireBeyondBudget()));
    }
    Reports<Object> reading = new Reports<>();
    for (int i = 0; i < reads.size(); i += 8) {
      io.read(storage, reads.subList(i, Math.min(i + 8, reads.size())), reading);
    }
    await(reading, (reads.size() + 7) / 8);
    ByteBuffer all = ByteBuffer.allocate(length);
    for (SegmentRead read : reads) {
      all.put(read.segment().bytes());
      read.segment().release();
    }
    return all.array();
  }

  private void await(Reports<?> reports, int count) throws InterruptedException {
    while (reports.words.size() < count) {
      loop.awaitTask();
    }
  }
}
