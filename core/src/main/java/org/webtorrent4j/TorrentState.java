package org.webtorrent4j;

/** What a torrent is doing. */
public enum TorrentState {
  /** Asking peers for the info dictionary of a magnet link. */
  FETCHING_METADATA,
  /** Hashing what is already on disk. */
  CHECKING,
  /** Downloading what is wanted; uploads too. */
  DOWNLOADING,
  /** Has all that is wanted; uploads. */
  SEEDING,
  /** Stopped by the user: no peers, no announces. */
  PAUSED,
  /** Stopped by an error; see {@link Torrent#failure()}. {@link Torrent#resume()} tries again. */
  FAILED,
  /** Removed from its client, or its client is closed. */
  REMOVED
}
