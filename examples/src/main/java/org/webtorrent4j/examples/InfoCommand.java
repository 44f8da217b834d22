package org.webtorrent4j.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.terminal.Console;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.examples.terminal.Text;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.MagnetUri;
import org.webtorrent4j.metainfo.Metainfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code webtorrent info}. */
@Command(
    name = "info",
    description = "Shows what a torrent file or a magnet link says; asks nobody.",
    footer = {"", "Example:", "  webtorrent info linux.torrent"})
final class InfoCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "FILE|MAGNET",
      description = "A torrent file, a magnet link or an info hash.")
  private String source = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Source named = Source.of(source, spec);
    if (named.isUrl()) {
      throw Usage.wrong(spec, "info asks nobody: 'webtorrent download' takes the URL " + source);
    }
    Optional<MagnetUri> magnet = named.magnet();
    if (magnet.isPresent()) {
      show(magnet.get());
    } else {
      show(named.metainfo());
    }
    return CommandLine.ExitCode.OK;
  }

  private void show(Metainfo metainfo) {
    Info info = metainfo.info();
    List<FileEntry> files = info.files().stream().filter(file -> !file.isPadding()).toList();
    List<String> trackers = metainfo.trackers().stream().flatMap(List::stream).toList();
    if (common.isJson()) {
      JsonLine.event("torrent")
          .put("name", info.name())
          .put("infoHash", info.infoHash().toString())
          .put("length", info.totalLength())
          .put("pieceLength", info.pieceLength())
          .put("pieceCount", info.pieceCount())
          .put("private", info.isPrivate())
          .putObjects(
              "files",
              files.stream()
                  .map(
                      file ->
                          new JsonLine().put("path", file.pathText()).put("length", file.length()))
                  .toList())
          .putStrings("trackers", trackers)
          .putStrings("webSeeds", metainfo.webSeeds())
          .put("magnet", metainfo.magnet().toString())
          .print();
      return;
    }
    row("name", info.name());
    row("info hash", info.infoHash().toString());
    info.infoHashV2().ifPresent(hash -> row("info hash v2", hash.toString()));
    row("length", Text.bytes(info.totalLength()) + " (" + info.totalLength() + " bytes)");
    row("pieces", info.pieceCount() + " of " + info.pieceLength() + " bytes");
    if (info.isPrivate()) {
      row("private", "peers come from its trackers only");
    }
    metainfo.comment().ifPresent(text -> row("comment", text));
    metainfo.createdBy().ifPresent(text -> row("created by", text));
    metainfo.creationDate().ifPresent(date -> row("created", date.toString()));
    trackers.forEach(url -> row("tracker", url));
    metainfo.webSeeds().forEach(url -> row("web seed", url));
    row("magnet", metainfo.magnet().toString());
    for (FileEntry file : files) {
      Console.out("%14d  %s".formatted(file.length(), file.pathText()));
    }
  }

  private void show(MagnetUri magnet) {
    if (common.isJson()) {
      JsonLine.event("magnet")
          .put("infoHash", magnet.infoHash().or(magnet::infoHashV2).orElseThrow().toString())
          .put("name", magnet.displayName().orElse(""))
          .putStrings("trackers", magnet.trackers())
          .putStrings("peers", magnet.peers().stream().map(InfoCommand::text).toList())
          .print();
      return;
    }
    magnet.infoHash().ifPresent(hash -> row("info hash", hash.toString()));
    magnet.infoHashV2().ifPresent(hash -> row("info hash v2", hash.toString()));
    magnet.displayName().ifPresent(name -> row("name", name));
    magnet.trackers().forEach(url -> row("tracker", url));
    magnet.peers().forEach(peer -> row("peer", text(peer)));
  }

  private static String text(InetSocketAddress peer) {
    return peer.getHostString() + ":" + peer.getPort();
  }

  private static void row(String name, String value) {
    Console.out("%-14s%s".formatted(name, value));
  }
}
