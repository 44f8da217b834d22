package org.webtorrent4j;

import java.net.SocketAddress;

/** Something that happened to a torrent. Delivered in order, off the event loop. */
public sealed interface TorrentEvent {
  /** The torrent that it happened to. */
  Torrent torrent();

  /** The torrent went from one state to another. */
  record StateChanged(Torrent torrent, TorrentState from, TorrentState to)
      implements TorrentEvent {}

  /** The info dictionary of a magnet link arrived and is verified. */
  record MetadataReceived(Torrent torrent) implements TorrentEvent {}

  /**
   * A peer of a magnet link says that the info dictionary is longer than this library takes, so it
   * is not fetched from that peer. Sent once.
   *
   * @param bytes how long it says
   * @param limit what would be taken
   */
  record MetadataTooLong(Torrent torrent, long bytes, long limit) implements TorrentEvent {}

  /** A piece was downloaded, verified and stored. */
  record PieceVerified(Torrent torrent, int piece) implements TorrentEvent {}

  /** A downloaded piece failed its hash and will be downloaded again. */
  record PieceFailed(Torrent torrent, int piece) implements TorrentEvent {}

  /** All that is wanted was downloaded; not sent for a torrent that was complete when added. */
  record Completed(Torrent torrent) implements TorrentEvent {}

  /** A peer finished its handshake. */
  record PeerConnected(Torrent torrent, SocketAddress address, String transport)
      implements TorrentEvent {}

  /** A peer went away. */
  record PeerDisconnected(Torrent torrent, SocketAddress address, String transport)
      implements TorrentEvent {}

  /** A peer sent bytes that are not the torrent's; its address is refused from now on. */
  record PeerBanned(Torrent torrent, SocketAddress address, String reason)
      implements TorrentEvent {}

  /** A tracker answered an announce. */
  record TrackerAnnounced(Torrent torrent, String url, int peers) implements TorrentEvent {}

  /** A tracker refused, could not be reached or cannot be used. */
  record TrackerFailed(Torrent torrent, String url, String reason) implements TorrentEvent {}

  /**
   * A file on disk is not what it should be: it was changed, is gone, cannot be read, or is longer
   * than the torrent says. Pieces that are wrong are not offered any more until {@link
   * Torrent#recheck}; all others are.
   *
   * @param file which one
   * @param reason the rest of a sentence that begins with the file, such as "has changed since it
   *     was hashed"
   */
  record FileFailed(Torrent torrent, TorrentFile file, String reason) implements TorrentEvent {}

  /** The torrent stopped with an error. */
  record Failed(Torrent torrent, TorrentException cause) implements TorrentEvent {}
}
