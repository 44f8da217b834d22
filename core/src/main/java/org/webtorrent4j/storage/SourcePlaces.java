package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.SourceFile;

/**
 * The files that a torrent was made of, where they were hashed.
 *
 * @param folder above them
 * @param files in the order of the torrent's files
 */
record SourcePlaces(Path folder, List<SourceFile> files) implements FilePlaces {
  /** Copies the list. */
  SourcePlaces {
    files = List.copyOf(files);
  }

  @Override
  public List<Path> of(Info info) throws IOException {
    if (info.files().size() != files.size()) {
      throw new IOException("not the torrent that was made of these files");
    }
    return files.stream().map(SourceFile::path).toList();
  }
}
