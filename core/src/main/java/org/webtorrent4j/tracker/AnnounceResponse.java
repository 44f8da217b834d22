package org.webtorrent4j.tracker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a tracker answered, already checked.
 *
 * @param interval when to announce again
 * @param minInterval never announce sooner than this
 * @param seeds complete peers, if told
 * @param leeches incomplete peers, if told
 * @param peers addresses; unresolved where the tracker gave a host name
 * @param warning what the tracker wants the user to know
 */
public record AnnounceResponse(
    Duration interval,
    Duration minInterval,
    OptionalInt seeds,
    OptionalInt leeches,
    List<InetSocketAddress> peers,
    Optional<String> warning) {
  /** Copies the list. */
  public AnnounceResponse {
    peers = List.copyOf(peers);
  }
}
