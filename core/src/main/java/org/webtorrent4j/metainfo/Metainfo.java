package org.webtorrent4j.metainfo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BList;
import org.webtorrent4j.bencode.BString;
import org.webtorrent4j.bencode.BValue;
import org.webtorrent4j.bencode.BencodeException;
import org.webtorrent4j.bencode.BencodeReader;
import org.webtorrent4j.bencode.BencodeWriter;

/**
 * The content of a torrent file: an info dictionary, and how to find its swarm (BEP 3, 12, 19, 52).
 * Immutable. {@link MetainfoBuilder} makes new ones.
 */
public final class Metainfo {
  private static final int MAX_FILE_BYTES = Info.MAX_BYTES;
  private static final int MAX_URLS = 1000;

  /** The end of the year 9999: later dates are nonsense and overflow in other programs. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  private final Info info;
  private final List<List<String>> trackers;
  private final List<String> webSeeds;
  private final Optional<String> comment;
  private final Optional<String> createdBy;
  private final Optional<Instant> creationDate;

  /** The bencoded piece layers of a v2 torrent, which are no part of the info dictionary. */
  private final byte @Nullable [] pieceLayers;

  /** For {@link MetainfoBuilder}. */
  Metainfo(
      Info info,
      List<List<String>> trackers,
      List<String> webSeeds,
      Optional<String> comment,
      Optional<String> createdBy,
      Optional<Instant> creationDate) {
    this.info = info;
    this.trackers = tidyTiers(trackers);
    this.webSeeds = List.copyOf(webSeeds);
    this.comment = comment;
    this.createdBy = createdBy;
    this.creationDate = creationDate;
    this.pieceLayers = null;
  }

  private Metainfo(BDict file) throws MetainfoException {
    BDict dict = file.dict("info").orElseThrow(() -> new MetainfoException("no info dictionary"));
    SafePaths paths = SafePaths.ofThisSystem();
    InfoParser parsed =
        new InfoParser(dict.raw(), file.text("encoding").map(paths::withEncoding).orElse(paths));
    this.info = new Info(parsed);
    this.trackers = trackers(file);
    this.webSeeds = webSeeds(file);
    this.comment = file.text("comment.utf-8").or(() -> file.text("comment"));
    this.createdBy = file.text("created by.utf-8").or(() -> file.text("created by"));
    this.creationDate = creationDate(file.integer("creation date"));
    this.pieceLayers = pieceLayers(parsed, file);
  }

  /**
   * Reads and checks the bytes of a torrent file.
   *
   * @throws MetainfoException if they are not valid; the message names the fault
   */
  public static Metainfo parse(byte[] bytes) throws MetainfoException {
    try {
      return new Metainfo(BencodeReader.lenient().readDict(bytes));
    } catch (BencodeException e) {
      throw new MetainfoException("not a torrent file: " + e.getMessage(), e);
    }
  }

