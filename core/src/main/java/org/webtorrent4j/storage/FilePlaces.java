package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.webtorrent4j.metainfo.Info;

/** Decides where the files of a torrent are. Thread-safe. */
interface FilePlaces {
  /**
   * The paths of all files, in the order of the torrent's list; nothing is created. Those of
   * padding files are never used.
   *
   * @throws IOException if a file has a name that it cannot have there
   */
  List<Path> of(Info info) throws IOException;

  /** The folder above them all, which is not the torrent's. */
  Path folder();
}
