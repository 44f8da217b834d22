package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A disk without room. */
class DiskFullTest {
  @Test
  void fullDiskIsNamedAndTheStorageGoesOn() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setBlockSize(4096).setMaxSize(1 << 20).build();
    StoredTorrent torrent = StoredTorrent.single("file", 2 << 20, 65536);
    try (FileSystem files = Jimfs.newFileSystem(small)) {
      Path other = files.getPath("/other");
      Files.write(other, new byte[1 << 19]);
      try (TorrentStorage storage = FileStorage.at(files.getPath("/d")).open(torrent.info)) {
        storage.write(0, ByteBuffer.wrap(torrent.content, 0, 1000));

        ByteBuffer rest = ByteBuffer.wrap(torrent.content, 1000, 1 << 19);
        IOException e = assertThrows(IOException.class, () -> storage.write(1000, rest));
        assertTrue(e.toString().contains("cannot write file at "), e.toString());
        assertTrue(e.toString().contains("the disk is full"), e.toString());

        assertArrayEquals(
            Arrays.copyOf(torrent.content, 1000), TorrentStorageContract.read(storage, 0, 1000));
        Files.delete(other);
        storage.write(1000, ByteBuffer.wrap(torrent.content, 1000, 1 << 19));
        assertArrayEquals(
            Arrays.copyOf(torrent.content, 1 << 19),
            TorrentStorageContract.read(storage, 0, 1 << 19));
      }
    }
  }
}
