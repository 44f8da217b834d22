package org.webtorrent4j.swarm;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.piece.PieceProgress;
import org.webtorrent4j.piece.Source;

/**
 * What one peer is asked for: a pipeline as long as the peer delivers in about three seconds, and
 * the time after which it is snubbed. Confined to the event loop.
 */
final class PeerRequests extends Source {
  private static final int MIN_TARGET = 2;
  private static final int MAX_TARGET = 500;
  private static final int MAX_OUTSTANDING = 4 * MAX_TARGET; // with those that were withdrawn
  private static final long NEVER = Long.MIN_VALUE;
  private static final int FIRST_TARGET = 8;
  private static final int PIPELINE_SECONDS = 3;
  private static final int SLOW_PIECE_SECONDS = 20;
  private static final int MAX_REFUSALS = 16;
  private static final long FIRST_REST_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_RESTS = 5; // five minutes
  private static final long MIN_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long MAX_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long FIRST_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Peer peer;
  private final PieceLayout layout;

  // A ring of the requests on their way, oldest first.
  private @Nullable PieceProgress[] pieces = new PieceProgress[16];
  private int[] blocks = new int[16];
  private long[] askedNanos = new long[16];
  private long[] withdrawnNanos = new long[16];
  private int first;
  private int size;
  private int withdrawn;

  private int target = FIRST_TARGET;
  private boolean isStarting =
      true; // the pipeline grows with every block, until that does not help
  private long rateAtTick;
  private boolean hasDelivered;
  private long lastBlockNanos;
  private double meanNanos; // from request to block
  private double deviationNanos;
  private boolean isSnubbed;
  private int refusals; // since the last block
  private int unrequestedRejects;
  private int rests;
  private boolean isResting;
  private long restsUntilNanos;
  private int forgiven; // requests that were given up and may be answered all the same

  PeerRequests(Peer peer, PieceLayout layout) {
    this.peer = peer;
    this.layout = layout;
  }

  Peer peer() {
    return peer;
  }

  @Override
  public Bitfield pieces() {
    return peer.pieces();
  }

  @Override
  public boolean mayAsk(int piece) {
    return !peer.isChokingUs() || peer.allowsFast(piece);
  }

  @Override
  public boolean isSlow() {
    return isSnubbed
        || (!isStarting && peer.downloadRate() * SLOW_PIECE_SECONDS < layout.pieceLength());
  }

  @Override
  public boolean hasAsked(PieceProgress progress, int block) {
    return indexOf(progress, block) >= 0;
  }

  @Override
  public int outstanding() {
    return size;
  }

  @Override
  public void ask(PieceProgress progress, int block) {
    if (size == pieces.length) {
      grow();
    }
    int at = (first + size++) & (pieces.length - 1);
    pieces[at] = progress;
    blocks[at] = block;
    askedNanos[at] = peer.nanoTime();
    withdrawnNanos[at] = NEVER;
    int piece = progress.piece();
    peer.output()
        .request(piece, block * PieceLayout.BLOCK_LENGTH, layout.blockLength(piece, block));
  }

  /** How many more requests the peer should get now; 0 as long as the pipeline is full enough. */
  int missing() {
    if (isResting && restsUntilNanos - peer.nanoTime() > 0) {
      return 0;
    }
    isResting = false;
    int wanted = isSnubbed ? 1 : Math.min(target, peer.requestLimit());
    int expected = size - withdrawn;
    return expected > wanted - Math.max(1, wanted / 8)
        ? 0
        : Math.min(wanted - expected, MAX_OUTSTANDING - size);
  }

  /**
   * Cancels a request that nobody else shall answer before the peer has: its block may be on its
   * way already. With the fast extension the peer rejects what it has not sent (BEP 6).
   */
  void withdraw(int index) {
    if (!isWithdrawn(index)) {
      int at = at(index);
      withdrawnNanos[at] = peer.nanoTime();
      withdrawn++;
      int piece = piece(at).piece();
      int block = blocks[at];
      peer.output()
          .cancel(piece, block * PieceLayout.BLOCK_LENGTH, layout.blockLength(piece, block));
    }
  }

  /** Whether a request was withdrawn. */
  boolean isWithdrawn(int index) {
    return withdrawn > 0 && withdrawnNanos[at(index)] != NEVER;
  }

  /**
   * Whether the answer to another request tells that a withdrawn one will not be answered any more:
   * the other was asked when the peer had had the time to send all that was on its way.
   */
  boolean isDropped(int index, int answered) {
    return isWithdrawn(index) && askedNanos[at(answered)] - withdrawnNanos[at(index)] > meanNanos;
  }

  /** Whether the peer owes us nothing but answers to what was withdrawn. */
  boolean isAllWithdrawn() {
    return size == withdrawn;
  }

  boolean isSnubbed() {
    return isSnubbed;
  }

  /** The request for a block, oldest first; -1 if there is none. */
  int find(int piece, int block) {
    for (int i = 0; i < size; i++) {
      int at = at(i);
      if (blocks[at] == block && piece(at).piece() == piece) {
        return i;
      }
    }
    return -1;
  }

