package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that torrents are kept in. Turns the path elements of a metainfo into paths that stay
 * inside: they never name something above the folder, and no symbolic link on the way may lead out
 * of the torrent's own folder. Thread-safe; it keeps nothing.
 */
final class FileTree {
  private static final Logger log = LoggerFactory.getLogger(FileTree.class);
  private static final Set<OpenOption> READING =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> WRITING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> CREATING =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.SPARSE);

  private final Path directory;

  FileTree(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  Path directory() {
    return directory;
  }

  /** The path of a file, by its elements alone; nothing on disk is looked at. */
  Path resolve(List<String> elements) throws IOException {
    Path path = directory;
    for (String element : elements) {
      path = child(path, element);
    }
    if (path.equals(directory)) {
      throw new IOException("a file without a name");
    }
    return path;
  }

  /**
   * Makes sure that the folders above a file are folders, inside the torrent's own one.
   *
   * @param create whether to create those that are missing
   * @return the path of the file
   * @throws NoSuchFileException if one is missing and not to be created
   * @throws FileSystemException if one is a file, or a link that leads out
   */
  Path resolveInside(List<String> elements, boolean create) throws IOException {
    Path path = resolve(elements);
    if (create) {
      Files.createDirectories(directory);
    }
    Path folder = directory;
    for (String element : elements.subList(0, elements.size() - 1)) {
      folder = child(folder, element);
      checkFolder(folder, elements.get(0), create);
    }
    return path;
  }

  /** The attributes of what is at a path, a link not followed; null if there is nothing. */
  static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Opens a file; a link is not followed.
   *
   * @param writable whether for writing too; then it is created if it is missing
   * @throws NoSuchFileException if it is missing and not to be created
   * @throws FileSystemException if it is something else, which might block or lead elsewhere
   */
  static FileChannel open(Path path, boolean writable, boolean executable) throws IOException {
    BasicFileAttributes attributes = attributes(path);
    if (attributes == null) {
      if (!writable) {
        throw new NoSuchFileException(path.toString());
      }
      try {
        return create(path, executable);
      } catch (FileAlreadyExistsException e) { // another thread was first, or somebody's link
        attributes = attributes(path);
      }
    }
    if (attributes == null || !attributes.isRegularFile()) {
      throw new FileSystemException(path.toString(), null, "is not a regular file");
    }
    return FileChannel.open(path, writable ? WRITING : READING);
  }

  /**
   * Creates a file, sparse where the file system asks to be told so.
   *
   * @throws FileAlreadyExistsException if there is something already
   */
  static FileChannel create(Path path, boolean executable) throws IOException {
    FileChannel channel = FileChannel.open(path, CREATING);
    PosixFileAttributeView view =
        executable ? Files.getFileAttributeView(path, PosixFileAttributeView.class) : null;
    if (view != null) {
      try {
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        view.setPermissions(permissions);
      } catch (IOException | UnsupportedOperationException e) { // it can be had without as well
        log.debug("{} is not made executable", path, e);
      }
    }
    return channel;
  }

  /** Whether a write of some bytes failed for want of space, as far as that can be known. */
  static boolean isDiskFull(Path directory, int bytes, IOException cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains(" space") || message.contains("quota")) { // of Linux, macOS, Windows
      return true;
    }
    try {
      return Files.getFileStore(directory).getUsableSpace() < bytes;
    } catch (IOException | UnsupportedOperationException e) { // then it is not known
      return false;
    }
  }

  /** Deletes those folders above the given files that are empty, the deepest first. */
  void deleteEmptyFolders(List<Path> files) throws IOException {
    TreeSet<Path> folders =
        new TreeSet<>(Comparator.comparingInt(Path::getNameCount).reversed().thenComparing(p -> p));
    for (Path file : files) {
      Path folder = file.getParent();
      while (folder != null && !folder.equals(directory) && folders.add(folder)) {
        folder = folder.getParent();
      }
    }
    for (Path folder : folders) {
      BasicFileAttributes attributes = attributes(folder);
      if (attributes != null && attributes.isDirectory()) {
        try {
          Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
          log.debug("{} holds other files", folder);
        }
      }
    }
  }

  private void checkFolder(Path folder, String torrentFolder, boolean create) throws IOException {
    BasicFileAttributes attributes = attributes(folder);
    if (attributes == null) {
      if (!create) {
        throw new NoSuchFileException(folder.toString());
      }
      try {
        Files.createDirectory(folder);
        return;
      } catch (FileAlreadyExistsException e) { // another thread was first, or somebody's link
        attributes = attributes(folder);
      }
    }
    if (attributes != null && attributes.isSymbolicLink()) {
      Path root = directory.toRealPath().resolve(torrentFolder);
      Path target = folder.toRealPath();
      if (!target.startsWith(root)) {
        throw new FileSystemException(
            folder.toString(), null, "is a symbolic link that leads out of the torrent");
      }
    } else if (attributes == null || !attributes.isDirectory()) {
      throw new FileSystemException(folder.toString(), null, "is not a folder");
    }
  }

  private static Path child(Path folder, String element) throws IOException {
    Path child;
    try {
      child = folder.resolve(element).normalize();
    } catch (InvalidPathException e) {
      throw new IOException("not a file name here: '" + element + "'", e);
    }
    if (!folder.equals(child.getParent())) { // "", "..", "a/b", "/a"
      throw new IOException("not a file name: '" + element + "'");
    }
    return child;
  }
}
