package org.webtorrent4j.metainfo;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A checked info dictionary. Two of them are equal if their bytes are. Immutable.
 *
 * <p>Names and paths are safe to use on this system: no element is empty, {@code ..} or holds a
 * separator, and no two files share a path, also where case does not count. Nothing of that touches
 * the bytes, which are kept as they were given.
 */
public final class Info {
  /** The longest that is read, made, or fetched from peers; torrent files are no longer either. */
  public static final int MAX_BYTES = 64 << 20;

  private static final int SHA1_LENGTH = 20;

  private final byte[] raw;
  private final InfoHash infoHash;
  private final Optional<InfoHash> infoHashV2;
  private final boolean isV1;
  private final boolean isPrivate;
  private final boolean isSingleFile;
  private final String name;
  private final List<FileEntry> files;
  private final Map<Integer, List<byte[]>> originals;
  private final long totalLength;
  private final int pieceLength;
  private final int pieceCount;
  private final int piecesOffset;

  /** Takes over the parsed bytes. */
  Info(InfoParser parsed) {
    this.raw = parsed.raw;
    this.infoHash = parsed.hash();
    this.infoHashV2 = parsed.hashV2();
    this.isV1 = parsed.isV1;
    this.isPrivate = parsed.isPrivate;
    this.isSingleFile = parsed.isSingleFile;
    this.name = parsed.name;
    this.files = parsed.files;
    this.originals = Map.copyOf(parsed.originals);
    this.totalLength = parsed.totalLength;
    this.pieceLength = parsed.pieceLength;
    this.pieceCount = parsed.pieceCount;
    this.piecesOffset = parsed.piecesOffset;
  }

  /**
   * Reads and checks the bytes of an info dictionary.
   *
   * @throws MetainfoException if it is not valid; the message names the fault
   */
  public static Info parse(byte[] bytes) throws MetainfoException {
    return new Info(new InfoParser(bytes.clone(), SafePaths.ofThisSystem()));
  }

  /** The bytes of the dictionary as they were given; a copy. */
  public byte[] bytes() {
    return raw.clone();
  }

  /** The bytes of the dictionary as they were given; a read-only view. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(raw).asReadOnlyBuffer();
  }

  /** SHA-1 of the bytes if the torrent has v1 pieces, else their SHA-256. */
  public InfoHash infoHash() {
    return infoHash;
  }

  /** SHA-256 of the bytes if the torrent has a v2 file tree (BEP 52). */
  public Optional<InfoHash> infoHashV2() {
    return infoHashV2;
  }

  /** Whether it has v1 pieces, which is what transfers need. */
  public boolean isV1() {
    return isV1;
  }

  /** A safe name for the file or folder. */
  public String name() {
    return name;
  }

  /** Whether peers may come from its trackers only (BEP 27). */
  public boolean isPrivate() {
    return isPrivate;
  }

  /** Whether it describes one file and no folder. */
  public boolean isSingleFile() {
    return isSingleFile;
  }

  /**
   * All files in their order, padding files included: those of the v1 list, or of the v2 tree if
   * there is no list.
   */
  public List<FileEntry> files() {
    return files;
  }

  /**
   * The path of a file as it is written, the torrent's name first, if that is not its safe path:
   * what other programs stored may have these names. They are from outside: any bytes, also those
   * of {@code ..}.
   *
   * @param file index of the file
   * @return new arrays; empty if nothing had to be changed
   */
  public Optional<List<byte[]>> originalPath(int file) {
    return Optional.ofNullable(originals.get(file))
        .map(elements -> elements.stream().map(byte[]::clone).toList());
  }

  /** Length of all files, padding included, in bytes. */
  public long totalLength() {
    return totalLength;
  }

  /** Length of every piece but the last in bytes. */
  public int pieceLength() {
    return pieceLength;
  }

  /** How many pieces there are; without v1 pieces every file begins a new one. */
  public int pieceCount() {
    return pieceCount;
  }

  /**
   * SHA-1 of a v1 piece: a new array of 20 bytes.
   *
   * @throws IllegalStateException if there are no v1 pieces
   */
  public byte[] pieceHash(int piece) {
    int begin = hashOffset(piece);
    return Arrays.copyOfRange(raw, begin, begin + SHA1_LENGTH);
  }

  /**
   * Whether a v1 piece has this SHA-1.
   *
   * @throws IllegalStateException if there are no v1 pieces
   */
  public boolean matches(int piece, byte[] sha1) {
    int begin = hashOffset(piece);
    return Arrays.equals(raw, begin, begin + SHA1_LENGTH, sha1, 0, sha1.length);
  }

  private int hashOffset(int piece) {
    if (!isV1) {
      throw new IllegalStateException("no v1 pieces");
    }
    return piecesOffset + Objects.checkIndex(piece, pieceCount) * SHA1_LENGTH;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Info that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return infoHash.hashCode();
  }

  /** The name and the info hash. */
  @Override
  public String toString() {
    return name + " (" + infoHash + ")";
  }
}
