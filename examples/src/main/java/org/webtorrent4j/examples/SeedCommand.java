package org.webtorrent4j.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.TorrentState;
import org.webtorrent4j.TorrentStats;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.option.TransferOptions;
import org.webtorrent4j.examples.terminal.Console;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.storage.FileStorage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code webtorrent seed}. */
@Command(
    name = "seed",
    description = "Shares files or folders from where they are, until Ctrl-C.",
    footer = {
      "",
      "The magnet link goes to standard output, everything else to standard error.",
      "",
      "Examples:",
      "  webtorrent seed film.mp4",
      "  webtorrent seed --up 2M --tracker http://tracker.example/announce photos/",
      "  webtorrent seed --torrent linux.torrent ~/Downloads/linux.iso"
    })
final class SeedCommand implements Callable<Integer> {
  private static final Duration TICK = Duration.ofMillis(250);

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--torrent",
      paramLabel = "FILE",
      description = "Seed data that exists for this torrent file; PATH is the data or its folder.")
  private @Nullable Path torrentFile;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "A file or a folder; each becomes a torrent.")
  private List<Path> paths = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (torrentFile != null && paths.size() != 1) {
      throw Usage.wrong(spec, "--torrent goes with one PATH");
    }
    try (TorrentReport report = new TorrentReport(common.isJson(), transfer.trackers());
        Client client = Listening.at("port " + transfer.port(), transfer::openClient)) {
      client.addListener(report::onEvent);
      SeedWatch watch = new SeedWatch(report);
      for (Path path : new LinkedHashSet<>(paths.stream().map(SeedCommand::normal).toList())) {
        report.say("Hashing " + path + "…");
        if (watch.add(() -> seed(client, path, report))) {
          begin(watch.newest(), client.port());
        }
      }
      if (!watch.isOver()) {
        report.say("Seeding on port " + client.port() + "; Ctrl-C ends it. On this machine, add");
        report.say("  --peer 127.0.0.1:" + client.port() + " to the download to need no tracker.");
      }
      watch.await();
    }
    return CommandLine.ExitCode.SOFTWARE; // it ends by Ctrl-C, or if nothing is left to seed
  }

  /** The path without what says nothing; what it is called stays as the user knows it. */
  private static Path normal(Path path) {
    Path normal = path.normalize();
    return normal.toString().isEmpty() || normal.endsWith("..")
        ? path.toAbsolutePath().normalize()
        : normal;
  }

  private Torrent seed(Client client, Path path, TorrentReport report) throws Exception {
    Path torrentFile = this.torrentFile;
    return torrentFile == null
        ? client.seed(path.toAbsolutePath(), options(report))
        : seedExisting(client, torrentFile, path, report);
  }

  private SeedOptions options(TorrentReport report) {
    return SeedOptions.builder()
        .trackers(transfer.seedTrackers())
        .warnings(report::leftOut)
        .build();
  }

  private void begin(Torrent torrent, int port) {
    transfer.peers().forEach(torrent::addPeer);
    announce(torrent, port);
  }

  private Torrent seedExisting(Client client, Path file, Path data, TorrentReport report)
      throws Exception {
    Metainfo metainfo = Source.read(file);
    if (!Files.exists(data)) {
      throw new TorrentException(data + " does not exist");
    }
    AddOptions options =
        AddOptions.builder()
            .storage(FileStorage.ofContent(data))
            .readOnly(true)
            .trackers(transfer.trackers())
            .build();
    Torrent torrent = client.add(metainfo, options);
    while (torrent.state() == TorrentState.CHECKING) {
      report.show(List.of(torrent));
      Thread.sleep(TICK.toMillis());
    }
    if (torrent.failure().isPresent()) {
      throw torrent.failure().get();
    }
    TorrentStats stats = torrent.stats();
    if (stats.verifiedPieces() < stats.pieceCount()) {
      torrent.remove().get();
      throw new TorrentException(
          String.format(
              "%s has %d of the %d pieces that %s describes; 'webtorrent verify' tells of which"
                  + " files, 'webtorrent download' fetches the rest",
              data, stats.verifiedPieces(), stats.pieceCount(), file));
    }
    return torrent;
  }

  private void announce(Torrent torrent, int port) {
    if (common.isJson()) {
      JsonLine.event("seeding")
          .put("name", torrent.name())
          .put("infoHash", torrent.infoHash().toString())
          .put("length", torrent.stats().totalLength())
          .put("port", port)
          .put("magnet", torrent.magnet())
          .print();
    } else {
      Console.out(torrent.magnet());
    }
  }
}
