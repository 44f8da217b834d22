package org.webtorrent4j.swarm;

/** What a swarm is doing. */
public enum SwarmState {
  /** Asks peers for the info dictionary. */
  FETCHING_METADATA,
  /** Opens its storage and hashes what is there. */
  CHECKING,
  /** Fetches what is missing. */
  DOWNLOADING,
  /** Has all that is wanted. */
  SEEDING,
  /** Stopped until it is resumed. */
  PAUSED,
  /** Stopped by an error. */
  FAILED,
  /** Gone. */
  REMOVED
}
