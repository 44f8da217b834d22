package org.webtorrent4j.tracker;

import java.net.URI;
import java.util.Set;

/** Makes tracker clients for some URL schemes. A transport may also be one. */
public interface TrackerFactory {
  /** The schemes it serves, in lower case: {@code http}, {@code wss}. */
  Set<String> schemes();

  /**
   * The user himself has named this tracker: what keeps torrents from sending us to services of
   * this host does not apply to it. May come before or after {@link #create}.
   */
  default void allow(URI uri) {}

  /**
   * Makes a client for one URL.
   *
   * @throws IllegalArgumentException if the URL cannot be a tracker's; the message says why
   */
  Tracker create(URI uri);
}
