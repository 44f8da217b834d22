package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage does, whatever it keeps the bytes in. */
abstract class TorrentStorageContract {
  private final StoredTorrent torrent = StoredTorrent.ofEveryKind();
  private final int length = torrent.content.length;

  /** A storage that holds nothing yet. */
  abstract Storage newStorage() throws IOException;

  @Test
  void whatWasWrittenAtOnceIsReadAtOnce() throws IOException {
    try (TorrentStorage storage = newStorage().open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(torrent.content));

      assertArrayEquals(torrent.content, read(storage, 0, length));
    }
  }

  @Test
  void directAndHeapBuffersAreTheSame() throws IOException {
    try (TorrentStorage storage = newStorage().open(torrent.info)) {
      ByteBuffer direct = ByteBuffer.allocateDirect(length).put(torrent.content).flip();
      storage.write(0, direct);
      direct.clear();
      storage.read(0, direct);

      assertEquals(ByteBuffer.wrap(torrent.content), direct.flip());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rangesAreReadAsTheyWereWritten(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] model = new byte[length];
    boolean[] isWritten = new boolean[length];
    markPadding(isWritten);
    try (TorrentStorage storage = newStorage().open(torrent.info)) {
      for (int i = 0; i < 300; i++) {
        int from = random.nextInt(length);
        int count = 1 + random.nextInt(random.nextBoolean() ? 4000 : length - from);
        count = Math.min(count, length - from);
        if (random.nextInt(3) == 0) {
          storage.write(from, ByteBuffer.wrap(torrent.content, from, count));
          System.arraycopy(torrent.content, from, model, from, count);
          Arrays.fill(isWritten, from, from + count, true);
        } else {
          checkRead(storage, from, count, model, isWritten);
        }
        checkPresent(storage, from, count, isWritten);
      }
    }
  }

  @Test
  void paddingIsZeroWhateverIsWritten() throws IOException {
    byte[] noise = new byte[length];
    Arrays.fill(noise, (byte) 7);
    boolean[] isPadding = new boolean[length];
    markPadding(isPadding);
    try (TorrentStorage storage = newStorage().open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(noise));

      byte[] found = read(storage, 0, length);
      for (int i = 0; i < length; i++) {
        assertEquals(isPadding[i] ? 0 : 7, found[i], "at " + i);
      }
    }
  }

  @Test
  void nothingIsPresentAtFirst() throws IOException {
    try (TorrentStorage storage = newStorage().open(torrent.info)) {
      assertEquals(0, storage.presentBytes(0, length));
      assertThrows(EOFException.class, () -> read(storage, 0, 1));
      assertThrows(EOFException.class, () -> read(storage, length - 1, 1));
    }
  }

  @Test
  void everythingIsPresentInTheEnd() throws IOException {
    try (TorrentStorage storage = newStorage().open(torrent.info)) {
      storage.write(0, ByteBuffer.wrap(torrent.content));

      assertEquals(length, storage.presentBytes(0, length));
      assertEquals(1, storage.presentBytes(0, 1));
      assertEquals(1, storage.presentBytes(length - 1, 1));
    }
  }

  @Test
  void nothingLiesOutsideOfTheTorrent() throws IOException {
    try (TorrentStorage storage = newStorage().open(torrent.info)) {
      ByteBuffer two = ByteBuffer.allocate(2);

      assertThrows(IndexOutOfBoundsException.class, () -> storage.write(length - 1, two));
      assertThrows(IndexOutOfBoundsException.class, () -> storage.read(-1, two));
      assertThrows(IndexOutOfBoundsException.class, () -> storage.read(Long.MAX_VALUE, two));
    }
  }

  @Test
  void limitOfTheBufferStaysWhenNothingCanBeRead() throws IOException {
    try (TorrentStorage storage = newStorage().open(torrent.info)) {
      ByteBuffer buffer = ByteBuffer.allocate(length);

      assertThrows(EOFException.class, () -> storage.read(0, buffer));
      assertEquals(length, buffer.limit());
    }
  }

  @Test
  void closedStorageIsNotUsed() throws IOException {
    TorrentStorage storage = newStorage().open(torrent.info);
    storage.write(0, ByteBuffer.wrap(torrent.content));
    storage.close();
    storage.close();

    assertThrows(ClosedChannelException.class, () -> read(storage, 0, 1));
    assertThrows(ClosedChannelException.class, () -> storage.write(0, ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, () -> storage.presentBytes(0, 1));
  }

  @Test
  void deletedTorrentIsGone() throws IOException {
    Storage place = newStorage();
    TorrentStorage storage = place.open(torrent.info);
    storage.write(0, ByteBuffer.wrap(torrent.content));
    storage.createEmptyFiles();

    storage.delete();

    try (TorrentStorage again = place.open(torrent.info)) {
      assertEquals(0, again.presentBytes(0, length));
    }
  }

  @Test
  void torrentThatWasNeverWrittenCanBeDeleted() throws IOException {
    newStorage().open(torrent.info).delete();
  }

  static byte[] read(TorrentStorage storage, long offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    storage.read(offset, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  private void markPadding(boolean[] bytes) {
    torrent.info.files().stream()
        .filter(file -> file.isPadding())
        .forEach(
            file ->
                Arrays.fill(
                    bytes, (int) file.offset(), (int) (file.offset() + file.length()), true));
  }

  private static void checkRead(
      TorrentStorage storage, int from, int count, byte[] model, boolean[] isWritten)
      throws IOException {
    byte[] found;
    try {
      found = read(storage, from, count);
    } catch (EOFException e) {
      assertTrue(writtenFrom(isWritten, from) < count, "all of it was written: " + e);
      return;
    }
    assertArrayEquals(Arrays.copyOfRange(model, from, from + count), found);
  }

  private static void checkPresent(TorrentStorage storage, int from, int count, boolean[] isWritten)
      throws IOException {
    long present = storage.presentBytes(from, count);

    assertTrue(present <= count);
    assertTrue(present >= Math.min(count, writtenFrom(isWritten, from)), "written, not present");
  }

  private static int writtenFrom(boolean[] isWritten, int from) {
    int to = from;
    while (to < isWritten.length && isWritten[to]) {
      to++;
    }
    return to - from;
  }
}
