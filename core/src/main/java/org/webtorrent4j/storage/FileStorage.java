package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.webtorrent4j.metainfo.Info;

/** Keeps torrents as files below a folder. */
public final class FileStorage implements Storage {
  private final Path directory;

  private FileStorage(Path directory) {
    this.directory = directory;
  }

  /** Keeps torrents below this folder. */
  public static FileStorage at(Path directory) {
    return new FileStorage(directory);
  }

  @Override
  public TorrentStorage open(Info info) throws IOException {
    throw new IOException("no storage at " + directory);
  }
}
