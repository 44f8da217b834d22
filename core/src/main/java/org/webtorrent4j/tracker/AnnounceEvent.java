package org.webtorrent4j.tracker;

import java.util.Locale;

/** Why an announce is made (BEP 3). */
public enum AnnounceEvent {
  /** At its time, without an event. */
  NONE,
  /** The torrent has begun. */
  STARTED,
  /** The last wanted byte arrived. */
  COMPLETED,
  /** The torrent is leaving. */
  STOPPED;

  /** The word that trackers know; empty for {@link #NONE}. */
  public String word() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }
}