  /** The piece of the request at an index that {@link #find} gave. */
  PieceProgress progress(int index) {
    return piece(at(index));
  }

  /** The block of a request has arrived. */
  void onBlock(int index, long nanoTime) {
    long took = nanoTime - askedNanos[at(index)];
    if (meanNanos == 0) {
      meanNanos = took;
    } else {
      deviationNanos += (Math.abs(took - meanNanos) - deviationNanos) / 8;
      meanNanos += (took - meanNanos) / 8;
    }
    lastBlockNanos = nanoTime;
    hasDelivered = true;
    isSnubbed = false;
    refusals = 0;
    rests = 0;
    if (isStarting && target < MAX_TARGET) {
      target++;
    }
    remove(index);
  }

  /**
   * The peer has refused one more piece that it could give. If it does so again and again it is
   * left alone for a while, each time longer.
   *
   * @return whether it is left alone now
   */
  boolean onRefused(long nanoTime) {
    if (++refusals < MAX_REFUSALS) {
      return false;
    }
    refusals = 0;
    snub();
    isResting = true;
    restsUntilNanos = nanoTime + (FIRST_REST_NANOS << Math.min(rests++, MAX_RESTS));
    return true;
  }

  /** One more reject came for what was not asked for; returns how many did. */
  int countUnrequestedReject() {
    return ++unrequestedRejects;
  }

  /** Takes a request out without a word to anybody. */
  void remove(int index) {
    if (isWithdrawn(index)) {
      withdrawn--;
    }
    for (int i = index; i > 0; i--) {
      int to = at(i);
      int from = at(i - 1);
      pieces[to] = pieces[from];
      blocks[to] = blocks[from];
      askedNanos[to] = askedNanos[from];
      withdrawnNanos[to] = withdrawnNanos[from];
    }
    pieces[first] = null;
    first = (first + 1) & (pieces.length - 1);
    size--;
  }

  /** The block index of a request. */
  int block(int index) {
    return blocks[at(index)];
  }

  /** A request was given up; its block may come all the same. */
  void forgive() {
    forgiven++;
  }

  /** Whether a block that is not asked for (any more) is no offence. */
  boolean takeForgiven() {
    return forgiven > 0 && forgiven-- > 0;
  }

  /** Whether the peer owes us a block for too long. */
  boolean isOverdue(long nanoTime) {
    if (size == 0) {
      return false;
    }
    long owedNanos = nanoTime - askedNanos[first];
    if (hasDelivered) {
      owedNanos = Math.min(owedNanos, nanoTime - lastBlockNanos);
    }
    return owedNanos > timeoutNanos();
  }

  /** The peer does not deliver: it is asked for one block at a time until it does. */
  void snub() {
    isSnubbed = true;
    isStarting = false;
    target = MIN_TARGET;
  }

  /** Fits the pipeline to the rate; called about twice a second. */
  void tick(long rate) {
    if (isStarting && hasDelivered && rate < rateAtTick + rateAtTick / 20 + 5000) {
      isStarting = false;
    }
    rateAtTick = rate;
    if (!isStarting && !isSnubbed) {
      long wanted = rate * PIPELINE_SECONDS / PieceLayout.BLOCK_LENGTH;
      target = (int) Math.max(FIRST_TARGET, Math.min(MAX_TARGET, wanted));
    }
  }

  private long timeoutNanos() {
    if (meanNanos == 0) {
      return FIRST_TIMEOUT_NANOS;
    }
    long timeout = (long) (meanNanos + 4 * deviationNanos);
    return Math.max(MIN_TIMEOUT_NANOS, Math.min(MAX_TIMEOUT_NANOS, timeout));
  }

  private int indexOf(PieceProgress progress, int block) {
    for (int i = 0; i < size; i++) {
      int at = at(i);
      if (blocks[at] == block && pieces[at] == progress) {
        return i;
      }
    }
    return -1;
  }

  private int at(int index) {
    return (first + index) & (pieces.length - 1);
  }

  private PieceProgress piece(int at) {
    PieceProgress progress = pieces[at];
    if (progress == null) {
      throw new IllegalStateException("no request at " + at);
    }
    return progress;
  }

  private void grow() {
    int room = pieces.length * 2;
    @Nullable PieceProgress[] newPieces = new PieceProgress[room];
    int[] newBlocks = new int[room];
    long[] newAsked = new long[room];
    long[] newWithdrawn = new long[room];
    for (int i = 0; i < size; i++) {
      newPieces[i] = pieces[at(i)];
      newBlocks[i] = blocks[at(i)];
      newAsked[i] = askedNanos[at(i)];
      newWithdrawn[i] = withdrawnNanos[at(i)];
    }
    pieces = newPieces;
    blocks = newBlocks;
    askedNanos = newAsked;
    withdrawnNanos = newWithdrawn;
    first = 0;
  }
}
