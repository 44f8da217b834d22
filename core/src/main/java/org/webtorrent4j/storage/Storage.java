package org.webtorrent4j.storage;

import java.io.IOException;
import org.webtorrent4j.metainfo.Info;

/** A kind of place where torrents keep their bytes. Implementations may be called by any thread. */
public interface Storage {
  /**
   * Opens the place of one torrent. Creates nothing yet: a torrent that is only looked at leaves no
   * trace. Called on a disk worker.
   *
   * @throws IOException if the place cannot be used
   */
  TorrentStorage open(Info info) throws IOException;
}
