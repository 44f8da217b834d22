package org.webtorrent4j.examples;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webtorrent create}. */
@Command(
    name = "create",
    description = "Writes a torrent file that describes a file or a folder.",
    footer = {
      "",
      "Examples:",
      "  webtorrent create film.mp4",
      "  webtorrent create photos/ -o photos.torrent --comment 'Summer 2026'"
    })
final class CreateCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The torrent file to write; NAME.torrent in the current folder by default.")
  private @Nullable Path output;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the torrent file if it exists.")
  private boolean isForced;

  @Option(
      names = "--tracker",
      paramLabel = "URL",
      description = "Name this tracker; may be repeated.")
  private List<String> trackers = new ArrayList<>();

  @Option(names = "--no-public-trackers", description = "Name only the trackers of --tracker.")
  private boolean isWithoutPublicTrackers;

  @Option(
      names = "--web-seed",
      paramLabel = "URL",
      description = "Name an HTTP server that has the content; may be repeated.")
  private List<String> webSeeds = new ArrayList<>();

  @Option(
      names = "--piece-length",
      paramLabel = "BYTES",
      defaultValue = "0",
      converter = RateConverter.class,
      description = "A power of two, for example 256Ki; chosen by the size by default.")
  private long pieceLength;

  @Option(names = "--comment", paramLabel = "TEXT", description = "A text for people.")
  private @Nullable String comment;

  @Option(
      names = "--private",
      description = "Peers may come from the trackers only; names no public tracker.")
  private boolean isPrivate;

  @Parameters(paramLabel = "PATH", description = "The file or folder to describe.")
  private Path path = Path.of("");

  @Override
  public Integer call() throws IOException {
    Path file = outputFile();
    if (!isForced && Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Metainfo metainfo;
    try (ProgressLine line = new ProgressLine()) {
      metainfo =
          builder()
              .build(
                  Runtime.getRuntime().availableProcessors(),
                  (done, total) ->
                      line.show("Hashed " + Text.bytes(done) + " of " + Text.bytes(total)));
    }
    metainfo.write(file);
    report(metainfo, file);
    return CommandLine.ExitCode.OK;
  }

  private MetainfoBuilder builder() {
    List<List<String>> tiers = new ArrayList<>();
    trackers.forEach(url -> tiers.add(List.of(url)));
    if (!isPrivate && !isWithoutPublicTrackers) {
      ClientOptions.PUBLIC_TRACKERS.forEach(url -> tiers.add(List.of(url)));
    }
    MetainfoBuilder builder =
        MetainfoBuilder.of(path)
            .trackers(tiers)
            .webSeeds(webSeeds)
            .isPrivate(isPrivate)
            .createdBy("webtorrent4j/0.1.0")
            .creationDate(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    if (pieceLength != 0) {
      builder.pieceLength(Math.toIntExact(Math.min(pieceLength, Integer.MAX_VALUE)));
    }
    if (comment != null) {
      builder.comment(comment);
    }
    return builder;
  }

  private Path outputFile() {
    if (output != null) {
      return output;
    }
    Path name = path.toAbsolutePath().normalize().getFileName();
    return Path.of((name == null ? "root" : name) + ".torrent");
  }

  private void report(Metainfo metainfo, Path file) {
    if (common.isJson()) {
      JsonLine.event("created")
          .put("file", file.toString())
          .put("infoHash", metainfo.info().infoHash().toString())
          .put("magnet", metainfo.magnet().toString())
          .printTo(System.out);
      return;
    }
    System.err.println(
        "Described "
            + Text.bytes(metainfo.info().totalLength())
            + " in "
            + Text.count(metainfo.info().pieceCount(), "piece", "pieces")
            + " of "
            + metainfo.info().pieceLength()
            + " bytes.");
    System.out.println(file);
  }
}
