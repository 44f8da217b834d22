package org.webtorrent4j.metainfo;

/** A torrent file. */
public final class Metainfo {
  private Metainfo() {}
}
