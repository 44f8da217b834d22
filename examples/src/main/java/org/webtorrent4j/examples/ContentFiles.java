package org.webtorrent4j.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;

/**
 * Where the files of a torrent are that a user has.
 *
 * @param folder that holds the torrent's file or folder
 */
record ContentFiles(Path folder) {
  /**
   * Finds them by a path, which is the torrent's file or folder or the folder that holds it; where
   * both would do, the one that has more.
   *
   * @throws TorrentException if nothing of the torrent is there
   */
  static ContentFiles find(Info info, Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    boolean isItself = parent != null && absolute.endsWith(info.name());
    List<Path> folders =
        Stream.concat(isItself ? Stream.of(parent) : Stream.empty(), Stream.of(absolute)).toList();
    Path best = folders.get(0);
    long most = 0;
    for (Path folder : folders) {
      long count = count(info, folder);
      if (count > most) {
        most = count;
        best = folder;
      }
    }
    if (most == 0) {
      throw new TorrentException(
          "the torrent is about '" + info.name() + "', of which nothing is at " + path);
    }
    return new ContentFiles(best);
  }

  private static long count(Info info, Path folder) {
    return info.files().stream()
        .filter(file -> !file.isPadding() && Files.exists(at(folder, file)))
        .count();
  }

  /** The path of a file. */
  Path path(FileEntry file) {
    return at(folder, file);
  }

  private static Path at(Path folder, FileEntry file) {
    return folder.resolve(String.join("/", file.path()));
  }
}
