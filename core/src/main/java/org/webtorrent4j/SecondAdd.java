package org.webtorrent4j;

import java.util.Optional;
import org.webtorrent4j.storage.FileStorage;
import org.webtorrent4j.storage.Storage;

/** What is to be done about a torrent that is added although the client has it already. */
final class SecondAdd {
  private SecondAdd() {}

  /**
   * Refuses what cannot be had any more, instead of ignoring it.
   *
   * @param asked the place that the user names this time, if any
   * @throws TorrentException if the files of the torrent are somewhere else
   */
  static void check(Torrent known, Optional<Storage> asked) {
    if (asked.isPresent() && !isSamePlace(known.storage(), asked.get())) {
      throw new TorrentException(
          known.name()
              + " is here already, in "
              + known.storage()
              + ": remove it before it is added in "
              + asked.get());
    }
  }

  private static boolean isSamePlace(Storage one, Storage other) {
    return one.equals(other)
        || (one instanceof FileStorage ours
            && other instanceof FileStorage theirs
            && ours.directory().equals(theirs.directory()));
  }
}
