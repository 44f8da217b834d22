package org.webtorrent4j;

/** Seeds and downloads torrents. */
public final class Client {
  private Client() {}
}
