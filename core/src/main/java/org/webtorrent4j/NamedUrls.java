package org.webtorrent4j;

import java.util.List;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.net.UrlKind;

/** URLs that the user names himself: one that is of no use is his mistake, and he is told. */
final class NamedUrls {
  private NamedUrls() {}

  /**
   * Announce URLs as they were given, without blanks around them.
   *
   * @throws TorrentException if one is none; the message names it
   */
  static List<String> trackers(List<String> urls) {
    return urls.stream().map(NamedUrls::tracker).toList();
  }

  /** Like {@link #trackers}, for one. */
  static String tracker(String url) {
    parse(UrlKind.TRACKER, url);
    return url.strip();
  }

  /** Like {@link #trackers}, for web seeds. */
  static List<String> webSeeds(List<String> urls) {
    urls.forEach(url -> parse(UrlKind.WEB_SEED, url));
    return urls.stream().map(String::strip).toList();
  }

  /** Like {@link #trackers}, for a torrent file. */
  static Url torrent(String url) {
    return parse(UrlKind.TORRENT, url);
  }

  private static Url parse(UrlKind kind, String text) {
    try {
      return kind.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TorrentException(String.valueOf(e.getMessage()), e);
    }
  }
}
