package org.webtorrent4j.metainfo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one magnet link. By hand: the JDK's URI class refuses many that exist. */
final class MagnetParser {
  private static final Pattern SCHEME =
      Pattern.compile("(?:stream-)?magnet:(?://)?\\?", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBERED = Pattern.compile("(.+)\\.\\d+");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final Pattern PEER =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)\\]|([A-Za-z0-9._-]+)):(\\d{1,5})");
  private static final Set<String> TRACKER_SCHEMES = Set.of("http", "https", "udp", "ws", "wss");
  private static final Set<String> HTTP_SCHEMES = Set.of("http", "https");
  private static final String SHA2_256_MULTIHASH = "1220";
  private static final int MAX_ENTRIES = 1000; // of one kind
  private static final int MAX_LENGTH = 1 << 20;

  private Optional<InfoHash> infoHash = Optional.empty();
  private Optional<InfoHash> infoHashV2 = Optional.empty();
  private Optional<String> displayName = Optional.empty();
  private final List<String> trackers = new ArrayList<>();
  private final List<String> webSeeds = new ArrayList<>();
  private final List<String> exactSources = new ArrayList<>();
  private final List<InetSocketAddress> peers = new ArrayList<>();
  private final BitSet selectedFiles = new BitSet();
  private OptionalLong exactLength = OptionalLong.empty();

  MagnetUri parse(String text) throws MetainfoException {
    if (text.length() > MAX_LENGTH) {
      throw new MetainfoException("a magnet link of " + text.length() + " characters");
    }
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.lookingAt()) {
      if (!isHash(text)) {
        throw new MetainfoException("neither a magnet link nor an info hash: " + brief(text));
      }
      return MagnetUri.of(hash(text));
    }
    for (String pair : text.substring(scheme.end()).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        take(key(pair.substring(0, equals)), pair.substring(equals + 1));
      }
    }
    if (infoHash.isEmpty() && infoHashV2.isEmpty()) {
      throw new MetainfoException("the magnet link has no usable xt: " + brief(text));
    }
    return new MagnetUri(
        infoHash,
        infoHashV2,
        displayName,
        trackers,
        webSeeds,
        exactSources,
        peers,
        selectedFiles.stream().boxed().collect(Collectors.toCollection(TreeSet::new)),
        exactLength);
  }

  /** Links from web pages have an escaped ampersand; numbered keys stand for repeated ones. */
  private static String key(String text) {
    String key = text.toLowerCase(Locale.ROOT);
    key = key.startsWith("amp;") ? key.substring(4) : key;
    Matcher numbered = NUMBERED.matcher(key);
    return numbered.matches() ? numbered.group(1) : key;
  }

  private void take(String key, String raw) throws MetainfoException {
    if (key.equals("xt")) {
      takeTopic(PercentCoding.decode(raw));
      return;
    }
    String value;
    try {
      value = PercentCoding.decode(key.equals("dn") ? raw.replace('+', ' ') : raw).strip();
    } catch (MetainfoException e) {
      return; // a hint that cannot be read is no reason to refuse the link
    }
    switch (key) {
      case "dn" -> displayName = value.isEmpty() ? displayName : Optional.of(value);
      case "tr" -> add(trackers, value, TRACKER_SCHEMES);
      case "ws", "as" -> add(webSeeds, value, HTTP_SCHEMES);
      case "xs" -> add(exactSources, value, Set.of("http", "https", "urn"));
      case "x.pe" -> addPeer(value);
      case "so" -> FileSelection.parse(value, selectedFiles);
      case "xl" -> exactLength = length(value);
      default -> {
        // there are many more, none of use here
      }
    }
  }

  private void takeTopic(String topic) throws MetainfoException {
    String lower = topic.toLowerCase(Locale.ROOT);
    if (lower.startsWith("urn:btih:")) {
      String hash = topic.substring("urn:btih:".length());
      if (!isHash(hash)) {
        throw new MetainfoException("xt has no info hash of 40 or 32 digits: " + brief(hash));
      }
      infoHash = infoHash.isPresent() ? infoHash : Optional.of(hash(hash));
    } else if (lower.startsWith("urn:btmh:")) {
      String multihash = topic.substring("urn:btmh:".length());
      int length = SHA2_256_MULTIHASH.length() + 2 * InfoHash.V2_LENGTH;
      if (!multihash.startsWith(SHA2_256_MULTIHASH)) {
        return; // another hash function, of no use, but there may be another xt
      }
      boolean isSha256 = multihash.length() == length && HEX.matcher(multihash).matches();
      if (!isSha256) {
        throw new MetainfoException("xt has no SHA-256 multihash: " + brief(multihash));
      }
      String hex = multihash.substring(SHA2_256_MULTIHASH.length());
      infoHashV2 = infoHashV2.isPresent() ? infoHashV2 : Optional.of(InfoHash.ofHex(hex));
    }
  }

  private static void add(List<String> list, String url, Set<String> schemes) {
    int colon = url.indexOf(':');
    boolean isUsable =
        colon > 0
            && schemes.contains(url.substring(0, colon).toLowerCase(Locale.ROOT))
            && (url.startsWith("//", colon + 1) || url.startsWith("urn:"))
            && url.chars().noneMatch(Character::isISOControl);
    if (isUsable && list.size() < MAX_ENTRIES && !list.contains(url)) {
      list.add(url);
    }
  }

  private void addPeer(String text) {
    Matcher matcher = PEER.matcher(text);
    if (!matcher.matches() || peers.size() >= MAX_ENTRIES) {
      return;
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    int port = Integer.parseInt(matcher.group(3));
    if (port > 0 && port <= 65535 && !host.isBlank()) {
      peers.add(InetSocketAddress.createUnresolved(host, port));
    }
  }

  private static OptionalLong length(String text) {
    try {
      long length = Long.parseLong(text);
      return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean isHash(String text) {
    boolean isHex = text.length() == 2 * InfoHash.V1_LENGTH && HEX.matcher(text).matches();
    return isHex || Base32.isHash(text);
  }

  private static InfoHash hash(String text) {
    return text.length() == 2 * InfoHash.V1_LENGTH
        ? InfoHash.of(HexFormat.of().parseHex(text))
        : InfoHash.of(Base32.decode(text));
  }

  private static String brief(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
