package org.webtorrent4j.net;

import java.util.List;

/** What a URL is to be that somebody names. */
public enum UrlKind {
  /** Where a torrent is announced. */
  TRACKER("tracker", "http https udp ws wss"),
  /** A server that has the files of a torrent (BEP 19). */
  WEB_SEED("web seed", "http https ftp"),
  /** A torrent file. */
  TORRENT("torrent", "http https");

  private final String word;
  private final String schemes;

  UrlKind(String word, String schemes) {
    this.word = word;
    this.schemes = schemes;
  }

  /**
   * Reads a URL of this kind as {@link Url#parse} does.
   *
   * @throws IllegalArgumentException if it is none; the message names the URL, without a password,
   *     and the fault
   */
  public Url parse(String text) {
    try {
      Url url = Url.parse(text);
      if (!List.of(schemes.split(" ")).contains(url.scheme())) {
        throw new IllegalArgumentException("a " + word + " has no scheme " + url.scheme());
      }
      if (url.scheme().equals("udp") && url.port() < 0) {
        throw new IllegalArgumentException("a UDP tracker without a port");
      }
      return url;
    } catch (IllegalArgumentException e) {
      String shown = ForeignText.clean(text.replaceFirst("//[^/?#]*@", "//"));
      throw new IllegalArgumentException(word + " '" + shown + "': " + e.getMessage(), e);
    }
  }
}
