package org.webtorrent4j.metainfo;

/** A magnet link. */
public final class MagnetUri {
  private MagnetUri() {}
}
