package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webtorrent4j.loop.VirtualLoop;
import org.webtorrent4j.piece.Bitfield;

/** Checks on one thread that is every worker, as in a simulation. */
class CheckTest {
  private final VirtualLoop loop = new VirtualLoop();
  private final DiskIo io = new DiskIo(loop, loop, loop, 3);
  private final Reports<Object> reports = new Reports<>();

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "16384, 16384",
    "1000000, 16384",
    "1000000, 1000",
    "1000000, 999999",
    "5000000, 4194304",
    "9000000, 300000",
    "9000000, 16777216"
  })
  void everyGoodPieceIsFound(int length, int pieceLength) {
    StoredTorrent torrent = StoredTorrent.single("file", length, pieceLength);

    Bitfield found = check(torrent, new ScriptedStorage(torrent.content));

    assertTrue(found.isFull());
    assertEquals(List.of("checked"), reports.words);
  }

  @Test
  void spoiledPiecesAreFound() {
    StoredTorrent torrent = StoredTorrent.single("file", 3_000_000, 20_000);
    ScriptedStorage storage = new ScriptedStorage(torrent.content.clone());
    for (int piece = 0; piece < 150; piece += 7) {
      storage.bytes[piece * 20_000 + (piece * 131) % 20_000]++;
    }

    Bitfield found = check(torrent, storage);

    for (int piece = 0; piece < 150; piece++) {
      assertEquals(piece % 7 != 0, found.get(piece), "piece " + piece);
    }
  }

  @Test
  void whatIsSurelyAbsentIsNotRead() {
    StoredTorrent torrent = StoredTorrent.single("file", 3_000_000, 20_000);
    ScriptedStorage storage = new ScriptedStorage(torrent.content);
    storage.presentEnd = 0;

    assertTrue(check(torrent, storage).isEmpty());

    assertEquals(List.of(), storage.calls);
  }

  @Test
  void shortStorageHoldsItsWholePieces() {
    StoredTorrent torrent = StoredTorrent.single("file", 3_000_000, 20_000);
    ScriptedStorage storage = new ScriptedStorage(torrent.content);
    storage.presentEnd = 1_230_000;

    assertEquals(61, check(torrent, storage).cardinality());
  }

  @Test
  void piecesBeforeAHoleAreFoundWhenOnlyAReadTells() {
    StoredTorrent torrent = StoredTorrent.single("file", 3_000_000, 20_000);
    ScriptedStorage storage = new ScriptedStorage(torrent.content);
    storage.readableEnd = 1_230_000;

    Bitfield found = check(torrent, storage);

    assertEquals(61, found.cardinality());
    assertEquals(61, found.nextClear(0));
    assertEquals(List.of("checked"), reports.words);
  }

  @Test
  void piecesAfterAMissingFileAreFound() throws IOException {
    StoredTorrent torrent =
        StoredTorrent.of(
            1000,
            StoredTorrent.File.of("a", 1500),
            StoredTorrent.File.of("b", 2000),
            StoredTorrent.File.of("c", 2500));
    try (TorrentStorage storage = MemoryStorage.ofLimit(1 << 20).open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(torrent.content));

      assertTrue(check(torrent, new WithoutFile(storage, 1500, 3500)).get(0));

      Bitfield found = Objects.requireNonNull(reports.verified);
      assertEquals(3, found.cardinality());
      assertEquals(1, found.nextClear(0));
      assertEquals(4, found.nextSet(1));
    }
  }

  @Test
  void progressGoesForward() {
    StoredTorrent torrent = StoredTorrent.single("file", 20_000_000, 1000);
    ScriptedStorage storage = new ScriptedStorage(torrent.content.clone());
    storage.bytes[5_000_000]++;

    check(torrent, storage);

    assertTrue(reports.progress.size() > 10);
    assertTrue(reports.progress.size() <= 256);
    int last = 0;
    for (int[] progress : reports.progress) {
      assertTrue(progress[0] > last);
      assertTrue(progress[1] <= progress[0]);
      last = progress[0];
    }
    assertEquals(20_000, last);
  }

  @Test
  void unreadableStorageFailsTheCheck() {
    StoredTorrent torrent = StoredTorrent.single("file", 20_000_000, 1000);
    ScriptedStorage storage = new ScriptedStorage(torrent.content);
    storage.failure = new IOException("the cable is off");
    io.check(storage, torrent.info, reports);
    loop.runReady();

    assertEquals(List.of("check failed"), reports.words);
    assertSame(storage.failure, reports.cause);
  }

  @Test
  void cancelledCheckReportsNothingAndLetsTheStorageClose() {
    StoredTorrent torrent = StoredTorrent.single("file", 20_000_000, 1000);
    ScriptedStorage storage = new ScriptedStorage(torrent.content);
    Check check = io.check(storage, torrent.info, reports);
    loop.runTurn();
    check.cancel();
    int progress = reports.progress.size();
    Reports<Object> closing = new Reports<>();
    io.close(storage, closing);
    loop.runReady();

    assertEquals(List.of(), reports.words);
    assertEquals(progress, reports.progress.size());
    assertEquals(List.of("done"), closing.words);
    assertTrue(storage.calls.size() < 100);
  }

  @Test
  void otherWorkGetsBetween() {
    StoredTorrent torrent = StoredTorrent.single("file", 40_000_000, 100_000);
    io.check(new ScriptedStorage(torrent.content), torrent.info, reports);
    Reports<Object> other = new Reports<>();
    io.submit(new ScriptedStorage(new byte[1]), () -> "done", other);
    loop.runTurn();
    loop.runTurn();

    assertEquals(List.of("result"), other.words);
    assertEquals(List.of(), reports.words);
  }

  private Bitfield check(StoredTorrent torrent, TorrentStorage storage) {
    io.check(storage, torrent.info, reports);
    loop.runReady();
    return Objects.requireNonNull(reports.verified);
  }

  /** A storage of which one range is not there. */
  private record WithoutFile(TorrentStorage storage, long from, long to) implements TorrentStorage {
    @Override
    public void read(long offset, ByteBuffer destination) throws IOException {
      assertTrue(offset + destination.remaining() <= from || offset >= to, "reads what is absent");
      storage.read(offset, destination);
    }

    @Override
    public void write(long offset, ByteBuffer source) {
      throw new AssertionError();
    }

    @Override
    public void createEmptyFiles() {}

    @Override
    public long presentBytes(long offset, long length) {
      if (offset >= to) {
        return length;
      }
      return Math.max(0, Math.min(length, from - offset));
    }

    @Override
    public void delete() {}

    @Override
    public void close() {}
  }
}
