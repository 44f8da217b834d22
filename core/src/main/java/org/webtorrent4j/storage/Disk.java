package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with single files and folders. Links of the user's are followed. Thread-safe. */
final class Disk {
  private static final Logger log = LoggerFactory.getLogger(Disk.class);
  private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> WRITING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final Set<OpenOption> CREATING =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.SPARSE);

  private Disk() {}

  /** The attributes of what is at a path, links followed; null if there is nothing. */
  static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
    return read(path);
  }

  /** The attributes of what is at a path, a link not followed; null if there is nothing. */
  static @Nullable BasicFileAttributes attributesOfLink(Path path) throws IOException {
    return read(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static @Nullable BasicFileAttributes read(Path path, LinkOption... options)
      throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, options);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * Opens a file that exists.
   *
   * @throws NoSuchFileException if it is missing
   * @throws FileSystemException if it is something else, which might block
   */
  static FileChannel open(Path path, boolean writable) throws IOException {
    BasicFileAttributes attributes = attributes(path);
    if (attributes == null) {
      throw new NoSuchFileException(path.toString());
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(path.toString(), null, "is not a regular file");
    }
    try {
      return FileChannel.open(path, writable ? WRITING : READING);
    } catch (UnsupportedOperationException e) { // of a file system that only has simpler ones
      if (writable) {
        throw new FileSystemException(path.toString(), null, "cannot be written at any position");
      }
      return new SeekableFileChannel(Files.newByteChannel(path));
    }
  }

  /**
   * Creates a file and the folders above it, sparse where the file system asks to be told so.
   *
   * @throws FileAlreadyExistsException if there is something already
   */
  static FileChannel create(Path path, boolean executable) throws IOException {
    Path folder = path.getParent();
    if (folder != null) {
      createFolders(folder);
    }
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

  /**
   * Creates a folder and those above it, unless they are there.
   *
   * @throws FileSystemException if something else is in the place of one
   */
  static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      createFolders(parent);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) { // else another thread was first
        throw new FileSystemException(folder.toString(), null, "is not a folder");
      }
    }
  }

  /** Whether a write of some bytes failed for want of space, as far as that can be known. */
  static boolean isDiskFull(Path file, int bytes, IOException cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains(" space") || message.contains("quota")) { // of Linux, macOS, Windows
      return true;
    }
    try {
      Path folder = file.getParent();
      return folder != null && Files.getFileStore(folder).getUsableSpace() < bytes;
    } catch (IOException | UnsupportedOperationException e) { // then it is not known
      return false;
    }
  }

  /** Deletes those folders above the given files, below another, that are empty. */
  static void deleteEmptyFolders(Collection<Path> files, Path top) throws IOException {
    TreeSet<Path> folders =
        new TreeSet<>(Comparator.comparingInt(Path::getNameCount).reversed().thenComparing(p -> p));
    for (Path file : files) {
      Path folder = file.getParent();
      while (folder != null
          && folder.startsWith(top)
          && !folder.equals(top)
          && folders.add(folder)) {
        folder = folder.getParent();
      }
    }
    for (Path folder : folders) {
      BasicFileAttributes attributes = attributesOfLink(folder);
      if (attributes != null && attributes.isDirectory()) {
        try {
          Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
          log.debug("{} holds other files", folder);
        }
      }
    }
  }
}
