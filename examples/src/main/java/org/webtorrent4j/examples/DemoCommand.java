package org.webtorrent4j.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.TorrentFile;
import org.webtorrent4j.tracker.server.TrackerServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code webtorrent demo}: the whole way of a folder from one client to another. */
@Command(
    name = "demo",
    description =
        "Shows it all on this machine alone: starts a tracker, seeds a folder, downloads it by its"
            + " magnet link into another, and compares every byte.")
final class DemoCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      defaultValue = "64M",
      converter = RateConverter.class,
      description = "How much to transfer; 64M by default.")
  private long size;

  private final PrintStream out = System.out;
  private long start;
  private int step;

  @Override
  public Integer call() throws IOException, InterruptedException, TimeoutException {
    Path folder = Files.createTempDirectory("webtorrent-demo-");
    start = System.nanoTime();
    try {
      run(folder);
    } finally {
      DemoFolder.delete(folder);
    }
    return CommandLine.ExitCode.OK;
  }

  private void run(Path folder) throws IOException, InterruptedException, TimeoutException {
    Path content = DemoFolder.create(folder.resolve("seed").resolve("demo"), size);
    say("Made a folder of " + Text.bytes(DemoFolder.length(content)) + " in " + content + ".");
    try (TrackerServer tracker = TrackerServer.start(0)) {
      String url = "http://127.0.0.1:" + tracker.port() + "/announce";
      say("Started a tracker at " + url);
      try (Client seeder = client(folder.resolve("seed"));
          Client leecher = client(folder.resolve("download"))) {
        Torrent seed = seeder.seed(content, SeedOptions.builder().trackers(List.of(url)).build());
        say("Hashed and seeding: " + seed.magnet());
        download(leecher, seed.magnet());
      }
    }
    List<String> differences = DemoFolder.compare(content, folder.resolve("download/demo"));
    if (!differences.isEmpty()) {
      throw new TorrentException("the copy differs: " + String.join(", ", differences));
    }
    say("Compared every byte: the copy is the same.");
    done();
  }

  private void download(Client leecher, String magnet)
      throws InterruptedException, TimeoutException {
    long begin = System.nanoTime();
    Torrent copy = leecher.add(magnet);
    copy.awaitMetadata(TIMEOUT);
    say(
        "The other client found the seed and got the description: "
            + Text.count(copy.files().size(), "file", "files")
            + ".");
    copy.awaitComplete(TIMEOUT);
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    long length = copy.files().stream().mapToLong(TorrentFile::length).sum();
    String rate = Text.rate(Math.round(length * 1e9 / Math.max(1, time.toNanos())));
    say(
        "Downloaded and verified "
            + Text.bytes(length)
            + " in "
            + Text.seconds(time)
            + " ("
            + rate
            + ").");
  }

  private static Client client(Path folder) {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .directory(folder)
            .build());
  }

  private void say(String text) {
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    step++;
    if (common.isJson()) {
      JsonLine.event("step")
          .put("step", step)
          .put("milliseconds", time.toMillis())
          .put("text", text)
          .printTo(out);
    } else {
      out.printf("%6s  %d. %s%n", Text.seconds(time), step, text);
      out.flush();
    }
  }

  private void done() {
    if (!common.isJson()) {
      out.println("        It works. Now try: webtorrent seed PATH");
    }
  }
}
