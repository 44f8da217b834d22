package org.webtorrent4j.swarm;

import java.util.ArrayDeque;
import java.util.Deque;
import org.webtorrent4j.wire.MetadataMessage;

/**
 * The pieces of the metadata that one peer has asked for: they are sent as it reads, for some ask
 * for all of them at once. Confined to the event loop.
 */
final class MetadataUploads {
  /** A peer gets the metadata so many times over at most. */
  private static final int MAX_COPIES = 3;

  private final Peer peer;
  private final Swarm swarm;
  private final Deque<Integer> queue = new ArrayDeque<>();
  private int asked;

  MetadataUploads(Peer peer, Swarm swarm) {
    this.peer = peer;
    this.swarm = swarm;
  }

  void onRequest(int piece) {
    byte[] metadata = swarm.metadata();
    int pieces = metadata == null ? 0 : MetadataMessage.pieceCount(metadata.length);
    if (piece < pieces && asked < MAX_COPIES * pieces) {
      asked++;
      queue.add(piece);
      peer.flushSoon();
    } else {
      peer.extensions().sendMetadata(MetadataMessage.reject(piece));
    }
  }

  /** Sends what there is room for; whether something is left. */
  boolean send() {
    byte[] metadata = swarm.metadata();
    while (metadata != null && !queue.isEmpty() && peer.hasRoom()) {
      peer.extensions().sendMetadata(MetadataMessage.data(metadata, queue.remove()));
    }
    return !queue.isEmpty();
  }
}
