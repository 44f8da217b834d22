package org.webtorrent4j.metainfo;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.webtorrent4j.file.FileFaults;
import org.webtorrent4j.file.FileNames;

/**
 * Collects the files below a folder, where its owner's symbolic links lead too. What cannot be part
 * of a torrent is left out with a word; what cannot be read ends the walk, since a torrent without
 * it would silently be another one.
 */
final class SourceWalk extends SimpleFileVisitor<Path> {
  private final Path root;
  private final Set<Path> excluded;
  private final List<SourceFiles.Entry> found = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  SourceWalk(Path root, Set<Path> excluded) {
    this.root = root;
    this.excluded = excluded;
  }

  void walk() throws IOException {
    Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
  }

  List<SourceFiles.Entry> found() {
    return found;
  }

  List<String> warnings() {
    return warnings;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (excluded.contains(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (attributes.isRegularFile()) {
      add(file, attributes);
    } else if (attributes.isSymbolicLink()) { // which is followed where it leads somewhere
      warnings.add(file + " is a symbolic link that leads nowhere: left out");
    } else {
      warnings.add(file + " is a pipe, a socket or a device: left out");
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
    if (cause instanceof FileSystemLoopException) {
      warnings.add(file + " is a symbolic link to a folder that it is in: left out");
      return FileVisitResult.CONTINUE;
    }
    throw new IOException(file + ": " + FileFaults.reason(file, cause), cause);
  }

  void add(Path file, BasicFileAttributes attributes) throws IOException {
    List<byte[]> elements = new ArrayList<>();
    for (Path above = file; !above.equals(root); above = parent(above)) {
      elements.add(0, FileNames.bytes(above));
    }
    SourceFile source = SourceFile.of(file, attributes, isExecutable(file));
    found.add(new SourceFiles.Entry(source, List.copyOf(elements), 0));
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException(path + " is not where it was found");
    }
    return parent;
  }

  private static boolean isExecutable(Path file) throws IOException {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class)
          .permissions()
          .contains(PosixFilePermission.OWNER_EXECUTE);
    } catch (UnsupportedOperationException e) { // no such thing here, as on Windows
      return false;
    }
  }
}
