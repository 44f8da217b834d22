package org.webtorrent4j.piece;

import java.util.ArrayList;
import java.util.List;

/**
 * A peer as the picker sees it: what it has, what it may be asked for and which pieces it has
 * begun. Confined to the event loop.
 */
public abstract class Source {
  /** Pieces that this peer alone is asked for, unless it turns out to be slow. */
  final List<PieceProgress> begun = new ArrayList<>();

  /** The pieces that the peer has. */
  public abstract Bitfield pieces();

  /**
   * Whether the peer would answer a request for this piece now: choking and trust are known here.
   */
  public abstract boolean mayAsk(int piece);

  /** Whether the peer needs so long for a piece that it should share pieces with others. */
  public abstract boolean isSlow();

  /** How many requests are on their way to the peer. */
  public abstract int outstanding();

  /** Whether a request for this block is on its way to the peer. */
  public abstract boolean hasAsked(PieceProgress progress, int block);

  /** Asks the peer for a block; the picker has marked it. */
  public abstract void ask(PieceProgress progress, int block);
}
