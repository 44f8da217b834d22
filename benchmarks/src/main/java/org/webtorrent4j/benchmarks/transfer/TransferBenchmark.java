package org.webtorrent4j.benchmarks.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Moves a file from one process to another over the loopback address, with webtorrent4j and, where
 * it is installed, with libtorrent, in turns, and prints the speed and what both ends have used.
 *
 * <pre>
 * --mib N      length of the file, 1024 by default
 * --runs N     measured runs of each program, after one to warm up; 5 by default
 * --heap SIZE  -Xmx of both JVMs, 256m by default
 * --sparse yes a file that is nearly all hole, for lengths that memory has no room for
 * --peers DIR  where libtorrent-peer.py is; without it webtorrent4j runs alone
 * </pre>
 */
public final class TransferBenchmark {
  private static final int CHUNK = 1 << 20;

  private final Path work;
  private final Path file;
  private final Path torrent;
  private final long mib;
  private final String heap;
  private final Path peers;

  private TransferBenchmark(Path work, long mib, String heap, Path peers, boolean isSparse)
      throws IOException {
    this.work = work;
    this.file = work.resolve("content.bin");
    this.torrent = work.resolve("content.torrent");
    this.mib = mib;
    this.heap = heap;
    this.peers = peers;
    if (isSparse) {
      writeHole();
    } else {
      writeContent();
    }
  }

  /** What one transfer took; both ends together but for the memory. */
  private record Run(double seconds, double cpuSeconds, long seedRssMiB, long leechRssMiB) {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException, InterruptedException {
    long mib = Long.parseLong(option(args, "--mib", "1024"));
    int runs = Integer.parseInt(option(args, "--runs", "5"));
    Path work = Files.createTempDirectory("webtorrent4j-transfer");
    try {
      TransferBenchmark benchmark =
          new TransferBenchmark(
              work,
              mib,
              option(args, "--heap", "256m"),
              Path.of(option(args, "--peers", "")),
              option(args, "--sparse", "no").equals("yes"));
      benchmark.run(runs);
    } finally {
      delete(work);
    }
  }

  private void run(int runs) throws IOException, InterruptedException {
    boolean hasLibtorrent = Files.exists(peers.resolve("libtorrent-peer.py"));
    List<Run> ours = new ArrayList<>();
    List<Run> theirs = new ArrayList<>();
    System.out.printf("%d MiB, 1 MiB pieces, one seed, one leech, -Xmx%s%n", mib, heap);
    for (int i = 0; i <= runs; i++) {
      Run our = webtorrent4j();
      print(i == 0 ? "webtorrent4j (warm-up)" : "webtorrent4j", our);
      Run their = hasLibtorrent ? libtorrent() : null;
      if (their != null) {
        print(i == 0 ? "libtorrent (warm-up)" : "libtorrent", their);
      }
      if (i > 0) {
        ours.add(our);
        if (their != null) {
          theirs.add(their);
        }
      }
    }
    if (!ours.isEmpty()) { // without counted runs the first one was all
      summarise("webtorrent4j", ours);
    }
    if (!theirs.isEmpty()) {
      summarise("libtorrent", theirs);
      System.out.printf(
          Locale.ROOT,
          "ratio of the medians: %.2f times the speed, %.2f times the CPU%n",
          median(theirs.stream().mapToDouble(Run::seconds).toArray())
              / median(ours.stream().mapToDouble(Run::seconds).toArray()),
          median(ours.stream().mapToDouble(Run::cpuSeconds).toArray())
              / median(theirs.stream().mapToDouble(Run::cpuSeconds).toArray()));
    }
  }

