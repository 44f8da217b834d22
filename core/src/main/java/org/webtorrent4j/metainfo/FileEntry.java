package org.webtorrent4j.metainfo;

import java.util.List;
import java.util.Optional;

/**
 * One file of a torrent.
 *
 * @param index position in the torrent's list of files, padding files counted
 * @param path safe path elements below the download folder; the first one is the torrent's name
 * @param offset of its first byte in the concatenation of all files
 * @param length in bytes
 * @param isPadding whether it only aligns the next file: zeros that are never stored (BEP 47)
 * @param isExecutable whether it has the executable attribute (BEP 47)
 * @param isHidden whether it has the hidden attribute (BEP 47)
 * @param symlinkTarget safe path elements below the download folder, if it is a symbolic link
 */
public record FileEntry(
    int index,
    List<String> path,
    long offset,
    long length,
    boolean isPadding,
    boolean isExecutable,
    boolean isHidden,
    Optional<List<String>> symlinkTarget) {
  /** Copies the lists. */
  public FileEntry {
    path = List.copyOf(path);
    symlinkTarget = symlinkTarget.map(List::copyOf);
  }

  /** The last path element. */
  public String name() {
    return path.get(path.size() - 1);
  }

  /** The path elements joined with slashes. */
  public String pathText() {
    return String.join("/", path);
  }
}
