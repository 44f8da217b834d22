package org.webtorrent4j.benchmarks.scale;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoBuilder;

/** Many small files, no two alike, for a torrent each. They are deleted at the end. */
final class SmallFiles implements AutoCloseable {
  private static final int LENGTH = 20_000;

  private final Path folder;
  private final int count;

  /** Writes them. */
  SmallFiles(Path folder, int count) throws IOException {
    this.folder = folder;
    this.count = count;
    for (int i = 0; i < count; i++) {
      Files.write(file(folder, i), ByteBuffer.allocate(LENGTH).putInt(i).array());
    }
  }

  Path folder() {
    return folder;
  }

  /** Descriptions of the first {@code count} files of a folder. */
  static List<Metainfo> describe(Path folder, int count) throws IOException {
    List<Metainfo> torrents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      torrents.add(MetainfoBuilder.of(file(folder, i)).trackers(List.of()).build());
    }
    return torrents;
  }

  private static Path file(Path folder, int number) {
    return folder.resolve("file-" + number);
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < count; i++) {
      Files.delete(file(folder, i));
    }
    Files.delete(folder);
  }
}
