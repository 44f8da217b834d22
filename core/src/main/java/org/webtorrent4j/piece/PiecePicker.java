package org.webtorrent4j.piece;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which block to ask a peer for: what readers wait for, then what the peer has begun, then
 * the rarest pieces, then, at the end, what others are slow with. Confined to the event loop.
 *
 * <p>A piece is in one of four states: had, skipped, active (a {@link PieceProgress}), or a
 * candidate of {@link Availability}.
 */
public final class PiecePicker {
  /** So many pieces are begun at random, to have something to trade soon. */
  private static final int RANDOM_FIRST_PIECES = 4;

  /** A block is asked for from so many peers at most, at the end. */
  private static final int MAX_END_GAME_REQUESTS = 3;

  /** A peer is asked for so many blocks in one go that others were asked for, at the end. */
  private static final int MAX_END_GAME_BLOCKS = 4;

  private final Availability availability;
  private final Bitfield had;
  private final Bitfield skipped;
  private final Bitfield high;
  private final Bitfield wanted; // missing and not skipped
  private final @Nullable PieceProgress[] active;
  private final List<PieceProgress> activeList = new ArrayList<>();
  private final Deque<PieceProgress> orphans = new ArrayDeque<>();
  private final List<ReadWindow> windows = new ArrayList<>();
  private final Beginner beginner;
  private boolean isSequential;
  private int seeds;
  private int windowTurn;
  private boolean isOutOfMemory;

  /** Provides what a piece needs to be begun. */
  public interface Beginner {
    /** The state of a piece that is to be begun; null if there is no memory for it now. */
    @Nullable PieceProgress begin(int piece, boolean isUrgent);
  }

  /** A picker for a torrent of which the pieces in {@code had} need not be asked for. */
  public PiecePicker(Bitfield had, RandomGenerator random, Beginner beginner) {
    int pieceCount = had.size();
    this.availability = new Availability(pieceCount, random);
    this.had = new Bitfield(had);
    this.skipped = new Bitfield(pieceCount);
    this.high = new Bitfield(pieceCount);
    this.wanted = new Bitfield(pieceCount);
    this.active = new @Nullable PieceProgress[pieceCount];
    this.beginner = beginner;
    for (int piece = had.nextClear(0); piece >= 0; piece = had.nextClear(piece + 1)) {
      availability.add(piece, false);
      wanted.set(piece);
    }
  }

  /** Whether pieces are begun in their order instead of rarest first. */
  public void sequential(boolean value) {
    isSequential = value;
  }

  /**
   * Changes how much a piece is wanted. An active piece that is skipped is finished all the same.
   */
  public void priority(int piece, Priority priority) {
    if (priority == priority(piece)) {
      return;
    }
    setTo(skipped, piece, priority == Priority.SKIP);
    setTo(high, piece, priority == Priority.HIGH);
    if (!had.get(piece)) {
      setTo(wanted, piece, priority != Priority.SKIP);
      if (active[piece] == null) {
        offer(piece);
      }
    }
  }

  /** How much a piece is wanted. */
  public Priority priority(int piece) {
    return skipped.get(piece) ? Priority.SKIP : high.get(piece) ? Priority.HIGH : Priority.NORMAL;
  }

  /** Whether a piece is missing and wanted, by its priority or by a reader. */
  public boolean isWanted(int piece) {
    return wanted.get(piece) || (!had.get(piece) && isInWindow(piece));
  }

  /** How many pieces are missing that their priority wants. */
  public int missingWanted() {
    return wanted.cardinality();
  }

  /**
   * Some missing piece that is wanted and in this set; -1 if there is none.
   *
   * @param from where to begin to look, since what lies before was looked at the last time
   */
  public int anyWanted(Bitfield pieces, int from) {
    int piece = wanted.nextCommon(pieces, from);
    if (piece < 0 && from > 0) {
      piece = wanted.nextCommon(pieces, 0);
    }
    for (int i = 0; i < windows.size() && piece < 0; i++) {
      ReadWindow window = windows.get(i);
      for (int p = nextMissing(window, window.first()); p >= 0; p = nextMissing(window, p + 1)) {
        if (pieces.get(p)) {
          return p;
        }
      }
    }
    return piece;
  }

  /** A peer that has everything has joined: those are only counted. */
  public void onSeedJoined() {
    seeds++;
  }

  /** Such a peer is gone, or from now on its pieces are counted one by one. */
  public void onSeedGone() {
    seeds--;
  }

  /** How many pieces were counted in or out so far: work that peers can cause. */
  public long countedPieces() {
    return availability.changes();
  }

  /** A peer has a piece. Not called for peers that count as seeds. */
  public void onPeerHas(int piece) {
    availability.increment(piece);
  }

  /** A peer no longer has a piece. */
  public void onPeerLost(int piece) {
    availability.decrement(piece);
  }

