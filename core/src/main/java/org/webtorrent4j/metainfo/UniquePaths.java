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
  private static final long NOT_PADDING = -1;
  private static final long PRIME = 0x100000001b3L;

  private final Set<Long> folders = new HashSet<>();

  /** Paths of files that were given out; the value is the length of a padding file. */
  private final Map<Long, Long> taken = new HashMap<>();

  /** By the path of a file, the last number that was given to one of that path. */
  private final Map<Long, Integer> numbers = new HashMap<>();

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

  /** The path of the next file in the list. */
  List<String> next(RawFile file) {
    long padding = file.isPadding() ? file.length() : NOT_PADDING;
    List<String> path = file.path();
    if (take(path, padding)) {
      return path;
    }
    path = new ArrayList<>(path);
    int last = path.size() - 1;
    String name = path.get(last);
    int number = numbers.getOrDefault(hash(path), 0);
    do { // where the last one of that path ended, so all together take no longer than the list
      path.set(last, numbered(name, ++number));
    } while (!take(path, padding));
    numbers.put(hash(file.path()), number);
    return path;
  }

  private boolean take(List<String> path, long padding) {
    long hash = hash(path);
    if (folders.contains(hash)) {
      return false;
    }
    Long other = taken.putIfAbsent(hash, padding);
    return other == null || (other == padding && padding != NOT_PADDING);
  }

  private static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    int end = dot <= 0 ? name.length() : dot;
    return SafePaths.joined(name.substring(0, end), "." + number + name.substring(end));
  }

  private static long hash(List<String> path) {
    long hash = 0;
    for (String element : path) {
      hash = hash(hash, fold(element));
    }
    return hash;
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
