package org.webtorrent4j.metainfo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A magnet link (BEP 9, 52, 53): the hash of a torrent and hints where it may be found.
 *
 * @param infoHash v1 hash, 20 bytes; a link has this or a v2 hash or both
 * @param infoHashV2 full v2 hash, 32 bytes
 * @param displayName for display only; never a path
 * @param trackers announce URLs, each a tier of its own
 * @param webSeeds URLs of HTTP servers that have the files (BEP 19)
 * @param exactSources where the torrent file itself may be had
 * @param peers addresses to connect to; host names are not resolved
 * @param selectedFiles indices of the files that are wanted (BEP 53); empty = all
 * @param exactLength of the content in bytes, as somebody claims
 */
public record MagnetUri(
    Optional<InfoHash> infoHash,
    Optional<InfoHash> infoHashV2,
    Optional<String> displayName,
    List<String> trackers,
    List<String> webSeeds,
    List<String> exactSources,
    List<InetSocketAddress> peers,
    SortedSet<Integer> selectedFiles,
    OptionalLong exactLength) {
  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if there is no hash, or one of the wrong length
   */
  public MagnetUri {
    if (infoHash.isEmpty() && infoHashV2.isEmpty()) {
      throw new IllegalArgumentException("a magnet link without an info hash");
    }
    if (infoHash.map(InfoHash::isV2).orElse(false)
        || !infoHashV2.map(InfoHash::isV2).orElse(true)) {
      throw new IllegalArgumentException("a v1 hash in the place of a v2 hash or the reverse");
    }
    trackers = List.copyOf(trackers);
    webSeeds = List.copyOf(webSeeds);
    exactSources = List.copyOf(exactSources);
    peers = List.copyOf(peers);
    selectedFiles = Collections.unmodifiableSortedSet(new TreeSet<>(selectedFiles));
  }

  /** A link with nothing but a hash. */
  public static MagnetUri of(InfoHash infoHash) {
    Optional<InfoHash> hash = Optional.of(infoHash);
    return new MagnetUri(
        infoHash.isV2() ? Optional.empty() : hash,
        infoHash.isV2() ? hash : Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new TreeSet<>(),
        OptionalLong.empty());
  }

  /**
   * Reads a magnet link, or the bare text of an info hash: 40 hexadecimal or 32 base-32 digits.
   * Parts that are of no use are left out, but for the hash.
   *
   * @throws MetainfoException if it is no magnet link or has no usable hash
   */
  public static MagnetUri parse(String text) throws MetainfoException {
    return new MagnetParser().parse(text.strip());
  }

  /** The 20 bytes under which its swarm is found: the v1 hash, or else the truncated v2 hash. */
  public InfoHash swarmHash() {
    return infoHash.or(() -> infoHashV2.map(InfoHash::truncated)).orElseThrow();
  }

  /** The same with a v2 hash too: the link of a hybrid torrent. */
  public MagnetUri withInfoHashV2(InfoHash hash) {
    return new MagnetUri(
        infoHash,
        Optional.of(hash),
        displayName,
        trackers,
        webSeeds,
        exactSources,
        peers,
        selectedFiles,
        exactLength);
  }

  /** The same with another name. */
  public MagnetUri withDisplayName(String name) {
    return new MagnetUri(
        infoHash,
        infoHashV2,
        Optional.of(name),
        trackers,
        webSeeds,
        exactSources,
        peers,
        selectedFiles,
        exactLength);
  }

  /** The same with other trackers. */
  public MagnetUri withTrackers(Collection<String> urls) {
    return new MagnetUri(
        infoHash,
        infoHashV2,
        displayName,
        List.copyOf(urls),
        webSeeds,
        exactSources,
        peers,
        selectedFiles,
        exactLength);
  }

  /** The same with other web seeds. */
  public MagnetUri withWebSeeds(Collection<String> urls) {
    return new MagnetUri(
        infoHash,
        infoHashV2,
        displayName,
        trackers,
        List.copyOf(urls),
        exactSources,
        peers,
        selectedFiles,
        exactLength);
  }

  /** The same with other peers. */
  public MagnetUri withPeers(Collection<InetSocketAddress> addresses) {
    return new MagnetUri(
        infoHash,
        infoHashV2,
        displayName,
        trackers,
        webSeeds,
        exactSources,
        List.copyOf(addresses),
        selectedFiles,
        exactLength);
  }

  /** The link as text, with everything escaped that is not unreserved (RFC 3986). */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    infoHash.ifPresent(hash -> parts.add("xt=urn:btih:" + hash));
    infoHashV2.ifPresent(hash -> parts.add("xt=urn:btmh:1220" + hash));
    displayName.ifPresent(name -> parts.add("dn=" + PercentCoding.encode(name)));
    exactLength.ifPresent(length -> parts.add("xl=" + length));
    trackers.forEach(url -> parts.add("tr=" + PercentCoding.encode(url)));
    webSeeds.forEach(url -> parts.add("ws=" + PercentCoding.encode(url)));
    exactSources.forEach(url -> parts.add("xs=" + PercentCoding.encode(url)));
    peers.forEach(peer -> parts.add("x.pe=" + text(peer)));
    if (!selectedFiles.isEmpty()) {
      parts.add("so=" + FileSelection.text(selectedFiles));
    }
    return "magnet:?" + String.join("&", parts);
  }

  private static String text(InetSocketAddress peer) {
    String host = peer.getHostString();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + peer.getPort();
  }
}
