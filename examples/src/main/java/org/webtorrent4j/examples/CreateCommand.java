package org.webtorrent4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.option.PieceLengthConverter;
import org.webtorrent4j.examples.option.TrackerConverter;
import org.webtorrent4j.examples.option.WebSeedConverter;
import org.webtorrent4j.examples.terminal.Console;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.examples.terminal.ProgressLine;
import org.webtorrent4j.examples.terminal.ProgressText;
import org.webtorrent4j.examples.terminal.Text;
import org.webtorrent4j.metainfo.Metainfo;
import org.webtorrent4j.metainfo.MetainfoBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The torrent file to write, - for standard output; NAME.torrent in the current folder by"
              + " default.")
  private @Nullable Path output;

  @Option(
      names = {"-f", "--force"},
      description = "Replace the torrent file if it exists.")
  private boolean isForced;

  @Option(
      names = "--tracker",
      paramLabel = "URL",
      converter = TrackerConverter.class,
      description = "Name this tracker; may be repeated.")
  private List<String> trackers = new ArrayList<>();

  @Option(names = "--no-public-trackers", description = "Name only the trackers of --tracker.")
  private boolean isWithoutPublicTrackers;

  @Option(
      names = "--web-seed",
      paramLabel = "URL",
      converter = WebSeedConverter.class,
      description = "Name an HTTP server that has the content; may be repeated.")
  private List<String> webSeeds = new ArrayList<>();

  @Option(
      names = "--piece-length",
      paramLabel = "BYTES",
      converter = PieceLengthConverter.class,
      description =
          "A power of two from 16Ki to 64Mi, for example 256Ki; chosen by the size by default.")
  private int pieceLength;

  @Option(names = "--comment", paramLabel = "TEXT", description = "A text for people.")
  private @Nullable String comment;

  @Option(
      names = "--private",
      description = "Peers may come from the trackers only; names no public tracker.")
  private boolean isPrivate;

  @Parameters(paramLabel = "PATH", description = "The file or folder to describe.")
  private Path path = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (output != null && output.equals(STANDARD_OUTPUT)) {
      if (common.isJson()) {
        throw Usage.wrong(spec, "--json and '--output -' both write to standard output");
      }
      byte[] torrent = describe(builder()).toBytes();
      System.out.write(torrent, 0, torrent.length);
      System.out.flush();
      return CommandLine.ExitCode.OK;
    }
    Path file = outputFile();
    if (Files.exists(path) && Files.exists(file) && Files.isSameFile(path, file)) {
      throw Usage.wrong(spec, "--output: " + file + " is what is to be described");
    }
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    try (TorrentOutput out = TorrentOutput.open(file, isForced)) {
      Metainfo metainfo = describe(out.excludeFrom(builder()));
      out.write(metainfo.toBytes());
      report(metainfo, file);
    }
    return CommandLine.ExitCode.OK;
  }

  private Metainfo describe(MetainfoBuilder builder) throws IOException {
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    Metainfo metainfo;
    try (ProgressLine line = new ProgressLine()) {
      metainfo =
          builder.build(
              Runtime.getRuntime().availableProcessors(),
              (done, total) -> line.show(hashed(name, done, total)));
    }
    builder.warnings().forEach(this::warn);
    return metainfo;
  }

  private void warn(String text) {
    if (common.isJson()) {
      JsonLine.event("warning").put("message", text).print();
    } else {
      Console.complain(text);
    }
  }

  private static ProgressText hashed(String name, long done, long total) {
    return new ProgressText(name, List.of("hashed " + Text.bytes(done), "of " + Text.bytes(total)));
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
      builder.pieceLength(pieceLength);
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
          .print();
      return;
    }
    Console.err(
        "Described "
            + Text.bytes(metainfo.info().totalLength())
            + " in "
            + Text.count(metainfo.info().pieceCount(), "piece", "pieces")
            + " of "
            + metainfo.info().pieceLength()
            + " bytes.");
    Console.out(file.toString());
  }
}
