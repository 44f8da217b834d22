package org.webtorrent4j.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes, compares and deletes the folders of the demonstration. */
final class DemoFolder {
  private DemoFolder() {}

  /** Writes about {@code size} bytes: large and small files, a tiny and an empty one. */
  static Path create(Path folder, long size) throws IOException {
    Random random = new Random(42); // the same content, hence the same magnet, in every run
    write(folder.resolve("film.bin"), size * 3 / 4, random);
    write(folder.resolve("photos/one.bin"), size / 8, random);
    write(folder.resolve("photos/two.bin"), size / 8, random);
    write(folder.resolve("readme.txt"), 1, random);
    write(folder.resolve("empty.txt"), 0, random);
    return folder;
  }

  private static void write(Path file, long length, Random random) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    byte[] chunk = new byte[64 << 10];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = length; left > 0; left -= chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(left, chunk.length));
      }
    }
  }

  static long length(Path folder) throws IOException {
    long length = 0;
    for (String file : files(folder)) {
      length += Files.size(folder.resolve(file));
    }
    return length;
  }

  /** The files that only one folder has or that differ; empty if the folders are the same. */
  static List<String> compare(Path expected, Path actual) throws IOException {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(files(expected));
    names.addAll(files(actual));
    for (String name : names) {
      Path left = expected.resolve(name);
      Path right = actual.resolve(name);
      if (!Files.exists(left) || !Files.exists(right) || Files.mismatch(left, right) >= 0) {
        differences.add(name);
      }
    }
    return differences;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
