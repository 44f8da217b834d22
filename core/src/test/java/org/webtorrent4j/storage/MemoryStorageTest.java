package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MemoryStorageTest extends TorrentStorageContract {
  private static final int MIB = 1 << 20;

  private final StoredTorrent torrent = StoredTorrent.single("large", 5 * MIB / 2, 65536);

  @Override
  Storage newStorage() {
    return MemoryStorage.ofLimit(MIB);
  }

  @Test
  void memoryIsTakenWhenItIsWrittenTo() throws IOException {
    MemoryStorage memory = MemoryStorage.ofLimit(10 * MIB);
    try (TorrentStorage storage = memory.open(torrent.info)) {
      assertEquals(0, memory.used());

      storage.write(5 * MIB / 2 - 1, ByteBuffer.allocate(1));
      assertEquals(MIB / 2, memory.used());

      storage.write(MIB - 1, ByteBuffer.allocate(2));
      assertEquals(5 * MIB / 2, memory.used());
    }

    assertEquals(0, memory.used());
  }

  @Test
  void writeBeyondTheLimitFailsAndTheRestStays() throws IOException {
    MemoryStorage memory = MemoryStorage.ofLimit(2 * MIB);
    try (TorrentStorage storage = memory.open(torrent.info)) {
      assertThrows(IOException.class, () -> storage.write(0, ByteBuffer.wrap(torrent.content)));

      byte[] found = read(storage, 0, 2 * MIB);
      assertArrayEquals(Arrays.copyOf(torrent.content, 2 * MIB), found);
    }
  }

  @Test
  @SuppressWarnings("try") // closing twice does no harm, and the first must go before the second
  void torrentsShareTheLimit() throws IOException {
    MemoryStorage memory = MemoryStorage.ofLimit(MIB);
    StoredTorrent other = StoredTorrent.single("other", MIB, 65536);
    try (TorrentStorage second = memory.open(other.info)) {
      try (TorrentStorage first = memory.open(torrent.info)) {
        first.write(0, ByteBuffer.allocate(1));

        assertThrows(IOException.class, () -> second.write(0, ByteBuffer.allocate(1)));
      }

      second.write(0, ByteBuffer.allocate(1));
    }
  }
}
