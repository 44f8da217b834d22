package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.PieceProgress;
import org.webtorrent4j.storage.PieceBuffer;

/**
 * The pieces of one torrent that are in memory, from the first request until they are stored or
 * given up. Confined to the event loop.
 */
final class PiecesInMemory {
  /** A piece for which nobody is asked gives its memory to others that wait for some. */
  private static final long UNASKED_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** So does one that nobody delivers, and then to other pieces of its own torrent, too. */
  private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Memory.Holder memory;
  private final Map<PieceProgress, Held> held =
      new LinkedHashMap<>(); // in order, so that runs can be repeated

  PiecesInMemory(Memory.Holder memory) {
    this.memory = memory;
  }

  /** The memory of a piece, and when something of it came last. */
  private static final class Held {
    final PieceBuffer buffer;
    long touchedNanos;

    Held(PieceBuffer buffer, long nanoTime) {
      this.buffer = buffer;
      this.touchedNanos = nanoTime;
    }
  }

  /**
   * Takes the memory for a piece; false if there is none now, and then there is a wait for it.
   *
   * @throws IOException if the system has not so much memory
   */
  boolean begin(PieceProgress progress, int length, boolean isUrgent, long nanoTime)
      throws IOException {
    PieceBuffer buffer = memory.begin(length, isUrgent);
    if (buffer != null) {
      held.put(progress, new Held(buffer, nanoTime));
    }
    return buffer != null;
  }

  /** The memory of a piece; null if it has none (any more). */
  @Nullable PieceBuffer of(PieceProgress progress) {
    Held piece = held.get(progress);
    return piece == null ? null : piece.buffer;
  }

  /** Something of a piece that has memory has come. */
  void touch(PieceProgress progress, long nanoTime) {
    Held piece = held.get(progress);
    if (piece != null) {
      piece.touchedNanos = nanoTime;
    }
  }

  /** Gives the memory of a piece back, if it has any. */
  void release(PieceProgress progress) {
    Held piece = held.remove(progress);
    if (piece != null) {
      memory.release(piece.buffer);
    }
  }

  /** The pieces of which nothing has come for too long. */
  List<PieceProgress> stalled(boolean isForOthers, long nanoTime) {
    List<PieceProgress> stalled = new ArrayList<>();
    for (PieceProgress progress : incomplete()) {
      Held piece = held.get(progress);
      boolean isPatient = progress.isAsked() || !isForOthers;
      long patience = isPatient ? STALLED_NANOS : UNASKED_NANOS;
      if (piece != null && nanoTime - piece.touchedNanos > patience) {
        stalled.add(progress);
      }
    }
    return stalled;
  }

  /** The pieces of which something is missing. */
  List<PieceProgress> incomplete() {
    return held.keySet().stream().filter(progress -> !progress.isComplete()).toList();
  }

  /** No more pieces are begun. */
  void leave() {
    memory.leave();
  }
}
