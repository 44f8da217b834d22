package org.webtorrent4j.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.Client;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentEvent;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.TorrentFile;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.option.RateConverter;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.examples.terminal.Text;
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
            + " magnet link over TCP and over WebRTC, and compares every byte.")
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
    Optional<String> noWebRtc = SelfTest.webRtcProblem();
    try (TrackerServer tracker = TrackerServer.start(0);
        Client seeder =
            noWebRtc.isPresent()
                ? SelfTest.client(folder.resolve("seed"), SelfTest.tcp())
                : SelfTest.client(folder.resolve("seed"), SelfTest.tcp(), SelfTest.webRtc())) {
      List<String> urls = List.of(tracker.announceUrl(), tracker.webSocketUrl());
      say("Started a tracker at " + String.join(" and ", urls));
      Torrent seed = seeder.seed(content, SeedOptions.builder().trackers(urls).build());
      say("Hashed and seeding: " + seed.magnet());
      try (Client classic = SelfTest.client(folder.resolve("tcp"), SelfTest.tcp())) {
        download(classic, seed.magnet(), "A classic client");
      }
      compare(content, folder.resolve("tcp/demo"));
      if (noWebRtc.isPresent()) {
        say("Left WebRTC out: " + noWebRtc.get());
      } else {
        try (Client likeABrowser = SelfTest.client(folder.resolve("webrtc"), SelfTest.webRtc())) {
          download(likeABrowser, seed.magnet(), "A client with WebRTC only, like a browser,");
        }
        compare(content, folder.resolve("webrtc/demo"));
      }
    }
    done();
  }

  private void compare(Path content, Path copy) throws IOException {
    List<String> differences = DemoFolder.compare(content, copy);
    if (!differences.isEmpty()) {
      throw new TorrentException("the copy differs: " + String.join(", ", differences));
    }
    say("Compared every byte: the copy is the same.");
  }

  private void download(Client leecher, String magnet, String who)
      throws InterruptedException, TimeoutException {
    long begin = System.nanoTime();
    Torrent copy = leecher.add(magnet);
    Set<String> transports = new ConcurrentSkipListSet<>();
    copy.addListener(
        event -> {
          if (event instanceof TorrentEvent.PeerConnected peer) {
            transports.add(peer.transport());
          }
        });
    copy.awaitMetadata(TIMEOUT);
    say(
        who
            + " found the seed and got the description: "
            + Text.count(copy.files().size(), "file", "files")
            + ".");
    copy.awaitComplete(TIMEOUT);
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    long length = copy.files().stream().mapToLong(TorrentFile::length).sum();
    String rate = Text.rate(Math.round(length * 1e9 / Math.max(1, time.toNanos())));
    say(
        "Downloaded and verified "
            + Text.bytes(length)
            + " over "
            + String.join(" and ", transports)
            + " in "
            + Text.seconds(time)
            + " ("
            + rate
            + ").");
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
      out.println("        It works. Now try: webtorrent share PATH");
    }
  }
}
