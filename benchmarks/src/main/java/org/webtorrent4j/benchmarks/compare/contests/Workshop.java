package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.webtorrent4j.metainfo.MetainfoBuilder;

/** The folder of a run: content to transfer, its torrent file, and what programs download. */
public final class Workshop implements AutoCloseable {
  /** Of every torrent that is transferred. */
  static final int PIECE_LENGTH = 1 << 20;

  private final Path folder;
  private final Path peers;
  private final EnumSet<Rival> rivals = EnumSet.noneOf(Rival.class);
  private int copies;

  /**
   * An empty workshop.
   *
   * @param peers where the other programs' scripts and packages are
   */
  public Workshop(Path peers) throws IOException {
    this.folder = Files.createTempDirectory("webtorrent4j-compare");
    this.peers = peers;
    for (Rival rival : Rival.values()) {
      if (rival.isInstalled(peers)) {
        rivals.add(rival);
      }
    }
  }

  /** A script of the other programs. */
  String peer(String script) {
    return peers.resolve(script).toString();
  }

  boolean has(Rival rival) {
    return rivals.contains(rival);
  }

  /** The names of the other programs that are not installed. */
  public List<String> missing() {
    return EnumSet.complementOf(rivals).stream().map(Rival::label).toList();
  }

  Path folder() {
    return folder;
  }

  /** Random content of so many MiB in the folder, the same in every run. */
  Path content(long mib) throws IOException {
    Path file = folder.resolve("content-" + mib + ".bin");
    if (Files.exists(file)) {
      return file;
    }
    byte[] chunk = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long i = 0; i < mib; i++) {
        random.nextBytes(chunk);
        out.write(chunk);
      }
    }
    return file;
  }

  /** The torrent file of that content. It names no tracker. */
  Path torrent(long mib) throws IOException {
    Path torrent = folder.resolve("content-" + mib + ".torrent");
    if (!Files.exists(torrent)) {
      MetainfoBuilder.of(content(mib))
          .pieceLength(PIECE_LENGTH)
          .trackers(List.of())
          .build()
          .write(torrent);
    }
    return torrent;
  }

  /** A new folder to download into. */
  Path newFolder() throws IOException {
    return Files.createDirectory(folder.resolve("copy-" + copies++));
  }

  /** Fails unless a folder has a copy of the content; deletes it. */
  void check(long mib, Path copies) throws IOException {
    Path copy = copies.resolve(content(mib).getFileName());
    long difference = Files.mismatch(content(mib), copy);
    if (difference >= 0) {
      throw new IOException("the copy differs at " + difference);
    }
    delete(copies);
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
