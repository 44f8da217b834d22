package org.webtorrent4j.piece;

import org.jspecify.annotations.Nullable;

/**
 * A piece on its way: which of its blocks were asked for, which have arrived, and from whom.
 * Confined to the event loop.
 */
public final class PieceProgress {
  private final int piece;
  private final byte[] requests; // per block: how many peers are asked for it now
  private final Bitfield received;
  private final @Nullable Source[] senders;
  private int free; // blocks neither asked for nor received
  private int firstFree; // no block before this one is free

  /** The peer that began the piece and is asked for it in order; null if it is up for adoption. */
  @Nullable Source owner;

  /** Whether only the owner is asked, so that it is known whom to blame. */
  boolean isExclusive;

  /** A piece of which nothing was asked for. */
  public PieceProgress(int piece, int blockCount) {
    this.piece = piece;
    this.requests = new byte[blockCount];
    this.received = new Bitfield(blockCount);
    this.senders = new @Nullable Source[blockCount];
    this.free = blockCount;
  }

  /** The piece's index. */
  public int piece() {
    return piece;
  }

  /** How many blocks it has. */
  public int blockCount() {
    return requests.length;
  }

  /** Whether all have arrived. */
  public boolean isComplete() {
    return received.isFull();
  }

  /** Whether one block has arrived. */
  public boolean hasReceived(int block) {
    return received.get(block);
  }

  /** Who sent a block that has arrived. */
  public Source sender(int block) {
    Source sender = senders[block];
    if (sender == null) {
      throw new IllegalStateException("block " + block + " of piece " + piece + " is missing");
    }
    return sender;
  }

  /** Whether some block was neither asked for nor received. */
  boolean hasFree() {
    return free > 0;
  }

  /** Whether somebody is asked for a block that has not arrived. */
  public boolean isAsked() {
    return free + received.cardinality() < requests.length;
  }

  /** The first block that was neither asked for nor received; -1 if there is none. */
  int nextFree() {
    if (free == 0) {
      return -1;
    }
    while (received.get(firstFree) || requests[firstFree] > 0) {
      firstFree++;
    }
    return firstFree;
  }

  /** How many peers are asked for a block now. */
  public int requests(int block) {
    return requests[block];
  }

  /** One more peer is asked for a block. */
  void onRequested(int block) {
    if (requests[block]++ == 0 && !received.get(block)) {
      free--;
    }
  }

  /** A peer that was asked will not send the block: choked, rejected, timed out or gone. */
  void onRequestLost(int block) {
    assert requests[block] > 0;
    if (--requests[block] == 0 && !received.get(block)) {
      free++;
      firstFree = Math.min(firstFree, block);
    }
  }

  /**
   * A block has arrived.
   *
   * @return false if it had arrived before
   */
  boolean onReceived(int block, Source sender) {
    boolean wasFree = requests[block] == 0;
    if (!received.set(block)) {
      return false;
    }
    if (wasFree) {
      free--;
    }
    senders[block] = sender;
    return true;
  }
}