  /**
   * Reads and checks a torrent file of at most {@link Info#MAX_BYTES}.
   *
   * @throws MetainfoException if it is not valid; the message names the file and the fault
   * @throws IOException if it cannot be read
   */
  public static Metainfo read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE_BYTES + 1);
    }
    if (bytes.length > MAX_FILE_BYTES) {
      throw new MetainfoException(file + ": larger than " + MAX_FILE_BYTES + " bytes");
    }
    try {
      return parse(bytes);
    } catch (MetainfoException e) {
      throw new MetainfoException(file + ": " + e.getMessage(), e);
    }
  }

  /** A torrent with tiers of trackers (BEP 12) and URLs of web seeds (BEP 19). */
  public static Metainfo of(Info info, List<List<String>> trackers, List<String> webSeeds) {
    return new Metainfo(
        info, trackers, webSeeds, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The info dictionary. */
  public Info info() {
    return info;
  }

  /** The tiers of announce URLs (BEP 12), without blanks, empty tiers and duplicates. */
  public List<List<String>> trackers() {
    return trackers;
  }

  /** URLs of HTTP servers that have the files (BEP 19). */
  public List<String> webSeeds() {
    return webSeeds;
  }

  /** A text for people. */
  public Optional<String> comment() {
    return comment;
  }

  /** The program that made it. */
  public Optional<String> createdBy() {
    return createdBy;
  }

  /** When it was made, in whole seconds. */
  public Optional<Instant> creationDate() {
    return creationDate;
  }

  /**
   * The bytes of a torrent file with all of this; canonical, but for the info dictionary, which is
   * kept as it was read. Keys outside of it that this class does not know are lost.
   */
  public byte[] toBytes() {
    BencodeWriter out = new BencodeWriter().beginDict();
    out.key("info").raw(info.bytes());
    if (!trackers.isEmpty()) {
      out.put("announce", trackers.get(0).get(0));
    }
    if (trackers.stream().mapToInt(List::size).sum() > 1) {
      out.key("announce-list").beginList();
      trackers.forEach(tier -> writeList(out, tier));
      out.end();
    }
    if (!webSeeds.isEmpty()) {
      writeList(out.key("url-list"), webSeeds);
    }
    comment.ifPresent(text -> out.put("comment", text));
    createdBy.ifPresent(text -> out.put("created by", text));
    creationDate.ifPresent(date -> out.put("creation date", date.getEpochSecond()));
    if (pieceLayers != null) {
      out.key("piece layers").raw(pieceLayers);
    }
    return out.end().toByteArray();
  }

  /**
   * Writes {@link #toBytes()} to a file, replacing what is there.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Files.write(file, toBytes());
  }

  /** A magnet link with the hashes, the name, all trackers and all web seeds. */
  public MagnetUri magnet() {
    MagnetUri link = MagnetUri.of(info.infoHash());
    if (info.isV1() && info.infoHashV2().isPresent()) {
      link = link.withInfoHashV2(info.infoHashV2().get());
    }
    return link.withDisplayName(info.name())
        .withTrackers(trackers.stream().flatMap(List::stream).toList())
        .withWebSeeds(webSeeds);
  }

  /** The name and the info hash. */
  @Override
  public String toString() {
    return info.toString();
  }

  private static void writeList(BencodeWriter out, List<String> texts) {
    out.beginList();
    texts.forEach(out::string);
    out.end();
  }

  /** The announce list if there is anything usable in it, else the announce URL. */
  private static List<List<String>> trackers(BDict file) {
    List<List<String>> tiers = new ArrayList<>();
    file.list("announce-list").ifPresent(list -> list.forEach(tier -> tiers.add(texts(tier))));
    List<List<String>> tidy = tidyTiers(tiers);
    return tidy.isEmpty() ? tidyTiers(file.text("announce").stream().map(List::of).toList()) : tidy;
  }

  private static List<List<String>> tidyTiers(List<List<String>> tiers) {
    Set<String> seen = new HashSet<>();
    List<List<String>> tidy = new ArrayList<>();
    for (List<String> tier : tiers) {
      List<String> urls =
          tier.stream()
              .map(String::strip)
              .filter(url -> !url.isEmpty() && seen.size() < MAX_URLS && seen.add(url))
              .toList();
      if (!urls.isEmpty()) {
        tidy.add(urls);
      }
    }
    return List.copyOf(tidy);
  }

  private static List<String> webSeeds(BDict file) {
    BValue urls = file.get("url-list");
    return urls == null
        ? List.of()
        : texts(urls).stream()
            .map(url -> url.strip().replace(" ", "%20"))
            .filter(url -> !url.isEmpty())
            .distinct()
            .limit(MAX_URLS)
            .toList();
  }

  /** The texts in a list, or the one text that stands for it. */
  private static List<String> texts(BValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof BString one) {
      texts.add(one.text());
    } else if (value instanceof BList list) {
      for (BValue item : list) {
        if (item instanceof BString string) {
          texts.add(string.text());
        }
      }
    }
    return texts;
  }

  private static Optional<Instant> creationDate(OptionalLong seconds) {
    return seconds.isPresent() && seconds.getAsLong() >= 0 && seconds.getAsLong() <= MAX_SECONDS
        ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
        : Optional.empty();
  }

  private static byte @Nullable [] pieceLayers(InfoParser parsed, BDict file)
      throws MetainfoException {
    if (!parsed.isV2 || !file.has("piece layers")) {
      return null;
    }
    BDict layers =
        file.dict("piece layers")
            .orElseThrow(() -> new MetainfoException("piece layers is not a dictionary"));
    new PieceLayers(parsed.tree, parsed.pieceLength).check(layers);
    return layers.raw();
  }
}
