package org.webtorrent4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.option.TransferOptions;
import org.webtorrent4j.examples.terminal.Console;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.examples.terminal.Text;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.storage.FileStorage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Option(
      names = "--overwrite",
      description = "Write over files that are there and hold something else.")
  private boolean isOverwriting;

  @Parameters(
      paramLabel = "MAGNET|FILE|URL",
      description = "A magnet link, an info hash, a torrent file, or its URL.")
  private String source = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Source torrentSource = Source.of(source, spec);
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw Usage.wrong(spec, "--output: " + directory + " is a file, not a folder");
    }
    long start = System.nanoTime();
    try (TorrentReport report = new TorrentReport(common.isJson(), transfer.trackers());
        Client client = Listening.at("port " + transfer.port(), transfer::openClient)) {
      client.addListener(report::onEvent);
      Torrent torrent = client.add(torrentSource.text(), options());
      if (!torrentSource.namesPeers() && isAlone(torrent)) {
        report.warn("it names no tracker: --tracker URL or --peer HOST:PORT says who may have it");
      }
      await(torrent, report);
      finish(torrent, Duration.ofNanos(System.nanoTime() - start), report);
    }
    return CommandLine.ExitCode.OK;
  }

  /** Whether nothing says where peers may be. */
  private boolean isAlone(Torrent torrent) {
    boolean hasTrackers = new Source(torrent.magnet()).namesTrackers();
    return !hasTrackers && transfer.peers().isEmpty();
  }

  private AddOptions options() {
    return AddOptions.builder()
        .directory(directory.toAbsolutePath().normalize())
        .trackers(transfer.trackers())
        .peers(transfer.peers())
        .overwrite(isOverwriting)
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

  private void finish(Torrent torrent, Duration time, TorrentReport report) throws IOException {
    Path path = pathOf(torrent.metainfo().orElseThrow().info());
    long length = torrent.stats().totalLength();
    if (common.isJson()) {
      JsonLine.event("downloaded")
          .put("name", torrent.name())
          .put("infoHash", torrent.infoHash().toString())
          .put("path", path.toString())
          .put("length", length)
          .put("downloaded", torrent.stats().downloaded())
          .put("milliseconds", time.toMillis())
          .print();
      return;
    }
    report.say(
        String.format(
            "Downloaded %s: %s, every piece verified, in %s.",
            torrent.name(), Text.bytes(length), Text.seconds(time)));
    Console.out(path.toString());
  }

  /** The file or folder as it is called on disk, where its name may be in no alphabet of Java's. */
  private Path pathOf(Info info) throws IOException {
    FileEntry file =
        info.files().stream().filter(entry -> !entry.isPadding()).findFirst().orElseThrow();
    Path path = FileStorage.at(directory).paths(info).get(file.index());
    for (int i = 1; i < file.path().size() && path.getParent() != null; i++) {
      path = path.getParent();
    }
    Path name = path.getFileName();
    return (name == null ? directory : directory.resolve(name)).normalize();
  }
}
