package org.webtorrent4j.metainfo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BencodeWriter;
import org.webtorrent4j.net.UrlKind;

/**
 * Describes a file or a folder as a v1 torrent (BEP 3). The torrent is named after the file or
 * folder, so what was described can be seeded in place from the folder that holds it. Not
 * thread-safe.
 */
public final class MetainfoBuilder {
  private static final int MIN_PIECE_LENGTH = 16 << 10;
  private static final int MAX_CHOSEN_PIECE_LENGTH = 16 << 20;
  private static final int MAX_PIECE_LENGTH = 64 << 20;

  /** So many pieces are exceeded only where pieces cannot get longer. */
  private static final int MOST_PIECES = 2048;

  private static final int HASH_LENGTH = 20;

  /** Beside the info dictionary, a torrent file has trackers and the like. */
  private static final int MAX_INFO = Info.MAX_BYTES - (1 << 20);

  private final Path path;
  private int pieceLength;
  private List<List<String>> trackers = List.of();
  private List<String> webSeeds = List.of();
  private @Nullable String comment;
  private @Nullable String createdBy = "webtorrent4j";
  private @Nullable Instant creationDate;
  private boolean isPrivate;
  private final Set<Path> excluded = new HashSet<>();
  private List<SourceFile> sources = List.of();
  private List<String> warnings = List.of();

  /** Told how far the hashing has come. Called by the hashing threads, one at a time. */
  public interface ProgressListener {
    /** So many bytes of all are hashed. */
    void onProgress(long hashedBytes, long totalBytes);
  }

  private MetainfoBuilder(Path path) {
    this.path = path;
  }

  /** Begins with a file or folder of any NIO file system. */
  public static MetainfoBuilder of(Path path) {
    return new MetainfoBuilder(path);
  }

  /** Leaves out a file, such as the torrent file that will be written into the folder. */
  public MetainfoBuilder exclude(Path file) {
    excluded.add(file.toAbsolutePath().normalize());
    return this;
  }

  /**
   * Length of a piece in bytes: a power of two from 16 KiB to 64 MiB; 0, the default, chooses one
   * by {@link #pieceLengthFor}.
   */
  public MetainfoBuilder pieceLength(int bytes) {
    this.pieceLength = bytes;
    return this;
  }

  /** Tiers of announce URLs (BEP 12), which {@link #build()} refuses if they are none. */
  public MetainfoBuilder trackers(List<List<String>> tiers) {
    this.trackers = tiers.stream().map(List::copyOf).toList();
    return this;
  }

  /** URLs of servers that have the files (BEP 19); {@link #build()} refuses what is none. */
  public MetainfoBuilder webSeeds(List<String> urls) {
    this.webSeeds = List.copyOf(urls);
    return this;
  }

  /** A text for people. */
  public MetainfoBuilder comment(String text) {
    this.comment = text;
    return this;
  }

  /** The program that made it; {@code webtorrent4j} by default. */
  public MetainfoBuilder createdBy(String program) {
    this.createdBy = program;
    return this;
  }

  /** When it was made; not told by default, so that the same content gives the same file. */
  public MetainfoBuilder creationDate(Instant date) {
    this.creationDate = date;
    return this;
  }

  /** Whether peers may come from the trackers only (BEP 27). */
  public MetainfoBuilder isPrivate(boolean value) {
    this.isPrivate = value;
    return this;
  }

  /**
   * The piece length for a total length: a power of two from 16 KiB to 16 MiB, so that there are
   * about 1000 to 2000 pieces.
   */
  public static int pieceLengthFor(long totalLength) {
    int length = MIN_PIECE_LENGTH;
    while (length < MAX_CHOSEN_PIECE_LENGTH && totalLength / length >= MOST_PIECES) {
      length *= 2;
    }
    return length;
  }

  /**
   * Checks a piece length: all programs take powers of two, some take nothing else.
   *
   * @throws MetainfoException naming the nearest ones, if it is none from 16 KiB to 64 MiB
   */
  public static void checkPieceLength(int bytes) throws MetainfoException {
    if (bytes >= MIN_PIECE_LENGTH && bytes <= MAX_PIECE_LENGTH && Integer.bitCount(bytes) == 1) {
      return;
    }
    int below =
        Integer.highestOneBit(Math.max(MIN_PIECE_LENGTH, Math.min(bytes, MAX_PIECE_LENGTH)));
    boolean isBetween = bytes > MIN_PIECE_LENGTH && bytes < MAX_PIECE_LENGTH;
    throw new MetainfoException(
        "a piece length is a power of two from 16384 to 67108864, such as "
            + (isBetween ? below + " or " + below * 2 : below)
            + ", not "
            + bytes);
  }

