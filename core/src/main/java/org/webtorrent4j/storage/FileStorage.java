package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.file.FileStamp;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.SourceFile;

/**
 * Keeps torrents as files in a folder, of any NIO file system, as other clients do. Thread-safe.
 *
 * <ul>
 *   <li>Files and folders are created by the first write to them, sparse; padding files never.
 *   <li>Files are opened for reading only until something is written, so what lies on read-only
 *       media can be seeded.
 *   <li>Files get names that are safe; one that is there under the very name that the torrent says
 *       is used.
 *   <li>No name leads out of the folder. Symbolic links that are there are the user's and are
 *       followed; those that a torrent describes stay in its own folder.
 *   <li>A file that another torrent of the client holds is not written to, nor one that holds
 *       something else unless the user says so.
 *   <li>When a file is complete it has its length: a longer one is cut then.
 *   <li>Only so many files are open at a time, for all torrents together.
 *   <li>A caller that is interrupted gets a {@link java.nio.channels.ClosedByInterruptException};
 *       other callers do not notice.
 * </ul>
 */
public final class FileStorage implements Storage {
  private static final int DEFAULT_OPEN_FILES = 128;

  private final FilePlaces places;
  private final FileHandles handles;
  private final List<SourceFile> hashed; // just now; empty unless these are the torrent's files

  private FileStorage(FilePlaces places, FileHandles handles, List<SourceFile> hashed) {
    this.places = places;
    this.handles = handles;
    this.hashed = List.copyOf(hashed);
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
    return new FileStorage(new FileTree(directory), new FileHandles(maxOpenFiles), List.of());
  }

  /** The same for another folder; the limit of open files is shared. */
  public FileStorage withDirectory(Path directory) {
    return new FileStorage(new FileTree(directory), handles, List.of());
  }

  /**
   * A place for one torrent whose content a user points at: its file or folder itself, under
   * whatever name, or the folder that holds it.
   */
  public static FileStorage ofContent(Path content) {
    return new FileStorage(
        new ContentPlaces(content), new FileHandles(DEFAULT_OPEN_FILES), List.of());
  }

  /**
   * A place for one torrent that was made of these files, whatever their names are: they are read
   * where they were hashed.
   *
   * @param folder above them, as far as they are not behind symbolic links
   * @param files in the order of the torrent's files, see {@link
   *     org.webtorrent4j.metainfo.MetainfoBuilder#sources}
   */
  public static FileStorage ofSources(Path folder, List<SourceFile> files) {
    return new FileStorage(
        new SourcePlaces(folder.toAbsolutePath().normalize(), files),
        new FileHandles(DEFAULT_OPEN_FILES),
        files);
  }

  /** The folder, as an absolute path. */
  public Path directory() {
    return places.folder();
  }

  /**
   * Where the files of a torrent are or would be, in the order of its list of files; the paths of
   * padding files mean nothing. Nothing is created.
   *
   * @throws IOException if a file has a name that the file system cannot have
   */
  public List<Path> paths(Info info) throws IOException {
    return List.copyOf(places.of(info));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException also if a file of the torrent has a name that the file system cannot have
   */
  @Override
  public TorrentStorage open(Info info) throws IOException {
    return new FileTorrent(places, handles, info, this::hashed);
  }

  private @Nullable FileStamp hashed(int file) {
    if (hashed.isEmpty()) {
      return null;
    }
    SourceFile source = hashed.get(file);
    return new FileStamp(source.length(), source.modified(), source.key().orElse(null));
  }

  int openFiles() {
    return handles.size();
  }

  @Override
  public String toString() {
    return "files in " + places.folder();
  }
}
