package org.webtorrent4j.swarm;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.wire.MetadataMessage;

/**
 * The info dictionary, if it has the length that some peers say. Memory grows with what arrives.
 * Confined to the event loop.
 */
final class MetadataAttempt {
  private static final int REQUESTS_PER_PEER = 2;

  final int length;

  /** Peers that say this length and are connected. */
  final Set<Peer> peers = new HashSet<>();

  /** Peers of which pieces are. */
  final Set<Peer> senders = new HashSet<>();

  private final @Nullable ByteBuffer[] pieces;
  private final @Nullable Peer[] asked;
  private final long[] askedNanos;
  private int received;

  MetadataAttempt(int length) {
    int count = MetadataMessage.pieceCount(length);
    this.length = length;
    this.pieces = new @Nullable ByteBuffer[count];
    this.asked = new @Nullable Peer[count];
    this.askedNanos = new long[count];
  }

  int received() {
    return received;
  }

  boolean isComplete() {
    return received == pieces.length;
  }

  /** Asks a peer for what is missing and was asked of nobody, or too long ago. */
  void ask(Peer peer, long nanoTime, long timeoutNanos) {
    int outstanding = 0;
    for (Peer other : asked) {
      outstanding += other == peer ? 1 : 0;
    }
    for (int i = 0; i < asked.length && outstanding < REQUESTS_PER_PEER; i++) {
      boolean isFree = asked[i] == null || nanoTime - askedNanos[i] > timeoutNanos;
      if (pieces[i] == null && isFree) {
        asked[i] = peer;
        askedNanos[i] = nanoTime;
        peer.extensions().requestMetadata(i);
        outstanding++;
      }
    }
  }

  /** Takes a piece from the peer that was asked for it, and from nobody else. */
  boolean accept(Peer peer, MetadataMessage message) {
    int piece = message.piece();
    if (piece >= pieces.length || pieces[piece] != null || asked[piece] != peer) {
      return false;
    }
    int size = Math.min(MetadataMessage.PIECE_SIZE, length - piece * MetadataMessage.PIECE_SIZE);
    if (message.bytes().remaining() != size) {
      return false;
    }
    byte[] bytes = new byte[size];
    message.bytes().get(bytes);
    pieces[piece] = ByteBuffer.wrap(bytes);
    asked[piece] = null;
    senders.add(peer);
    received++;
    return true;
  }

  /** All of it, once it is complete. */
  byte[] bytes() {
    byte[] all = new byte[length];
    ByteBuffer out = ByteBuffer.wrap(all);
    for (ByteBuffer piece : pieces) {
      if (piece != null) {
        out.put(piece.duplicate());
      }
    }
    return all;
  }

  /** What was asked of a peer may be asked of others. */
  void forget(Peer peer) {
    for (int i = 0; i < asked.length; i++) {
      asked[i] = asked[i] == peer ? null : asked[i];
    }
  }
}