  /** The files that the last {@link #build} has hashed, in the order of the torrent's files. */
  public List<SourceFile> sources() {
    return sources;
  }

  /** What the last {@link #build} has left out and why, in sentences that name the file. */
  public List<String> warnings() {
    return warnings;
  }

  /** Like {@link #build(int, ProgressListener)} with a thread for each processor. */
  public Metainfo build() throws IOException {
    return build(Runtime.getRuntime().availableProcessors(), (hashed, total) -> {});
  }

  /**
   * Reads and hashes everything; waits. Symbolic links are followed; those that lead nowhere or in
   * a circle, pipes, sockets and devices are left out, which {@link #warnings} tells. Ends early if
   * the calling thread is interrupted.
   *
   * @param threads how many hash at a time, at least 1; they are ended when this returns
   * @throws IOException if a tracker or web seed cannot be one, if something cannot be read,
   *     changes meanwhile or is empty, or if the thread is interrupted; the message names it
   */
  public Metainfo build(int threads, ProgressListener listener) throws IOException {
    List<List<String>> announceTiers = announceTiers();
    List<String> webSeedUrls = new ArrayList<>();
    for (String url : webSeeds) {
      webSeedUrls.add(WebSeedUrl.parse(url));
    }
    if (pieceLength != 0) {
      checkPieceLength(pieceLength);
    }
    SourceFiles files = SourceFiles.scan(path, excluded);
    sources = files.entries().stream().map(SourceFiles.Entry::file).toList();
    warnings = files.warnings();
    int length = pieceLength > 0 ? pieceLength : pieceLengthFor(files.totalLength());
    // Whatever is wrong is found with blank hashes, before the long part.
    checkSize(files.totalLength(), length, info(files, length, new byte[0]).length);
    int pieces = (int) piecesOf(files.totalLength(), length);
    Info.parse(info(files, length, new byte[pieces * HASH_LENGTH]));
    byte[] hashes = new PieceHasher(files, length, listener).hash(threads);
    Info info = Info.parse(info(files, length, hashes));
    return new Metainfo(
        info,
        announceTiers,
        webSeedUrls,
        Optional.ofNullable(comment),
        Optional.ofNullable(createdBy),
        Optional.ofNullable(creationDate));
  }

  /** What nobody could read is not made; the next piece length that would do is named. */
  private void checkSize(long totalLength, int length, int namesLength) throws MetainfoException {
    if (fits(totalLength, length, namesLength)) {
      return;
    }
    for (int larger = Integer.highestOneBit(length) << 1;
        larger <= MAX_PIECE_LENGTH;
        larger <<= 1) {
      if (fits(totalLength, larger, namesLength)) {
        throw new MetainfoException(
            "pieces of %d bytes are too small for %s: its description would be larger than others read; pieces of %d bytes (%d KiB) fit"
                .formatted(length, path, larger, larger >> 10));
      }
    }
    throw new MetainfoException(
        "the description of %s would be larger than %d bytes: seed it in parts"
            .formatted(path, MAX_INFO));
  }

  private static boolean fits(long totalLength, int length, int namesLength) {
    long pieces = piecesOf(totalLength, length);
    return pieces <= InfoParser.MAX_PIECES && namesLength + pieces * HASH_LENGTH <= MAX_INFO;
  }

  private static long piecesOf(long totalLength, int length) {
    return (totalLength - 1) / length + 1;
  }

  private List<List<String>> announceTiers() throws MetainfoException {
    try {
      return trackers.stream().map(MetainfoBuilder::announceUrls).toList();
    } catch (IllegalArgumentException e) {
      throw new MetainfoException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<String> announceUrls(List<String> tier) {
    return tier.stream().map(url -> UrlKind.TRACKER.parse(url).toString()).toList();
  }

  private byte[] info(SourceFiles files, int length, byte[] hashes) {
    BencodeWriter out = new BencodeWriter().beginDict();
    if (files.isSingleFile()) {
      putAttributes(out, files.entries().get(0));
      out.put("length", files.totalLength());
    } else {
      out.key("files").beginList();
      for (SourceFiles.Entry file : files.entries()) {
        putAttributes(out.beginDict(), file);
        out.put("length", file.file().length()).key("path").beginList();
        file.elements().forEach(out::string);
        out.end().end();
      }
      out.end();
    }
    out.put("name", files.name()).put("piece length", length).put("pieces", hashes);
    if (isPrivate) {
      out.put("private", 1);
    }
    return out.end().toByteArray();
  }

  private static void putAttributes(BencodeWriter out, SourceFiles.Entry file) {
    if (file.file().isExecutable()) {
      out.put("attr", "x"); // BEP 47
    }
  }
}
