package org.webtorrent4j.metainfo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BString;
import org.webtorrent4j.bencode.BencodeException;
import org.webtorrent4j.bencode.BencodeReader;

/** Checks an info dictionary, v1 (BEP 3), v2 or both (BEP 52), and takes it apart. */
final class InfoParser {
  private static final int MAX_PIECE_LENGTH = 32_767 * 16_384;
  private static final int MIN_V2_PIECE_LENGTH = 16_384;
  static final int MAX_PIECES = 0x200000;
  private static final long MAX_TOTAL = 1L << 48;
  private static final int SHA1_LENGTH = 20;

  /** The dictionary's bytes, not copied. */
  final byte[] raw;

  final boolean isV1;
  final boolean isV2;
  final boolean isSingleFile;
  final boolean isPrivate;
  final int pieceLength;
  final int pieceCount;
  final long totalLength;
  final String name;
  final List<FileEntry> files;

  /** By number of the file, the path elements as written, where they are not the safe ones. */
  final Map<Integer, List<byte[]>> originals = new HashMap<>();

  /** Where the v1 hashes begin in the dictionary's bytes. */
  final int piecesOffset;

  /** The files of the v2 tree, none in a v1 torrent. */
  final List<RawFile> tree;

  InfoParser(byte[] raw, SafePaths paths) throws MetainfoException {
    if (raw.length > Info.MAX_BYTES) {
      throw new MetainfoException(
          "an info dictionary of " + raw.length + " bytes, more than " + Info.MAX_BYTES);
    }
    this.raw = raw;
    BDict info = read(raw);
    isV2 = isV2(info);
    isV1 = !isV2 || info.has("pieces") || info.has("files") || info.has("length");
    if (info.has("ssl-cert")) {
      throw new MetainfoException("an SSL torrent, which is not supported");
    }
    pieceLength = pieceLength(info);
    isPrivate = info.integer("private").orElse(0) != 0;
    RawFiles reader = new RawFiles(paths);
    tree = isV2 ? reader.readV2(info) : List.of();
    List<RawFile> all = isV1 ? withBitCometPadding(reader.readV1(info)) : tree;
    totalLength = totalLength(all);
    BString rawName =
        info.string("name.utf-8")
            .or(() -> info.string("name"))
            .orElseThrow(() -> new MetainfoException("no name"));
    isSingleFile = isV1 ? info.has("length") : isSingleFile(paths.element(rawName.bytes()));
    pieceCount = pieceCount(isV1 ? List.of() : tree);
    piecesOffset = isV1 ? checkPieces(info) : 0;
    if (isV1 && isV2) {
      checkHalvesAgree(all, paths.element(rawName.bytes()));
    }
    String safeName = paths.name(rawName.bytes());
    name = safeName.isEmpty() ? hash().toString() : safeName;
    files = entries(all);
    keepOriginals(all, rawName);
  }

  /** SHA-1 of the dictionary if there are v1 pieces, else its SHA-256. */
  InfoHash hash() {
    return isV1 ? digest("SHA-1") : digest("SHA-256");
  }

  /** SHA-256 of the dictionary if there is a v2 tree. */
  Optional<InfoHash> hashV2() {
    return isV2 ? Optional.of(digest("SHA-256")) : Optional.empty();
  }

  private InfoHash digest(String algorithm) {
    try {
      return InfoHash.of(MessageDigest.getInstance(algorithm).digest(raw));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has both
    }
  }

  private static BDict read(byte[] raw) throws MetainfoException {
    try {
      BDict info = BencodeReader.lenient().readDict(raw);
      if (info.end() != raw.length) {
        throw new MetainfoException("bytes after the info dictionary");
      }
      if (info.has("meta version")) {
        BencodeReader.strict().read(raw);
      }
      return info;
    } catch (BencodeException e) {
      throw new MetainfoException("info dictionary: " + e.getMessage(), e);
    }
  }

  /** The version comes first: faults of a version we do not know would mislead. */
  private static boolean isV2(BDict info) throws MetainfoException {
    if (!info.has("meta version")) {
      return false;
    }
    long version = info.integer("meta version").orElse(0);
    if (version != 2) {
      throw new MetainfoException("meta version " + version + ", which is not supported");
    }
    return true;
  }

  private int pieceLength(BDict info) throws MetainfoException {
    long length = info.integer("piece length").orElse(0);
    boolean fitsV2 = length >= MIN_V2_PIECE_LENGTH && Long.bitCount(length) == 1;
    if (length < 1 || length > MAX_PIECE_LENGTH || (isV2 && !fitsV2)) {
      throw new MetainfoException("a piece length of " + length);
    }
    return (int) length;
  }

