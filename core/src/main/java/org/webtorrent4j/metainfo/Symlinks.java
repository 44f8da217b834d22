package org.webtorrent4j.metainfo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which symbolic links of a torrent may be made: those whose target, links in its path
 * walked, is a file or folder of the torrent (BEP 47). Paths are remembered by 64-bit hashes;
 * should two share one, a link may be kept that leads nowhere, still inside the torrent's folder.
 */
final class Symlinks {
  /** As many as Linux walks; also what ends a loop. */
  private static final int MAX_HOPS = 40;

  private static final int MAX_DEPTH = 100;

  private final Map<Long, List<String>> links = new HashMap<>();

  /** Files that are not links, and their folders. */
  private final Set<Long> real = new HashSet<>();

  /** All files with the paths they were given, each below the torrent's folder. */
  Symlinks(List<RawFile> files, List<List<String>> paths) {
    for (int i = 0; i < files.size(); i++) {
      List<String> target = files.get(i).link();
      if (target != null) {
        links.put(hash(paths.get(i)), target);
      }
    }
    for (int i = 0; i < files.size() && !links.isEmpty(); i++) {
      if (files.get(i).link() == null) {
        addWithFolders(paths.get(i));
      }
    }
  }

  /**
   * The target of a link below the torrent's folder, if it is in the torrent: seen from that folder
   * or, as old programs write it, from the link's own.
   */
  Optional<List<String>> target(List<String> link, List<String> target) {
    if (leadsSomewhere(target)) {
      return Optional.of(target);
    }
    List<String> besideLink = new ArrayList<>(link.subList(0, link.size() - 1));
    besideLink.addAll(target);
    return leadsSomewhere(besideLink) ? Optional.of(besideLink) : Optional.empty();
  }

  private void addWithFolders(List<String> path) {
    long hash = 0;
    for (String element : path) {
      hash = UniquePaths.hash(hash, element);
      real.add(hash);
    }
  }

  private boolean leadsSomewhere(List<String> target) {
    List<String> path = target;
    for (int hops = 0; hops < MAX_HOPS && !path.isEmpty() && path.size() <= MAX_DEPTH; hops++) {
      if (real.contains(hash(path))) {
        return true;
      }
      path = walkFirstLink(path);
    }
    return false;
  }

  /** The path with the first link in it replaced by that link's target; empty if there is none. */
  private List<String> walkFirstLink(List<String> path) {
    long hash = 0;
    for (int i = 0; i < path.size(); i++) {
      hash = UniquePaths.hash(hash, path.get(i));
      List<String> target = links.get(hash);
      if (target != null) {
        List<String> walked = new ArrayList<>(target);
        walked.addAll(path.subList(i + 1, path.size()));
        return walked;
      }
    }
    return List.of();
  }

  private static long hash(List<String> path) {
    long hash = 0;
    for (String element : path) {
      hash = UniquePaths.hash(hash, element);
    }
    return hash;
  }
}
