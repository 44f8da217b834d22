package org.webtorrent4j.tracker.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.AnnounceEvent;
import org.webtorrent4j.tracker.AnnounceRequest;

/**
 * The URL of an HTTP tracker, checked, and the requests that are made of it. The part that was
 * given is kept byte by byte: private trackers compare it.
 */
record HttpTrackerUrl(Url url) {
  /** A torrent must not choose these for us: it could make us lie to a tracker. */
  private static final Set<String> OURS =
      Set.of(
          "info_hash",
          "peer_id",
          "port",
          "event",
          "left",
          "key",
          "uploaded",
          "downloaded",
          "corrupt");

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /**
   * A URL that is fit for a tracker.
   *
   * @throws IllegalArgumentException if it is not; the message says why
   */
  static HttpTrackerUrl of(Url url) {
    if (!isHttp(url)) {
      throw new IllegalArgumentException("not an HTTP URL");
    }
    for (String parameter : url.query().split("&", -1)) {
      String name = parameter.split("=", 2)[0];
      if (OURS.contains(name)) {
        throw new IllegalArgumentException("a tracker URL that sets " + name + " itself");
      }
    }
    return new HttpTrackerUrl(url);
  }

  static boolean isHttp(Url url) {
    return url.scheme().equals("http") || url.scheme().equals("https");
  }

  /** Where to announce. */
  Url announce(AnnounceRequest request, Optional<String> trackerId) {
    StringBuilder query = new StringBuilder("info_hash=");
    query.append(encode(request.infoHash().truncated().bytes()));
    query.append("&peer_id=").append(encode(request.peerId().bytes()));
    // Trackers refuse port 0; 1 is what others say, too, who cannot be connected to.
    query.append("&port=").append(request.port() == 0 ? 1 : request.port());
    query.append("&uploaded=").append(request.uploaded());
    query.append("&downloaded=").append(request.downloaded());
    query.append("&left=").append(request.left());
    if (request.event() != AnnounceEvent.NONE) {
      query.append("&event=").append(request.event().word());
    }
    boolean isStopped = request.event() == AnnounceEvent.STOPPED;
    query.append("&numwant=").append(isStopped ? 0 : request.wantedPeers());
    query.append("&key=").append(HexFormat.of().withUpperCase().toHexDigits(request.key()));
    query.append("&compact=1&no_peer_id=1&supportcrypto=1");
    trackerId.ifPresent(id -> query.append("&trackerid=").append(encode(latin1(id))));
    return url.withParameters(query.toString());
  }

  /** Where to ask for counts (BEP 48); empty if the tracker has no such place. */
  Optional<Url> scrape(List<InfoHash> infoHashes) {
    String path = url.path();
    int segment = path.lastIndexOf('/') + 1;
    if (!path.startsWith("announce", segment)) {
      return Optional.empty();
    }
    StringBuilder query = new StringBuilder();
    for (InfoHash infoHash : infoHashes) {
      query.append(query.isEmpty() ? "" : "&").append("info_hash=");
      query.append(encode(infoHash.truncated().bytes()));
    }
    String suffix = path.substring(segment + "announce".length());
    String scrapePath = path.substring(0, segment) + "scrape" + suffix;
    return Optional.of(url.withParameters(scrapePath, query.toString()));
  }

  /** Percent-encodes all but what RFC 3986 leaves alone. */
  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 3);
    for (byte b : bytes) {
      if (UNRESERVED.indexOf(b) >= 0) {
        text.append((char) b);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return text.toString();
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
