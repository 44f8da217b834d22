package org.webtorrent4j.metainfo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Torrent files of several programs with what is expected of them: some are resources of these
 * tests, more may lie beside the repository.
 */
final class Corpus {
  private Corpus() {}

  /** The bytes of a torrent file in the resources. */
  static byte[] resource(String name) throws IOException {
    try (var in = Corpus.class.getResourceAsStream("/corpus/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  /** A folder beside the repository, if it is there. */
  static Optional<Path> external(String folder) {
    Path here = Path.of("").toAbsolutePath();
    for (Path up = here; up != null; up = up.getParent()) {
      Path found = up.resolve("shared").resolve("corpus").resolve(folder);
      if (Files.isDirectory(found)) {
        return Optional.of(found);
      }
    }
    return Optional.ofNullable(System.getenv("WEBTORRENT4J_CORPUS"))
        .map(path -> Path.of(path).resolve(folder))
        .filter(Files::isDirectory);
  }

  /** The rows of a table, each as a map from the names in its first line. */
  static List<Map<String, String>> rows(byte[] table) {
    List<String> lines = new String(table, StandardCharsets.UTF_8).lines().toList();
    String[] names = lines.get(0).split("\t", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], i < cells.length ? cells[i] : "");
      }
      rows.add(row);
    }
    return rows;
  }
}
