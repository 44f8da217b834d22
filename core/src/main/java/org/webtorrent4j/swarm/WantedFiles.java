package org.webtorrent4j.swarm;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;

/**
 * Which files are wanted when a torrent begins; later its user says so file by file. Immutable.
 *
 * @param isAll whether all are, or only those of {@code indices}
 * @param indices as in the torrent's file list, counted from 0; there may be some that it lacks
 */
public record WantedFiles(boolean isAll, SortedSet<Integer> indices) {
  /** Every file. */
  public static final WantedFiles ALL = new WantedFiles(true, Collections.emptySortedSet());

  /** No file. */
  public static final WantedFiles NONE = new WantedFiles(false, Collections.emptySortedSet());

  /** Copies the set. */
  public WantedFiles {
    indices = Collections.unmodifiableSortedSet(new TreeSet<>(indices));
  }

  /** The files that a magnet link selects (BEP 53); all if it selects none. */
  public static WantedFiles selected(SortedSet<Integer> indices) {
    return indices.isEmpty() ? ALL : new WantedFiles(false, indices);
  }

  /**
   * What is really wanted of a torrent: a selection of which it has nothing was made for another
   * one, and then everything is.
   */
  public WantedFiles of(Info info) {
    boolean isUseless = !indices.isEmpty() && info.files().stream().noneMatch(this::isSelected);
    return isUseless ? ALL : this;
  }

  /** Whether a file is wanted. */
  public boolean contains(FileEntry file) {
    return isAll || isSelected(file);
  }

  private boolean isSelected(FileEntry file) {
    return !file.isPadding() && indices.contains(file.index());
  }
}
