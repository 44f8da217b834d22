package org.webtorrent4j.metainfo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/** The files that a new torrent is made of, in the byte order of their paths. Immutable. */
final class SourceFiles {
  private final String name;
  private final boolean isSingleFile;
  private final List<Entry> entries;
  private final long totalLength;

  /**
   * One file.
   *
   * @param elements of its path below the folder; empty for a single file
   * @param offset of its first byte in the torrent
   * @param modified when it was written to last, as it was found
   */
  record Entry(Path file, List<String> elements, long offset, long length, FileTime modified) {}

  private SourceFiles(Path root, boolean isSingleFile, List<Entry> found) {
    this.name = String.valueOf(root.getFileName());
    this.isSingleFile = isSingleFile;
    List<Entry> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparing(
            entry -> String.join("/", entry.elements()).getBytes(StandardCharsets.UTF_8),
            Arrays::compareUnsigned));
    List<Entry> placed = new ArrayList<>();
    long offset = 0;
    for (Entry entry : sorted) {
      placed.add(new Entry(entry.file, entry.elements, offset, entry.length, entry.modified));
      offset += entry.length;
    }
    this.entries = List.copyOf(placed);
    this.totalLength = offset;
  }

  /**
   * Looks at a file or folder.
   *
   * @throws IOException if it does not exist, cannot be read, holds a symbolic link that leads out
   *     of it, or has no bytes at all
   */
  static SourceFiles scan(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "does not exist");
    }
    Path root = path.toAbsolutePath().normalize();
    if (root.getFileName() == null) {
      throw new IOException(path + " has no name to give to the torrent");
    }
    boolean isFolder = Files.isDirectory(root);
    List<Entry> found =
        isFolder
            ? walk(root)
            : List.of(
                new Entry(root, List.of(), 0, Files.size(root), Files.getLastModifiedTime(root)));
    SourceFiles files = new SourceFiles(root, !isFolder, found);
    if (files.totalLength == 0) {
      throw new IOException(path + (isFolder ? " holds no bytes" : " is empty"));
    }
    return files;
  }

  private static List<Entry> walk(Path root) throws IOException {
    Path real = root.toRealPath();
    List<Entry> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.toRealPath().startsWith(real)) {
              throw new IOException(file + " is a symbolic link that leads out of " + root);
            }
            if (attributes.isRegularFile()) {
              List<String> elements = new ArrayList<>();
              root.relativize(file).forEach(element -> elements.add(element.toString()));
              found.add(
                  new Entry(
                      file,
                      List.copyOf(elements),
                      0,
                      attributes.size(),
                      attributes.lastModifiedTime()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  /**
   * Looks again.
   *
   * @throws IOException naming the file that is not what it was, or not at all
   */
  void checkUnchanged() throws IOException {
    for (Entry entry : entries) {
      BasicFileAttributes now = Files.readAttributes(entry.file(), BasicFileAttributes.class);
      if (now.size() != entry.length() || !now.lastModifiedTime().equals(entry.modified())) {
        throw new IOException(entry.file() + " has changed while it was hashed");
      }
    }
  }

  String name() {
    return name;
  }

  boolean isSingleFile() {
    return isSingleFile;
  }

  List<Entry> entries() {
    return entries;
  }

  long totalLength() {
    return totalLength;
  }
}
