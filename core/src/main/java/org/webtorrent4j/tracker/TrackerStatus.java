package org.webtorrent4j.tracker;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tracker of a torrent and how it does.
 *
 * @param url the announce URL as it was given, but with an ASCII host and escaped where it has to
 *     be
 * @param tier counted from 0
 * @param state what it is doing
 * @param nextAnnounce how long until it is asked again; empty if it is not going to be for now
 * @param seeds complete peers, as it told last
 * @param leeches incomplete peers, as it told last
 * @param error why the last announce failed
 * @param warning what the tracker wants the user to know; text of a stranger
 */
public record TrackerStatus(
    String url,
    int tier,
    State state,
    Optional<Duration> nextAnnounce,
    OptionalInt seeds,
    OptionalInt leeches,
    Optional<String> error,
    Optional<String> warning) {
  /** What a tracker is doing for a torrent. */
  public enum State {
    /** Not asked yet, or held in reserve while another one of its tier works. */
    IDLE,
    /** An announce is under way. */
    ANNOUNCING,
    /** The last announce was answered. */
    WORKING,
    /** The last announce failed; it will be tried again. */
    FAILED,
    /** Never asked (again): the URL is of no use, or the tracker wished it so. */
    DISABLED
  }
}
