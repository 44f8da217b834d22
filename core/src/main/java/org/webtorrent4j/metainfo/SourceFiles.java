package org.webtorrent4j.metainfo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.webtorrent4j.file.FileNames;

/** The files that a new torrent is made of, in the byte order of their paths. Immutable. */
final class SourceFiles {
  private final byte[] name;
  private final boolean isSingleFile;
  private final List<Entry> entries;
  private final List<String> warnings;
  private final long totalLength;

  /**
   * One file.
   *
   * @param elements of its path below the folder, as they are on disk; empty for a single file
   * @param offset of its first byte in the torrent
   */
  record Entry(SourceFile file, List<byte[]> elements, long offset) {
    private byte[] joined() {
      ByteArrayOutputStream path = new ByteArrayOutputStream();
      for (byte[] element : elements) {
        path.writeBytes(element);
        path.write('/');
      }
      return path.toByteArray();
    }
  }

  private SourceFiles(Path root, boolean isSingleFile, List<Entry> found, List<String> warnings)
      throws IOException {
    this.name = FileNames.bytes(root);
    this.isSingleFile = isSingleFile;
    this.warnings = List.copyOf(warnings);
    List<Entry> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(Entry::joined, Arrays::compareUnsigned));
    List<Entry> placed = new ArrayList<>();
    long offset = 0;
    for (Entry entry : sorted) {
      placed.add(new Entry(entry.file, entry.elements, offset));
      offset += entry.file.length();
    }
    this.entries = List.copyOf(placed);
    this.totalLength = offset;
  }

  /**
   * Looks at a file or folder; symbolic links are followed.
   *
   * @param excluded files that are left out
   * @throws IOException if it does not exist, cannot be read or has no bytes at all
   */
  static SourceFiles scan(Path path, Set<Path> excluded) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, "does not exist");
    }
    Path root = path.toAbsolutePath().normalize();
    if (root.getFileName() == null) {
      throw new IOException(path + " has no name to give to the torrent");
    }
    SourceWalk walk = new SourceWalk(root, excluded);
    boolean isFolder = Files.isDirectory(root);
    if (isFolder) {
      walk.walk();
    } else {
      walk.add(root, Files.readAttributes(root, BasicFileAttributes.class));
    }
    SourceFiles files = new SourceFiles(root, !isFolder, walk.found(), walk.warnings());
    if (files.totalLength == 0) {
      throw new IOException(path + (isFolder ? " holds no bytes" : " is empty"));
    }
    return files;
  }

  /**
   * Looks again.
   *
   * @throws IOException naming the file that is not what it was, or not at all
   */
  void checkUnchanged() throws IOException {
    for (Entry entry : entries) {
      Path path = entry.file().path();
      if (!entry.file().is(Files.readAttributes(path, BasicFileAttributes.class))) {
        throw new IOException(path + " has changed while it was hashed");
      }
    }
  }

  /** The bytes of its name. */
  byte[] name() {
    return name;
  }

  boolean isSingleFile() {
    return isSingleFile;
  }

  List<Entry> entries() {
    return entries;
  }

  /** What was left out, and why. */
  List<String> warnings() {
    return warnings;
  }

  long totalLength() {
    return totalLength;
  }
}