  private static long totalLength(List<RawFile> files) throws MetainfoException {
    long total = 0;
    for (RawFile file : files) {
      total += file.length();
      if (total > MAX_TOTAL) {
        throw new MetainfoException("more than " + MAX_TOTAL + " bytes");
      }
    }
    if (total == 0) {
      throw new MetainfoException("no content");
    }
    return total;
  }

  private boolean isSingleFile(String name) {
    return tree.size() == 1 && tree.get(0).path().equals(List.of(name));
  }

  /** In a v2 torrent every file begins a piece. */
  private int pieceCount(List<RawFile> v2Files) throws MetainfoException {
    long count = v2Files.isEmpty() ? piecesOf(totalLength) : 0;
    for (RawFile file : v2Files) {
      count += piecesOf(file.length());
    }
    if (count > MAX_PIECES) {
      throw new MetainfoException(count + " pieces, more than " + MAX_PIECES);
    }
    return (int) count;
  }

  private long piecesOf(long length) {
    return (length + pieceLength - 1) / pieceLength;
  }

  private int checkPieces(BDict info) throws MetainfoException {
    BString pieces =
        info.string("pieces").orElseThrow(() -> new MetainfoException("no piece hashes"));
    if (pieces.length() != pieceCount * SHA1_LENGTH) {
      throw new MetainfoException(
          pieces.length() + " bytes of piece hashes for " + pieceCount + " pieces");
    }
    return pieces.end() - pieces.length();
  }

  private void checkHalvesAgree(List<RawFile> list, String name) throws MetainfoException {
    List<RawFile> listed = new ArrayList<>();
    long offset = 0;
    for (RawFile file : list) {
      if (!file.isPadding()) {
        listed.add(file);
        if (file.length() > 0 && offset % pieceLength != 0) {
          throw new MetainfoException("a hybrid with a file that does not begin a piece");
        }
      }
      offset += file.length();
    }
    for (int i = 0; i < Math.max(listed.size(), tree.size()); i++) {
      if (i >= listed.size() || i >= tree.size() || !agree(listed.get(i), tree.get(i), name)) {
        throw new MetainfoException("a hybrid whose lists of files differ");
      }
    }
  }

  private static boolean agree(RawFile listed, RawFile leaf, String name) {
    List<String> path = listed.path().isEmpty() ? List.of(name) : listed.path();
    return path.equals(leaf.path()) && listed.length() == leaf.length();
  }

  private List<FileEntry> entries(List<RawFile> raws) throws MetainfoException {
    List<List<String>> paths = new ArrayList<>();
    if (isSingleFile) {
      paths.add(List.of());
    } else {
      UniquePaths unique = new UniquePaths(raws);
      for (RawFile raw : raws) {
        paths.add(unique.next(raw));
      }
    }
    Symlinks links = new Symlinks(raws, paths);
    List<FileEntry> entries = new ArrayList<>();
    long offset = 0;
    for (RawFile file : raws) {
      List<String> path = paths.get(entries.size());
      entries.add(
          new FileEntry(
              entries.size(),
              below(path),
              offset,
              file.length(),
              file.isPadding(),
              file.has('x'),
              file.has('h'),
              target(links, path, file.link())));
      offset += file.length();
    }
    return List.copyOf(entries);
  }

  private List<RawFile> withBitCometPadding(List<RawFile> list) {
    List<RawFile> marked = new ArrayList<>(list.size());
    long offset = 0;
    for (RawFile file : list) {
      marked.add(file.withBitCometPadding(offset, pieceLength));
      offset += file.length();
    }
    return marked;
  }

  /** What other programs made may have the names as they are written. */
  private void keepOriginals(List<RawFile> raws, BString rawName) {
    for (FileEntry entry : files) {
      List<byte[]> original = new ArrayList<>();
      original.add(rawName.bytes());
      if (!isSingleFile) {
        raws.get(entry.index()).original().forEach(element -> original.add(element.bytes()));
      }
      boolean isSafe = original.size() == entry.path().size();
      for (int i = 0; isSafe && i < original.size(); i++) {
        byte[] safe = entry.path().get(i).getBytes(StandardCharsets.UTF_8);
        isSafe = Arrays.equals(safe, original.get(i));
      }
      if (!isSafe && !entry.isPadding()) {
        originals.put(entry.index(), original);
      }
    }
  }

  private Optional<List<String>> target(
      Symlinks links, List<String> path, @Nullable List<String> target) {
    return target == null ? Optional.empty() : links.target(path, target).map(this::below);
  }

  private List<String> below(List<String> path) {
    List<String> full = new ArrayList<>();
    full.add(name);
    full.addAll(path);
    return full;
  }
}
