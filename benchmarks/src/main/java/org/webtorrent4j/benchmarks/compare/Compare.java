package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.webtorrent4j.tracker.server.TrackerServer;

/**
 * Compares webtorrent4j with others over WebRTC.
 *
 * <pre>
 * --mib N      how much is transferred, 256 by default
 * --runs N     how often each program runs after one to warm up, 5 by default
 * --peers DIR  where interop/peers/install.sh installed the other programs
 * --only WORD  contests whose name has this word
 * </pre>
 */
public final class Compare {
  private static final int WIRES = 10;

  private final Path work;
  private final Path peers;
  private final long mib;
  private final Path file;
  private final Path torrent;
  private int copies;

  private Compare(Path work, Path peers, long mib) throws IOException {
    this.work = work;
    this.peers = peers;
    this.mib = mib;
    this.file = work.resolve("content.bin");
    this.torrent = work.resolve("content.torrent");
    byte[] chunk = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long i = 0; i < mib; i++) {
        random.nextBytes(chunk);
        out.write(chunk);
      }
    }
  }

  /** Runs the contests. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int runs = Integer.parseInt(option(args, "--runs", "5"));
    Path work = Files.createTempDirectory("webtorrent4j-compare");
    try {
      Compare compare =
          new Compare(
              work,
              Path.of(option(args, "--peers", "")),
              Long.parseLong(option(args, "--mib", "256")));
      String only = option(args, "--only", "");
      for (Contest contest : compare.contests()) {
        if (contest.name().contains(only)) {
          contest.run(runs);
        }
      }
    } finally {
      delete(work);
    }
  }

  private List<Contest> contests() {
    boolean hasPeers = Files.exists(peers.resolve("node_modules/webtorrent"));
    List<Contender> jvms = new ArrayList<>();
    jvms.add(Contender.of("webtorrent4j", this::javaToJava));
    jvms.add(Contender.of("bare webrtc-java", this::rawLoop));
    List<Contender> browsers = new ArrayList<>();
    browsers.add(Contender.of("webtorrent4j to Chromium", this::javaToChromium));
    List<Contender> wires = new ArrayList<>();
    wires.add(Contender.of("webtorrent4j", this::firstWire));
    if (hasPeers) {
      jvms.add(Contender.of("webtorrent for Node", this::nodeToNode));
      browsers.add(Contender.of("webtorrent for Node to Chromium", this::nodeToChromium));
      wires.add(Contender.of("webtorrent for Node", this::firstWireOfNode));
    }
    return List.of(
        new Contest("webrtc: " + mib + " MiB from one process to another", jvms),
        new Contest(
            "browser: " + mib + " MiB to headless Chromium; CPU of the seed alone", browsers),
        new Contest("wire: from adding a magnet link to the first peer, warm", wires));
  }

  private Sample javaToJava() throws IOException {
    Path copy = newCopy();
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = seed(tracker)) {
      double before = seed.cpuSeconds();
      try (Program leech = Program.java(Node.class, "leech", torrent.toString(), copy.toString())) {
        double seconds = Double.parseDouble(leech.expect("RESULT"));
        check(copy.resolve("content.bin"));
        return sample(seconds, leech.cpuSeconds() + seed.cpuSeconds() - before);
      }
    }
  }

  private Sample rawLoop() throws IOException {
    try (Program raw = Program.java(RawLoop.class, Long.toString(mib))) {
      return sample(Double.parseDouble(raw.expect("RESULT")), raw.cpuSeconds());
    }
  }

  private Sample nodeToNode() throws IOException {
    Path copy = newCopy();
    try (TrackerServer tracker = TrackerServer.start(0)) {
      describe(tracker);
      try (Program seed = node("webtorrent.mjs", "seed", work, tracker)) {
        seed.expect("READY");
        double before = seed.cpuSeconds();
        try (Program leech = node("webtorrent.mjs", "leech", copy, tracker)) {
          double seconds = Program.number(leech.expect("RESULT"), "seconds");
          check(copy.resolve("content.bin"));
          return sample(seconds, leech.cpuSeconds() + seed.cpuSeconds() - before);
        }
      }
    }
  }

  private Sample javaToChromium() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = seed(tracker)) {
      double before = seed.cpuSeconds();
      try (Program browser = node("browser.mjs", "leech", work, tracker)) {
        return sample(
            Program.number(browser.expect("RESULT"), "seconds"), seed.cpuSeconds() - before);
      }
    }
  }

  private Sample nodeToChromium() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0)) {
      describe(tracker);
      try (Program seed = node("webtorrent.mjs", "seed", work, tracker)) {
        seed.expect("READY");
        double before = seed.cpuSeconds();
        try (Program browser = node("browser.mjs", "leech", work, tracker)) {
          return sample(
              Program.number(browser.expect("RESULT"), "seconds"), seed.cpuSeconds() - before);
        }
      }
    }
  }

  /** The last of several in one process, so that it is warm. */
  private Sample firstWire() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed =
            Program.java(
                Node.class, "seed", file.toString(), torrent.toString(), tracker.webSocketUrl())) {
      String magnet = seed.expect("READY");
      try (Program leech =
          Program.java(Node.class, "wire", magnet, newCopy().toString(), Integer.toString(WIRES))) {
        double last = 0;
        for (int i = 0; i < WIRES; i++) {
          last = Double.parseDouble(leech.expect("RESULT"));
        }
        return Sample.time(last);
      }
    }
  }

  private Sample firstWireOfNode() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0)) {
      describe(tracker);
      try (Program seed = node("webtorrent.mjs", "seed", work, tracker)) {
        seed.expect("READY");
        try (Program leech = node("webtorrent.mjs", "leech", newCopy(), tracker)) {
          String[] wire = leech.expect("WIRE").split(" ", -1);
          return Sample.time(Double.parseDouble(wire[1]) / 1000);
        }
      }
    }
  }

  private Program seed(TrackerServer tracker) throws IOException {
    Program seed =
        Program.java(
            Node.class, "seed", file.toString(), torrent.toString(), tracker.webSocketUrl());
    seed.expect("READY");
    return seed;
  }

  /** Writes the torrent file for programs that need it. */
  private void describe(TrackerServer tracker) throws IOException {
    seed(tracker).close();
  }

  private Program node(String script, String mode, Path directory, TrackerServer tracker)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                peers.resolve(script).toString(),
                mode,
                "--torrent",
                torrent.toString(),
                "--announce",
                tracker.webSocketUrl(),
                "--timeout",
                "300"));
    if (script.startsWith("webtorrent")) {
      command.addAll(List.of("--dir", directory.toString()));
    }
    return Program.start(command.toArray(String[]::new));
  }

  private Sample sample(double seconds, double cpuSeconds) {
    return new Sample(seconds, mib << 20, cpuSeconds);
  }

  private Path newCopy() throws IOException {
    return Files.createDirectory(work.resolve("copy-" + copies++));
  }

  private void check(Path copy) throws IOException {
    long difference = Files.mismatch(file, copy);
    if (difference >= 0) {
      throw new IOException("the copy differs at " + difference);
    }
    Files.delete(copy);
  }

  private static String option(String[] args, String name, String otherwise) {
    for (int i = 0; i < args.length - 1; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return otherwise;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
