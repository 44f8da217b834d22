package org.webtorrent4j;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.Priority;
import org.webtorrent4j.swarm.Swarm;
import org.webtorrent4j.swarm.SwarmNumbers;
import org.webtorrent4j.swarm.SwarmState;
import org.webtorrent4j.tracker.TrackerStatus;

/**
 * Asks the event loop for a swarm's numbers and puts them into the API's words. After the end of
 * the torrent the last ones are told.
 */
final class Snapshots {
  private final Client client;
  private volatile TorrentStats last =
      new TorrentStats(TorrentState.PAUSED, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  private @Nullable Swarm swarm; // confined to the event loop

  Snapshots(Client client) {
    this.client = client;
  }

  /** On the event loop. */
  void attach(Swarm attached) {
    swarm = attached;
  }

  TorrentStats stats(TorrentState state) {
    if (state == TorrentState.REMOVED) {
      return last;
    }
    return client.ask(() -> swarm == null ? last : of(swarm.numbers(), state), () -> last);
  }

  /** Remembers the numbers as the last ones. On the event loop. */
  void keep(TorrentState state) {
    if (swarm != null) {
      last = of(swarm.numbers(), state);
    }
  }

  List<PeerStats> peers() {
    return client.ask(
        () -> swarm == null ? List.of() : swarm.peerNumbers().stream().map(Snapshots::of).toList(),
        List::of);
  }

  List<TrackerStatus> trackers() {
    return client.ask(() -> swarm == null ? List.of() : swarm.trackers(), List::of);
  }

  long verifiedBytes(long offset, long length) {
    return client.ask(() -> swarm == null ? 0L : swarm.verifiedBytes(offset, length), () -> 0L);
  }

  static TorrentState state(SwarmState state) {
    return switch (state) {
      case FETCHING_METADATA -> TorrentState.FETCHING_METADATA;
      case CHECKING -> TorrentState.CHECKING;
      case DOWNLOADING -> TorrentState.DOWNLOADING;
      case SEEDING -> TorrentState.SEEDING;
      case PAUSED -> TorrentState.PAUSED;
      case FAILED -> TorrentState.FAILED;
      case REMOVED -> TorrentState.REMOVED;
    };
  }

  static Priority priority(FilePriority priority) {
    return switch (priority) {
      case SKIP -> Priority.SKIP;
      case NORMAL -> Priority.NORMAL;
      case HIGH -> Priority.HIGH;
    };
  }

  private static TorrentStats of(SwarmNumbers n, TorrentState state) {
    return new TorrentStats(
        state,
        n.totalLength(),
        n.wantedLength(),
        n.verifiedLength(),
        n.pieceCount(),
        n.verifiedPieces(),
        n.checkedPieces(),
        n.downloaded(),
        n.uploaded(),
        n.wasted(),
        n.hashFailures(),
        n.downloadRate(),
        n.uploadRate(),
        n.peers(),
        n.seeds(),
        n.knownPeers());
  }

  private static PeerStats of(SwarmNumbers.OfPeer n) {
    return new PeerStats(
        n.address(),
        n.transport(),
        n.client(),
        n.isIncoming(),
        n.isEncrypted(),
        n.progress(),
        n.amChoking(),
        n.amInterested(),
        n.peerChoking(),
        n.peerInterested(),
        n.downloaded(),
        n.uploaded(),
        n.downloadRate(),
        n.uploadRate());
  }
}