  private Run webtorrent4j() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(work, "leech");
    Process seed = node("seed", file.toString(), torrent.toString());
    try (BufferedReader seedOut = reader(seed)) {
      String[] ready = expect(seedOut, "READY").split(" ", -1);
      Process leech = node("leech", torrent.toString(), directory.toString(), ready[1]);
      try (BufferedReader leechOut = reader(leech)) {
        double seconds = Double.parseDouble(expect(leechOut, "RESULT").split(" ", -1)[1]);
        String[] leechUse = expect(leechOut, "USE").split(" ", -1);
        seed.getOutputStream().close();
        String[] seedUse = expect(seedOut, "USE").split(" ", -1);
        double cpu =
            Double.parseDouble(leechUse[1])
                + Double.parseDouble(seedUse[1])
                - Double.parseDouble(ready[2]);
        check(directory);
        return new Run(seconds, cpu, Long.parseLong(seedUse[2]), Long.parseLong(leechUse[2]));
      } finally {
        leech.destroy();
        leech.waitFor();
      }
    } finally {
      seed.destroy();
      seed.waitFor();
      delete(directory);
    }
  }

  private Run libtorrent() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(work, "leech");
    Process seed = peer("seed", "--dir", work.toString());
    try (BufferedReader seedOut = reader(seed)) {
      String port = expect(seedOut, "READY").split(" ", -1)[1];
      double before = Usage.cpuSeconds(seed.pid());
      Process leech = peer("leech", "--dir", directory.toString(), "--peer", "127.0.0.1:" + port);
      try (BufferedReader leechOut = reader(leech)) {
        String result = expect(leechOut, "RESULT");
        double cpu = number(result, "cpuSeconds") + Usage.cpuSeconds(seed.pid()) - before;
        long seedRss = Usage.peakRssMiB(Long.toString(seed.pid()));
        check(directory);
        return new Run(number(result, "seconds"), cpu, seedRss, (long) number(result, "rssMB"));
      } finally {
        leech.destroy();
        leech.waitFor();
      }
    } finally {
      seed.destroy();
      seed.waitFor();
      delete(directory);
    }
  }

  private Process node(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                TransferNode.class.getName()));
    command.addAll(Arrays.asList(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private Process peer(String mode, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/python3",
                peers.resolve("libtorrent-peer.py").toString(),
                mode,
                "--torrent",
                torrent.toString()));
    command.addAll(Arrays.asList(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String expect(BufferedReader out, String word) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(word + " ")) {
        return line;
      }
      seen.append(line).append('\n');
    }
    throw new IOException("the process ended before it said " + word + ":\n" + seen);
  }

  private static double number(String json, String field) {
    int at = json.indexOf('"' + field + '"');
    return Double.parseDouble(json.substring(json.indexOf(':', at) + 1).split("[,}]", -1)[0]);
  }

  private void check(Path directory) throws IOException {
    long difference = Files.mismatch(file, directory.resolve("content.bin"));
    if (difference >= 0) {
      throw new IOException("the copy differs at " + difference);
    }
  }

  private void writeContent() throws IOException {
    byte[] chunk = new byte[CHUNK];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long i = 0; i < mib; i++) {
        random.nextBytes(chunk);
        out.write(chunk);
      }
    }
  }

  private void writeHole() throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(mib * CHUNK);
      out.seek(mib * CHUNK / 2);
      out.writeInt(1);
    }
  }

  private void print(String program, Run run) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %7.1f MB/s  %5.2f CPU s/GiB  RSS seed %4d MiB, leech %4d MiB%n",
        program,
        mib * (double) CHUNK / run.seconds / 1e6,
        run.cpuSeconds * 1024 / mib,
        run.seedRssMiB,
        run.leechRssMiB);
  }

  private void summarise(String program, List<Run> runs) {
    double[] speeds =
        runs.stream().mapToDouble(run -> mib * (double) CHUNK / run.seconds / 1e6).toArray();
    double[] cpu = runs.stream().mapToDouble(run -> run.cpuSeconds * 1024 / mib).toArray();
    System.out.printf(
        Locale.ROOT,
        "%-13s median %.1f MB/s (%.1f to %.1f), %.2f CPU s/GiB (%.2f to %.2f), n = %d%n",
        program,
        median(speeds),
        Arrays.stream(speeds).min().orElse(0),
        Arrays.stream(speeds).max().orElse(0),
        median(cpu),
        Arrays.stream(cpu).min().orElse(0),
        Arrays.stream(cpu).max().orElse(0),
        runs.size());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
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
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(path);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, IOException error)
              throws IOException {
            Files.delete(path);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
