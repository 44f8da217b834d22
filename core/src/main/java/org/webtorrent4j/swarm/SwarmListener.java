package org.webtorrent4j.swarm;

import java.io.IOException;
import java.net.SocketAddress;
import org.webtorrent4j.metainfo.Info;

/** Told what happens to a swarm. Called on the event loop; must not block. */
public interface SwarmListener {
  /** The swarm does something else now. */
  void onState(SwarmState from, SwarmState to);

  /** The metadata is known and verified, or was from the beginning. */
  void onMetadata(Info info);

  /**
   * A peer says that the metadata is longer than we take; it is not fetched from that peer.
   *
   * @param bytes how long
   * @param most what we take
   */
  void onMetadataTooLong(long bytes, long most);

  /** A downloaded piece is verified and stored. */
  void onPieceSaved(int piece);

  /** A downloaded piece has failed its hash. */
  void onPieceCorrupt(int piece);

  /** The last wanted piece was downloaded. */
  void onDownloaded();

  /** A peer has finished its handshake. */
  void onPeerConnected(SocketAddress address, String transport);

  /** A peer is gone. */
  void onPeerDisconnected(SocketAddress address, String transport);

  /** A peer is refused from now on. */
  void onPeerBanned(SocketAddress address, String reason);

  /** A tracker has answered. */
  void onAnnounced(String url, int peers);

  /** A tracker has refused, was not reached or cannot be used. */
  void onAnnounceFailed(String url, String reason);

  /**
   * A file on disk is not what it should be; what is wrong of it is not offered any more.
   *
   * @param file its place in the torrent's list of files
   * @param reason the rest of a sentence that begins with the file
   */
  void onFileFailed(int file, String reason);

  /** The swarm has stopped with an error; the state follows. */
  void onFailed(String message, IOException cause);
}
