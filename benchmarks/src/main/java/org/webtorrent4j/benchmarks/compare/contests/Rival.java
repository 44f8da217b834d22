package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that others wrote. It takes part where interop/peers/install.sh has installed it. */
enum Rival {
  LIBTORRENT("libtorrent", "libtorrent-peer.py"),
  WEBTORRENT("webtorrent for Node", "node_modules/webtorrent"),
  TRACKER("bittorrent-tracker for Node", "node_modules/bittorrent-tracker"),
  CHROMIUM("Chromium", "node_modules/playwright-core"),
  ARIA2("aria2", "/usr/bin/aria2c"),
  MKTORRENT("mktorrent", "/usr/bin/mktorrent");

  private final String label;
  private final String file;

  /** A file in the folder of the other programs, or elsewhere, without which it cannot run. */
  Rival(String label, String file) {
    this.label = label;
    this.file = file;
  }

  /** What it is called in tables. */
  String label() {
    return label;
  }

  /** Where it is, of those that are one file. */
  String path() {
    return file;
  }

  boolean isInstalled(Path peers) throws IOException {
    if (!Files.exists(peers.resolve(file))) {
      return false;
    }
    return switch (this) {
      case LIBTORRENT -> runs(Clients.PYTHON, "-c", "import libtorrent");
      case CHROMIUM -> Files.exists(Path.of("/usr/bin/chromium"));
      default -> true;
    };
  }

  private static boolean runs(String... command) throws IOException {
    if (!Files.exists(Path.of(command[0]))) {
      return false;
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return process.onExit().join().exitValue() == 0;
  }
}
