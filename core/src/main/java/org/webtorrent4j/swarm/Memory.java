package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.storage.BufferPool;
import org.webtorrent4j.storage.PieceBuffer;
import org.webtorrent4j.storage.Segment;

/**
 * Shares the memory of a client: a part is kept for each direction, and when there is not enough
 * for all downloads, the torrent that holds least begins the next piece. While somebody waits, what
 * is stalled is taken back, and a torrent that has waited for long gets one piece beyond the
 * budget, at most as much again as the budget. One piece that is larger than the budget may be in
 * memory, and does not count. Confined to the event loop.
 */
final class Memory {
  private static final int UPLOAD_PART = 8;
  private static final int DOWNLOAD_PART = 4;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final EventLoop loop;
  private final BufferPool pool;
  private final Share uploads;
  private final Set<Holder> holders = new LinkedHashSet<>();
  private final Set<Holder> waiting = new LinkedHashSet<>();
  private long uploadBytes;
  private int pieces;
  private long oversizeBytes; // of the piece that is larger than the budget
  private boolean isFreed;

  // While memory is given out: to whom, how many pieces it may begin, and if there was too little.
  private @Nullable Holder turn;
  private int turnPieces;
  private boolean isShort;

  /** Who holds pieces in memory: the download of one torrent. */
  interface Owner {
    /** There may be memory for what was refused. */
    void onMemory();

    /** Others wait, or only it does: gives back what is stalled. */
    void giveBackStalled(boolean isForOthers, long nanoTime);
  }

  /**
   * Shares this pool.
   *
   * @param uploadLimit bytes per second that may be uploaded; 0 = no limit
   */
  Memory(EventLoop loop, BufferPool pool, long uploadLimit) {
    this.loop = loop;
    this.pool = pool;
    this.uploads = new Share(loop, uploadLimit, this::hasForUpload);
  }

  BufferPool pool() {
    return pool;
  }

  /** Who may upload, which takes memory too. */
  Share uploads() {
    return uploads;
  }

  /** Called twice a second. */
  void tick(long nanoTime) {
    if (!waiting.isEmpty()) {
      for (Holder holder : List.copyOf(holders)) {
        boolean isForOthers = waiting.size() > 1 || !waiting.contains(holder);
        holder.owner.giveBackStalled(isForOthers, nanoTime);
      }
      giveOut();
    }
  }

  // ---- uploads

  private boolean hasForUpload() {
    return uploadBytes < pool.budget() / UPLOAD_PART
        || pool.available() >= pool.budget() / DOWNLOAD_PART;
  }

  /** A segment for reading ahead; null if there is none now. */
  @Nullable Segment acquireForUpload() {
    if (!hasForUpload()) {
      return null;
    }
    Segment segment = pool.tryAcquire();
    if (segment == null && uploadBytes < pool.budget() / UPLOAD_PART) {
      segment = acquireBeyondBudget();
    }
    if (segment != null) {
      uploadBytes += Segment.LENGTH;
    }
    return segment;
  }

  /** A piece that is larger than the budget does not stop uploads. */
  private @Nullable Segment acquireBeyondBudget() {
    try {
      return pool.acquireBeyondBudget();
    } catch (OutOfMemoryError e) { // the direct memory of a JVM has a limit of its own
      return null;
    }
  }

  void onUploadReleased() {
    uploadBytes -= Segment.LENGTH;
    onFreed();
  }

  // ---- downloads

  Holder join(Owner owner) {
    Holder holder = new Holder(owner);
    holders.add(holder);
    return holder;
  }

  private boolean fits(long bytes) {
    long kept = Math.max(0, pool.budget() / UPLOAD_PART - uploadBytes);
    return pool.used() - oversizeBytes + bytes + kept <= pool.budget();
  }

  private boolean isOversize(long bytes) {
    return bytes > pool.budget();
  }

