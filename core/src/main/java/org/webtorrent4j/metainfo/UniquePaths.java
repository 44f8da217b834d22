package org.webtorrent4j.metainfo;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Renames files until no two have the same path, also where case does not count, and none has the
 * path of a folder. Padding files of one length may share a path: they are never written.
 *
 * <p>Paths are remembered by 64-bit hashes, which bounds the memory for hostile lists; a hash that
 * two paths share only renames a file without need.
 */
final class UniquePaths {
  private static final int MAX_RETRIES = 500;
  private static final long NOT_PADDING = -1;
  private static final long PRIME = 0x100000001b3L;

  private final Set<Long> folders = new HashSet<>();

  /** Paths of files that were given out; the value is the length of a padding file. */
  private final Map<Long, Long> taken = new HashMap<>();

  private int retries;

  /** Notes the folders of all files: they keep their names, wherever in the list they are. */
  UniquePaths(List<RawFile> files) {
    for (RawFile file : files) {
      long hash = 0;
      for (int i = 0; i < file.path().size() - 1; i++) {
        hash = hash(hash, fold(file.path().get(i)));
        folders.add(hash);
      }
    }
  }

  /**
   * The path of the next file in the list.
   *
   * @throws MetainfoException if too many names of the torrent collide
   */
  List<String> next(RawFile file) throws MetainfoException {
    long padding = file.isPadding() ? file.length() : NOT_PADDING;
    List<String> path = file.path();
    for (int number = 1; !take(path, padding); number++) {
      if (++retries > MAX_RETRIES) {
        throw new MetainfoException("too many files with the same path");
      }
      path = new ArrayList<>(file.path());
      int last = path.size() - 1;
      path.set(last, numbered(path.get(last), number));
    }
    return path;
  }

  private boolean take(List<String> path, long padding) {
    long hash = 0;
    for (String element : path) {
      hash = hash(hash, fold(element));
    }
    if (folders.contains(hash)) {
      return false;
    }
    Long other = taken.putIfAbsent(hash, padding);
    return other == null || (other == padding && padding != NOT_PADDING);
  }

  private static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return dot <= 0
        ? name + "." + number
        : name.substring(0, dot) + "." + number + name.substring(dot);
  }

  /** A hash of the path that consists of an element below another path, whose hash is given. */
  static long hash(long parent, String element) {
    long hash = (parent ^ '/') * PRIME;
    for (int i = 0; i < element.length(); i++) {
      hash = (hash ^ element.charAt(i)) * PRIME;
    }
    return hash;
  }

  private static String fold(String element) {
    return Normalizer.normalize(element, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