  /** A peer has joined with these pieces. Not called for peers that count as seeds. */
  public void onPeerJoined(Bitfield pieces) {
    for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
      availability.increment(piece);
    }
  }

  /** A peer with these pieces is gone. */
  public void onPeerGone(Bitfield pieces) {
    for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
      availability.decrement(piece);
    }
  }

  /** A reader needs the pieces of a window; it may move. */
  public void addWindow(ReadWindow window) {
    windows.add(window);
  }

  /** The reader is gone. */
  public void removeWindow(ReadWindow window) {
    windows.remove(window);
  }

  /** Whether a reader waits for this very piece. */
  public boolean isUrgent(int piece) {
    for (ReadWindow window : windows) {
      if (piece == nextMissing(window, window.first())) {
        return true;
      }
    }
    return false;
  }

  /** Whether some reader will need a piece soon. */
  public boolean isInWindow(int piece) {
    for (ReadWindow window : windows) {
      if (window.contains(piece)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a peer can be asked now for something that a reader will need. */
  public boolean canHelp(Source source, ReadWindow window) {
    for (int p = nextMissing(window, window.first()); p >= 0; p = nextMissing(window, p + 1)) {
      if (canAsk(source, p)) {
        return true;
      }
    }
    return false;
  }

  /** The state of a piece on its way; null if it is not. */
  public @Nullable PieceProgress activeAt(int piece) {
    return active[piece];
  }

  /** The pieces on their way. */
  public List<PieceProgress> active() {
    return activeList;
  }

  /** A piece is verified and stored. */
  public void onHad(int piece) {
    deactivate(piece);
    if (had.set(piece)) {
      availability.remove(piece);
      wanted.clear(piece);
    }
  }

  /** What was received of a piece is thrown away: it failed its hash or could not be stored. */
  public void onFailed(int piece) {
    deactivate(piece);
    offer(piece);
  }

  /** The next one who begins this piece is to fetch it alone. */
  public void isolate(PieceProgress progress) {
    progress.isExclusive = true;
  }

  /** A block has arrived; false if it is not needed (any more). */
  public boolean onReceived(PieceProgress progress, int block, Source sender) {
    return active[progress.piece()] == progress && progress.onReceived(block, sender);
  }

  /** A peer will not send a block that it was asked for. */
  public void onRequestLost(PieceProgress progress, int block) {
    progress.onRequestLost(block);
    if (progress.owner == null && active[progress.piece()] == progress) {
      adoptable(progress);
    }
  }

  /** A peer cannot be asked any more, or only later: others may finish what it has begun. */
  public void abandon(Source source) {
    for (PieceProgress progress : source.begun) {
      progress.owner = null;
      adoptable(progress);
    }
    source.begun.clear();
  }

  /**
   * Asks a peer for up to {@code count} blocks.
   *
   * @return how many it was asked for
   */
  public int pick(Source source, int count) {
    isOutOfMemory = false;
    int left = count - askWindows(source, count);
    if (left > 0) {
      left -= askBegun(source, left);
    }
    if (left > 0) {
      left -= adopt(source, left);
    }
    if (left > 0 && source.isSlow()) {
      left -= share(source, left);
    }
    while (left > 0) {
      PieceProgress progress = beginNext(source);
      if (progress == null) {
        break;
      }
      left -= askInOrder(source, progress, left);
    }
    if (left > 0) {
      left -= share(source, left);
    }
    if (left == count && !isOutOfMemory && !hasReachableCandidates()) {
      left -= endGame(source, Math.min(left, MAX_END_GAME_BLOCKS - source.outstanding()));
    }
    return count - left;
  }

  /**
   * Asks a peer for up to {@code count} blocks of one piece, which others may have begun.
   *
   * @return how many it was asked for
   */
  public int pickFrom(Source source, int piece, int count) {
    if (!isWanted(piece) || !canAsk(source, piece)) {
      return 0;
    }
    PieceProgress progress = active[piece] != null ? active[piece] : begin(source, piece, false);
    return progress != null && isOpenTo(progress, source) ? askInOrder(source, progress, count) : 0;
  }

  /** First what each reader waits for now, then what they will need; readers take turns. */
  private int askWindows(Source source, int count) {
    int asked = 0;
    int readers = windows.size();
    windowTurn++;
    for (int i = 0; i < readers && asked < count; i++) {
      ReadWindow window = windows.get((windowTurn + i) % readers);
      int piece = nextMissing(window, window.first());
      if (piece >= 0) {
        asked += askUrgent(source, piece, true, count - asked);
      }
    }
    for (int i = 0; i < readers && asked < count; i++) {
      ReadWindow window = windows.get((windowTurn + i) % readers);
      int piece = nextMissing(window, window.first());
      while (piece >= 0 && asked < count) {
        asked += askUrgent(source, piece, false, count - asked);
        piece = nextMissing(window, piece + 1);
      }
    }
    return asked;
  }

  private int askUrgent(Source source, int piece, boolean isUrgent, int count) {
    if (!canAsk(source, piece)) {
      return 0;
    }
    PieceProgress progress = active[piece];
    if (progress == null) {
      progress = begin(source, piece, isUrgent);
    }
    return progress != null && isOpenTo(progress, source) ? askInOrder(source, progress, count) : 0;
  }

  /** The first missing piece of a window at or after {@code from}; -1 if there is none. */
  private int nextMissing(ReadWindow window, int from) {
    int piece = had.nextClear(from);
    return piece < window.end() ? piece : -1;
  }

  private int askBegun(Source source, int count) {
    int asked = 0;
    for (int i = 0; i < source.begun.size() && asked < count; i++) {
      PieceProgress progress = source.begun.get(i);
      if (!source.pieces().get(progress.piece())) { // not any more
        source.begun.remove(i--);
        progress.owner = null;
        adoptable(progress);
      } else if (progress.hasFree() && source.mayAsk(progress.piece())) {
        asked += askInOrder(source, progress, count - asked);
      }
    }
    return asked;
  }

  private int adopt(Source source, int count) {
    int asked = 0;
    for (Iterator<PieceProgress> all = orphans.iterator(); all.hasNext() && asked < count; ) {
      PieceProgress orphan = all.next();
      boolean isStale = active[orphan.piece()] != orphan || orphan.owner != null;
      if (isStale || !orphan.hasFree()) {
        all.remove();
      } else if (canAsk(source, orphan.piece())) {
        all.remove();
        own(source, orphan);
        asked += askInOrder(source, orphan, count - asked);
      }
    }
    return asked;
  }

  /** Helps with pieces that others have begun. */
  private int share(Source source, int count) {
    int asked = 0;
    for (int i = 0; i < activeList.size() && asked < count; i++) {
      PieceProgress progress = activeList.get(i);
      if (progress.hasFree() && isOpenTo(progress, source) && canAsk(source, progress.piece())) {
        asked += askInOrder(source, progress, count - asked);
      }
    }
    return asked;
  }

  /**
   * Asks for blocks that others were asked for, once nothing else is left to ask this peer for.
   * Those that were asked for last come first: the others may be on their way already.
   */
  private int endGame(Source source, int count) {
    int asked = 0;
    for (int i = activeList.size() - 1; i >= 0 && asked < count; i--) {
      PieceProgress progress = activeList.get(i);
      if (!isOpenTo(progress, source) || !canAsk(source, progress.piece())) {
        continue;
      }
      for (int block = progress.blockCount() - 1; block >= 0 && asked < count; block--) {
        if (!progress.hasReceived(block)
            && progress.requests(block) < MAX_END_GAME_REQUESTS
            && !source.hasAsked(progress, block)) {
          ask(source, progress, block);
          asked++;
        }
      }
    }
    return asked;
  }

  private int askInOrder(Source source, PieceProgress progress, int count) {
    int asked = 0;
    while (asked < count) {
      int block = progress.nextFree();
      if (block < 0) {
        break;
      }
      ask(source, progress, block);
      asked++;
    }
    return asked;
  }

  private static void ask(Source source, PieceProgress progress, int block) {
    progress.onRequested(block);
    source.ask(progress, block);
  }

  /** Whether somebody who is connected has a piece that nobody has begun. */
  private boolean hasReachableCandidates() {
    return seeds > 0 ? availability.hasCandidates() : availability.hasCountedCandidates();
  }

  private @Nullable PieceProgress beginNext(Source source) {
    if (!availability.hasCandidates()) {
      return null;
    }
    Bitfield has = source.pieces();
    int piece;
    if (isSequential) {
      piece = availability.pickFirst(has);
    } else if (had.cardinality() < RANDOM_FIRST_PIECES) {
      piece = availability.pickRandom(has);
    } else {
      piece = availability.pickRarest(has);
    }
    return piece < 0 || !source.mayAsk(piece) ? null : begin(source, piece, false);
  }

  private @Nullable PieceProgress begin(Source source, int piece, boolean isUrgent) {
    PieceProgress progress = beginner.begin(piece, isUrgent);
    if (progress == null) {
      isOutOfMemory = true;
    } else {
      availability.remove(piece);
      active[piece] = progress;
      activeList.add(progress);
      own(source, progress);
    }
    return progress;
  }

  private static void own(Source source, PieceProgress progress) {
    progress.owner = source;
    source.begun.add(progress);
  }

  /** Whether a peer may contribute to a piece: one that was spoilt is fetched from one peer. */
  public boolean isOpenTo(PieceProgress progress, Source source) {
    return progress.owner == source || progress.owner == null || !progress.isExclusive;
  }

  private static boolean canAsk(Source source, int piece) {
    return source.pieces().get(piece) && source.mayAsk(piece);
  }

  private void adoptable(PieceProgress progress) {
    if (progress.hasFree() && !orphans.contains(progress)) {
      orphans.add(progress);
    }
  }

  private void deactivate(int piece) {
    PieceProgress progress = active[piece];
    if (progress != null) {
      active[piece] = null;
      activeList.remove(progress);
      if (progress.owner != null) {
        progress.owner.begun.remove(progress);
        progress.owner = null;
      }
    }
  }

  private void offer(int piece) {
    if (skipped.get(piece)) {
      availability.remove(piece);
    } else {
      availability.add(piece, high.get(piece));
    }
  }

  private static void setTo(Bitfield set, int piece, boolean isIn) {
    if (isIn) {
      set.set(piece);
    } else {
      set.clear(piece);
    }
  }
}
