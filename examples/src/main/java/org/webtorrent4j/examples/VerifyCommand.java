package org.webtorrent4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.terminal.Console;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.examples.terminal.ProgressLine;
import org.webtorrent4j.examples.terminal.ProgressText;
import org.webtorrent4j.examples.terminal.Text;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.storage.FileStorage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code webtorrent verify}. */
@Command(
    name = "verify",
    description = "Compares files with what a torrent says about them; changes nothing.",
    footer = {
      "",
      "A line for each file: ok, missing, damaged, shorter, longer, unreadable or no file.",
      "The exit code is 0 if all are ok, else 1.",
      "",
      "Example:",
      "  webtorrent verify linux.torrent ~/Downloads/linux.iso"
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "A torrent file.")
  private Path torrentFile = Path.of("");

  @Parameters(index = "1", paramLabel = "PATH", description = "The data, or the folder it is in.")
  private Path path = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Info info = Source.read(torrentFile).info();
    if (!info.isV1()) {
      throw new TorrentException(info.name() + " has v2 pieces only, which are not supported yet");
    }
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    try (Verifier verifier = new Verifier(info, FileStorage.ofContent(path).paths(info))) {
      BitSet verified;
      try (ProgressLine line = new ProgressLine()) {
        verified = verifier.verify(done -> line.show(progress(info, done)));
      }
      List<FileVerdict> verdicts = verifier.verdicts(verified);
      verdicts.forEach(this::tell);
      long well = verdicts.stream().filter(FileVerdict::isOk).count();
      conclude(info, verified.cardinality(), well, verdicts.size());
      boolean isWell = well == verdicts.size() && verified.cardinality() == info.pieceCount();
      return isWell ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static ProgressText progress(Info info, long pieces) {
    long hashed = Math.min(info.totalLength(), pieces * info.pieceLength());
    return new ProgressText(
        info.name(),
        List.of("verified " + Text.bytes(hashed), "of " + Text.bytes(info.totalLength())));
  }

  private void tell(FileVerdict verdict) {
    String file = verdict.file().pathText();
    if (common.isJson()) {
      JsonLine.event("file")
          .put("path", file)
          .put("status", verdict.status())
          .put("length", verdict.length())
          .put("expectedLength", verdict.file().length())
          .put("verifiedPieces", verdict.verified())
          .put("pieces", verdict.pieces())
          .print();
    } else {
      String detail = verdict.detail().isEmpty() ? "" : "  (" + verdict.detail() + ")";
      Console.out("%-11s%s%s".formatted(verdict.status(), file, detail));
    }
  }

  private void conclude(Info info, int pieces, long well, int files) {
    if (common.isJson()) {
      JsonLine.event("verified")
          .put("infoHash", info.infoHash().toString())
          .put("ok", well == files && pieces == info.pieceCount())
          .put("files", files)
          .put("okFiles", well)
          .put("pieces", info.pieceCount())
          .put("verifiedPieces", pieces)
          .print();
    } else {
      Console.err(
          "%d of %s and %d of %s are as the torrent says."
              .formatted(
                  well,
                  Text.count(files, "file", "files"),
                  pieces,
                  Text.count(info.pieceCount(), "piece", "pieces")));
    }
  }
}
