package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.webtorrent4j.metainfo.Info;

/**
 * Keeps torrents as files in a folder, of any NIO file system, as other clients do. Thread-safe.
 *
 * <ul>
 *   <li>Files and folders are created by the first write to them, sparse; padding files never.
 *   <li>Files are opened for reading only until something is written, so what lies on read-only
 *       media can be seeded.
 *   <li>A file that is longer than the torrent says keeps its further bytes, which nobody looks at.
 *   <li>Nothing outside of the folder is touched: a file that is a symbolic link, or is reached
 *       through one that leads out of the torrent's own folder, is refused.
 *   <li>Only so many files are open at a time, for all torrents together.
 *   <li>A caller that is interrupted gets a {@link java.nio.channels.ClosedByInterruptException};
 *       other callers do not notice.
 * </ul>
 */
public final class FileStorage implements Storage {
  private static final int DEFAULT_OPEN_FILES = 128;

  private final FileTree tree;
  private final FileHandles handles;

  private FileStorage(FileTree tree, FileHandles handles) {
    this.tree = tree;
    this.handles = handles;
  }

  /** Keeps torrents in a folder, which need not exist yet, with at most 128 open files. */
  public static FileStorage at(Path directory) {
    return at(directory, DEFAULT_OPEN_FILES);
  }

  /**
   * Keeps torrents in a folder, which need not exist yet.
   *
   * @param maxOpenFiles at least 1; files that are being read or written at this moment may exceed
   *     it
   */
  public static FileStorage at(Path directory, int maxOpenFiles) {
    return new FileStorage(new FileTree(directory), new FileHandles(maxOpenFiles));
  }

  /** The same for another folder; the limit of open files is shared. */
  public FileStorage withDirectory(Path directory) {
    return new FileStorage(new FileTree(directory), handles);
  }

  /** The folder, as an absolute path. */
  public Path directory() {
    return tree.directory();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException also if a file of the torrent has a name that the file system cannot have
   */
  @Override
  public TorrentStorage open(Info info) throws IOException {
    return new FileTorrent(tree, handles, info);
  }

  int openFiles() {
    return handles.size();
  }

  @Override
  public String toString() {
    return "files in " + tree.directory();
  }
}
