package org.webtorrent4j.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.webtorrent4j.file.FileNames;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;

/**
 * A folder that torrents are kept in. Turns the path elements of a metainfo into paths inside: none
 * names something above the folder. Files get safe names; one that is there already under the name
 * that the torrent really says is used as it is. Thread-safe; it keeps nothing.
 */
final class FileTree implements FilePlaces {
  private final Path directory;
  private final Optional<Path> root;

  private FileTree(Path directory, Optional<Path> root) {
    this.directory = directory.toAbsolutePath().normalize();
    this.root = root;
  }

  FileTree(Path directory) {
    this(directory, Optional.empty());
  }

  /** A place for one torrent, whose file or folder is called so, whatever its name. */
  static FileTree ofRoot(Path root) throws IOException {
    Path absolute = root.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new IOException(root + " has no folder above it");
    }
    return new FileTree(parent, Optional.of(absolute));
  }

  @Override
  public Path folder() {
    return directory;
  }

  @Override
  public List<Path> of(Info info) throws IOException {
    List<Path> paths = new ArrayList<>();
    Map<String, List<Path>> chosen = new HashMap<>(); // by the folded path, where names are odd
    boolean isOdd = info.files().stream().anyMatch(f -> info.originalPath(f.index()).isPresent());
    for (FileEntry file : info.files()) {
      Path path = resolve(file.path()); // a bad name is better known now than after half of it
      if (isOdd) {
        path = existing(info, file, chosen).orElse(path);
        chosen.computeIfAbsent(folded(path), folded -> new ArrayList<>()).add(path);
      }
      paths.add(path);
    }
    return paths;
  }

  /** The path of a file, by its elements alone; nothing on disk is looked at. */
  Path resolve(List<String> elements) throws IOException {
    Path path = root.isEmpty() ? FileNames.child(directory, elements.get(0)) : root.get();
    for (String element : elements.subList(1, elements.size())) {
      path = FileNames.child(path, element);
    }
    return path;
  }

  /** The file under the name that was not safe, if there is one and it is no other one's. */
  private Optional<Path> existing(Info info, FileEntry file, Map<String, List<Path>> chosen)
      throws IOException {
    Optional<List<byte[]>> original = info.originalPath(file.index());
    if (original.isEmpty() || file.isPadding() || directory.toString().contains("\\")) {
      return Optional.empty(); // on Windows an odd name may be a device, or several elements
    }
    try {
      Path path = root.isEmpty() ? FileNames.child(directory, original.get().get(0)) : root.get();
      for (byte[] element : original.get().subList(1, original.get().size())) {
        path = FileNames.child(path, element);
      }
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      for (Path other : chosen.getOrDefault(folded(path), List.of())) {
        if (Files.exists(other) && Files.isSameFile(path, other)) { // where case does not count
          return Optional.empty();
        }
      }
      return Optional.of(path);
    } catch (IOException e) { // not a name at all
      return Optional.empty();
    }
  }

  private static String folded(Path path) {
    return Normalizer.normalize(path.toString(), Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return root.orElse(directory).toString();
  }
}
