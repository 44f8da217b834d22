package org.webtorrent4j.metainfo;

import org.webtorrent4j.net.UrlKind;

/** The URL of a server that has the files of a torrent (BEP 19). */
public final class WebSeedUrl {
  private WebSeedUrl() {}

  /**
   * The URL as it belongs into a torrent: without blanks around it, escaped where it has to be.
   *
   * @throws MetainfoException if no server can be there; the message names the URL and the fault
   */
  public static String parse(String text) throws MetainfoException {
    try {
      return UrlKind.WEB_SEED.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new MetainfoException(String.valueOf(e.getMessage()), e);
    }
  }
}
