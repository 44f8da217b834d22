package org.webtorrent4j.transport;

import java.util.Collection;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;

/** What a client offers to its transports. Confined to the event loop. */
public interface TransportContext {
  /** The client's loop: all calls to and from transports happen there. */
  EventLoop loop();

  /** What the user configured for transports. */
  TransportSettings settings();

  /**
   * Info hashes of the torrents that accept peers now; a hybrid torrent gives both. An immutable
   * snapshot, and the same object as long as the torrents are the same.
   */
  Collection<InfoHash> infoHashes();

  /** Whether one more incoming connection is welcome; asked before anything is spent on it. */
  boolean acceptsConnections();

  /** A peer came to us; which torrent it wants, its handshake will say. */
  void onAccepted(Connection connection);

  /**
   * Whether a torrent is there and would take one more peer.
   *
   * @param peerId who it would be, as a tracker says: not we, nobody who is banned or connected
   */
  boolean acceptsPeer(InfoHash infoHash, PeerId peerId);

  /**
   * A connection for a torrent is open that neither end dialled, because a tracker introduced them;
   * both shake hands at once.
   */
  void onConnected(Connection connection, InfoHash infoHash);
}
