package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;

/**
 * Finds a torrent's files by a path that a user names: it is the torrent's file or folder itself,
 * under whatever name, or the folder that holds it. Where both would do, as with a folder in a
 * folder of the same name, the one that has more of the files counts. Thread-safe.
 */
final class ContentPlaces implements FilePlaces {
  private final Path path;

  ContentPlaces(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  @Override
  public List<Path> of(Info info) throws IOException {
    List<FileTree> trees = new ArrayList<>();
    if (!info.isSingleFile() || !Files.isDirectory(path)) {
      trees.add(FileTree.ofRoot(path));
    }
    trees.add(new FileTree(path));
    List<Path> best = List.of();
    long most = -1;
    for (FileTree tree : trees) {
      List<Path> paths = tree.of(info);
      long bytes = matchingBytes(info, paths);
      if (bytes > most) {
        most = bytes;
        best = paths;
      }
    }
    return best;
  }

  @Override
  public Path folder() {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  /** Bytes of the files that are there with at least their length. */
  private static long matchingBytes(Info info, List<Path> paths) {
    long sum = 0;
    for (FileEntry file : info.files()) {
      if (!file.isPadding() && size(paths.get(file.index())) >= file.length()) {
        sum += file.length();
      }
    }
    return sum;
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : -1;
    } catch (IOException e) { // then it is of no use
      return -1;
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
