package org.webtorrent4j.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.AddOptions;
import org.webtorrent4j.Client;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.metainfo.Metainfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    Path torrentFile = this.torrentFile;
    if (torrentFile != null && paths.size() != 1) {
      throw new ParameterException(spec.commandLine(), "--torrent goes with one PATH");
    }
    try (TorrentReport report = new TorrentReport(common.isJson());
        Client client = transfer.openClient()) {
      client.addListener(report::onEvent);
      List<Torrent> torrents = new ArrayList<>();
      for (Path path : paths) {
        report.say("Hashing " + path + "…");
        torrents.add(
            torrentFile == null
                ? seed(client, path)
                : seedExisting(client, torrentFile, path, report));
      }
      for (Torrent torrent : torrents) {
        transfer.peers().forEach(torrent::addPeer);
        announce(torrent, client.port());
      }
      report.say("Seeding on port " + client.port() + "; Ctrl-C ends it. On this machine, add");
      report.say("  --peer 127.0.0.1:" + client.port() + " to the download to need no tracker.");
      watch(torrents, report);
    }
    return CommandLine.ExitCode.OK;
  }

  private Torrent seed(Client client, Path path) {
    return client.seed(path, SeedOptions.builder().trackers(transfer.seedTrackers()).build());
  }

  private Torrent seedExisting(Client client, Path file, Path data, TorrentReport report)
      throws Exception {
    Metainfo metainfo = Metainfo.read(file);
    String name = metainfo.info().name();
    AddOptions options =
        AddOptions.builder()
            .directory(folderOf(data.toAbsolutePath(), name))
            .trackers(transfer.trackers())
            .build();
    Torrent torrent = client.add(metainfo, options);
    while (torrent.failure().isEmpty()
        && torrent.stats().checkedPieces() < metainfo.info().pieceCount()) {
      report.show(List.of(torrent));
      Thread.sleep(TICK.toMillis());
    }
    try {
      torrent.awaitComplete(TICK);
    } catch (TimeoutException e) {
      throw new TorrentException(
          String.format(
              "%s has %d of the %d pieces that %s describes; 'webtorrent download' fetches the rest",
              data, torrent.stats().verifiedPieces(), torrent.stats().pieceCount(), file),
          e);
    }
    return torrent;
  }

  private static Path folderOf(Path data, String name) {
    Path parent = data.getParent();
    if (parent != null && data.endsWith(name)) {
      return parent;
    }
    if (Files.exists(data.resolve(name))) {
      return data;
    }
    throw new TorrentException("the torrent is about '" + name + "', which is not at " + data);
  }

  private void announce(Torrent torrent, int port) {
    if (common.isJson()) {
      JsonLine.event("seeding")
          .put("name", torrent.name())
          .put("infoHash", torrent.infoHash().toString())
          .put("length", torrent.stats().totalLength())
          .put("port", port)
          .put("magnet", torrent.magnet())
          .printTo(System.out);
    } else {
      System.out.println(torrent.magnet());
      System.out.flush();
    }
  }

  static void watch(List<Torrent> torrents, TorrentReport report) throws InterruptedException {
    while (torrents.stream().allMatch(torrent -> torrent.failure().isEmpty())) {
      report.show(torrents);
      Thread.sleep(TICK.toMillis());
    }
    throw torrents.stream()
        .flatMap(torrent -> torrent.failure().stream())
        .findFirst()
        .orElseThrow();
  }
}
