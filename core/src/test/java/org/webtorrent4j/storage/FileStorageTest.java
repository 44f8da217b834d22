package org.webtorrent4j.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on file systems of several kinds. */
class FileStorageTest {
  @Nested
  class OnThisSystem extends TorrentStorageContract {
    @TempDir Path folder;

    @Override
    Storage newStorage() {
      return FileStorage.at(folder.resolve("not yet there"));
    }
  }

  @Nested
  class WithOneOpenFile extends TorrentStorageContract {
    @TempDir Path folder;

    @Override
    Storage newStorage() {
      return FileStorage.at(folder, 1);
    }
  }

  @Nested
  class InMemoryAsOnUnix extends TorrentStorageContract {
    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());

    @Override
    Storage newStorage() {
      return FileStorage.at(files.getPath("/downloads"));
    }

    @AfterEach
    void close() throws IOException {
      files.close();
    }
  }

  @Nested
  class InMemoryAsOnWindows extends TorrentStorageContract {
    private final FileSystem files = Jimfs.newFileSystem(Configuration.windows());

    @Override
    Storage newStorage() {
      return FileStorage.at(files.getPath("C:\\downloads"));
    }

    @AfterEach
    void close() throws IOException {
      files.close();
    }
  }

  @Test
  void directoryIsAbsolute() {
    FileStorage storage = FileStorage.at(Path.of("a", "..", "b"));

    assertEquals(Path.of("b").toAbsolutePath(), storage.directory());
  }
}
