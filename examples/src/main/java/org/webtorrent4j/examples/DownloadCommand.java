package org.webtorrent4j.examples;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webtorrent download}. */
@Command(
    name = "download",
    description = "Downloads a torrent and verifies it; what is there already is used.",
    footer = {
      "",
      "The path of what was downloaded goes to standard output, everything else to",
      "standard error. Running it again continues an unfinished download.",
      "",
      "Examples:",
      "  webtorrent download 'magnet:?xt=urn:btih:...' -o ~/Downloads",
      "  webtorrent download linux.torrent --down 5M",
      "  webtorrent download https://example.org/linux.torrent"
    })
final class DownloadCommand implements Callable<Integer> {
  private static final Duration TICK = Duration.ofMillis(250);

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder to download into; the current one by default.")
  private Path directory = Path.of(".");

  @Parameters(
      paramLabel = "MAGNET|FILE|URL",
      description = "A magnet link, an info hash, a torrent file, or its URL.")
  private String source = "";

  @Override
  public Integer call() throws InterruptedException {
    long start = System.nanoTime();
    try (TorrentReport report = new TorrentReport(common.isJson());
        Client client = transfer.openClient()) {
      client.addListener(report::onEvent);
      Torrent torrent = client.add(source, options());
      await(torrent, report);
      finish(torrent, Duration.ofNanos(System.nanoTime() - start), report);
    }
    return CommandLine.ExitCode.OK;
  }

  private AddOptions options() {
    return AddOptions.builder()
        .directory(directory.toAbsolutePath().normalize())
        .trackers(transfer.trackers())
        .peers(transfer.peers())
        .build();
  }

  private static void await(Torrent torrent, TorrentReport report) throws InterruptedException {
    while (true) {
      try {
        torrent.awaitComplete(TICK);
        return;
      } catch (TimeoutException e) {
        report.show(List.of(torrent)); // not yet
      }
    }
  }

  private void finish(Torrent torrent, Duration time, TorrentReport report) {
    Path path = directory.resolve(torrent.name()).normalize();
    long length = torrent.stats().totalLength();
    if (common.isJson()) {
      JsonLine.event("downloaded")
          .put("name", torrent.name())
          .put("infoHash", torrent.infoHash().toString())
          .put("path", path.toString())
          .put("length", length)
          .put("downloaded", torrent.stats().downloaded())
          .put("milliseconds", time.toMillis())
          .printTo(System.out);
      return;
    }
    report.say(
        String.format(
            "Downloaded %s: %s, every piece verified, in %s.",
            torrent.name(), Text.bytes(length), Text.seconds(time)));
    System.out.println(path);
    System.out.flush();
  }
}