  /** Whether a torrent that has no piece in memory gets one although the budget is used up. */
  private boolean mayExceed(Holder holder, long bytes, boolean isUrgent) {
    boolean isDue = isUrgent || pieces == 0 || holder.waitedNanos() >= PATIENCE_NANOS;
    boolean isRoom =
        isOversize(bytes)
            ? oversizeBytes == 0
            : pool.used() - oversizeBytes + bytes <= 2 * pool.budget();
    return holder.bytes == 0 && isDue && isRoom;
  }

  private void onFreed() {
    if (!isFreed && (!waiting.isEmpty() || uploads.isAwaited())) {
      isFreed = true;
      loop.execute(
          () -> {
            isFreed = false;
            giveOut();
            uploads.serve();
          });
    }
  }

  /** One piece at a time to whom holds least, until somebody's does not fit. */
  private void giveOut() {
    List<Holder> refused = new ArrayList<>();
    isShort = false;
    for (Holder next = first(); next != null && !isShort; next = first()) {
      waiting.remove(next);
      long before = next.bytes;
      turn = next;
      turnPieces = waiting.isEmpty() && refused.isEmpty() ? Integer.MAX_VALUE : 1;
      next.owner.onMemory();
      turn = null;
      boolean isWaiting = waiting.contains(next);
      next.isPatient &= isWaiting;
      if (isWaiting && next.bytes == before) {
        waiting.remove(next);
        refused.add(next);
      }
    }
    waiting.addAll(refused);
  }

  private @Nullable Holder first() {
    Holder first = null;
    for (Holder holder : waiting) {
      if (first == null
          || holder.bytes < first.bytes
          || (holder.bytes == first.bytes && holder.waitedNanos() > first.waitedNanos())) {
        first = holder;
      }
    }
    return first;
  }

  /** The pieces of one torrent. */
  final class Holder {
    private final Owner owner;
    private long bytes;
    private boolean isPatient; // it waits, and has got nothing since it does
    private long patientSinceNanos;

    private Holder(Owner owner) {
      this.owner = owner;
    }

    /**
     * Memory for a piece; null if there is none now, and then it waits.
     *
     * @throws IOException if the system has not so much memory
     */
    @Nullable PieceBuffer begin(int length, boolean isUrgent) throws IOException {
      long needed = Segment.LENGTH * ((length - 1L) / Segment.LENGTH + 1);
      boolean isFitting = fits(needed);
      boolean isItsTurn = turn == this ? turnPieces > 0 : isFirst();
      PieceBuffer buffer = null;
      if (isFitting && (isItsTurn || isUrgent)) {
        buffer = PieceBuffer.tryAcquire(pool, length);
      }
      boolean isBesideOversize = isFitting && isItsTurn && oversizeBytes > 0;
      if (buffer == null && (isBesideOversize || mayExceed(this, needed, isUrgent))) {
        buffer = PieceBuffer.acquireBeyondBudget(pool, length);
      }
      if (buffer == null) {
        isShort |= isItsTurn && !isOversize(needed); // that one waits for another like it only
        await();
        return null;
      }
      oversizeBytes += isOversize(needed) ? needed : 0;
      pieces++;
      turnPieces--;
      bytes += needed;
      isPatient = false;
      return buffer;
    }

    void release(PieceBuffer buffer) {
      long freed = (long) Segment.LENGTH * buffer.segments().size();
      pieces--;
      bytes -= freed;
      oversizeBytes -= isOversize(freed) ? freed : 0;
      buffer.release();
      onFreed();
    }

    /** It begins no more pieces; those it holds it gives back later. */
    void leave() {
      waiting.remove(this);
      holders.remove(this);
      onFreed();
    }

    private boolean isFirst() {
      return waiting.isEmpty() || (waiting.size() == 1 && waiting.contains(this));
    }

    private void await() {
      waiting.add(this);
      if (!isPatient) {
        isPatient = true;
        patientSinceNanos = loop.nanoTime();
      }
    }

    private long waitedNanos() {
      return isPatient ? loop.nanoTime() - patientSinceNanos : 0;
    }
  }
}
