package org.webtorrent4j.swarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.PieceLayout;

/**
 * Decides which peers are served. While we download: those that serve us best, and a few optimistic
 * unchokes to find better ones (BEP 3). While we seed: in turns, so that nobody keeps a slot for
 * being fast. Confined to the event loop.
 */
final class Choker {
  /** The time between two calls of {@link #rechoke}. */
  static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long OPTIMISTIC_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int TURN_PIECES = 20;

  /** A turn is that long at least, unless nothing is taken; and not longer if little is. */
  private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long LONGEST_TURN_NANOS = TimeUnit.SECONDS.toNanos(180);
  private static final long IDLE_REST_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long LITTLE_BYTES = 12L * PieceLayout.BLOCK_LENGTH;
  private static final long NEW_PEER_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int NEW_PEER_WEIGHT = 3;

  private final IntSupplier slots;
  private final RandomGenerator random;

  /**
   * Chokes nobody yet.
   *
   * @param slots how many peers may be served now
   */
  Choker(IntSupplier slots, RandomGenerator random) {
    this.slots = slots;
    this.random = random;
  }

  /** What the choker knows of a peer and can do to it. */
  interface Candidate {
    boolean isInterested();

    boolean isUnchoked();

    /** Whether it has not delivered for long. */
    boolean isSnubbed();

    boolean isOptimistic();

    /** Whether it is or was unchoked. */
    boolean wasUnchoked();

    /** When it was unchoked last, or for the first time made optimistic. */
    long unchokedNanos();

    long connectedNanos();

    /** Bytes per second from it while we download, to it while we seed. */
    long rate();

    /** Bytes sent to it since it was unchoked, or, if it is choked, in its last turn. */
    long sentInTurn();

    void unchoke(boolean isOptimistic, long nanoTime);

    void choke();
  }

  /** A slot may be free: gives it away at once. */
  void fill(List<? extends Candidate> peers, long nanoTime) {
    int used = 0;
    List<Candidate> choked = new ArrayList<>();
    for (Candidate peer : peers) {
      if (peer.isInterested()) {
        if (peer.isUnchoked()) {
          used++;
        } else {
          choked.add(peer);
        }
      }
    }
    List<Candidate> idle = choked.stream().filter(Choker::wasIdle).toList();
    choked.removeAll(idle);
    int free = slots.getAsInt() - used;
    free -= unchokeSome(choked, free, nanoTime);
    unchokeSome(new ArrayList<>(idle), free, nanoTime);
  }

  private int unchokeSome(List<Candidate> choked, int most, long nanoTime) {
    int count = 0;
    while (count < most && !choked.isEmpty()) {
      choked.remove(random.nextInt(choked.size())).unchoke(false, nanoTime);
      count++;
    }
    return count;
  }

  /** Whether it has had a turn and taken nothing. */
  private static boolean wasIdle(Candidate peer) {
    return peer.wasUnchoked() && peer.sentInTurn() == 0;
  }

  /** Redistributes the slots. */
  void rechoke(List<? extends Candidate> peers, boolean isSeeding, int pieceLength, long nanoTime) {
    List<Candidate> interested = new ArrayList<>();
    for (Candidate peer : peers) {
      if (peer.isInterested()) {
        interested.add(peer);
      } else if (peer.isUnchoked()) {
        peer.choke();
      }
    }
    if (interested.size() <= slots.getAsInt()) {
      fill(interested, nanoTime);
    } else if (isSeeding) {
      takeTurns(interested, pieceLength, nanoTime);
    } else {
      reciprocate(interested, pieceLength, nanoTime);
    }
  }

  private void takeTurns(List<Candidate> peers, int pieceLength, long nanoTime) {
    peers.sort(byTurn(pieceLength, nanoTime));
    serve(peers, slots.getAsInt(), nanoTime);
  }

  /** First whose turn it is, then who waits longest; last who had a turn for nothing lately. */
  private static Comparator<Candidate> byTurn(int pieceLength, long nanoTime) {
    long turnBytes = (long) TURN_PIECES * pieceLength;
    return Comparator.comparing((Candidate peer) -> rests(peer, nanoTime))
        .thenComparing((Candidate peer) -> hasHadTurn(peer, turnBytes, nanoTime))
        .thenComparing((Candidate peer) -> !peer.isUnchoked())
        .thenComparing(Candidate::wasUnchoked)
        .thenComparingLong((Candidate peer) -> peer.unchokedNanos() - nanoTime);
  }

  private static boolean rests(Candidate peer, long nanoTime) {
    long idle = nanoTime - peer.unchokedNanos();
    return wasIdle(peer) && idle >= INTERVAL_NANOS && idle < IDLE_REST_NANOS;
  }

  private static boolean hasHadTurn(Candidate peer, long turnBytes, long nanoTime) {
    long turn = nanoTime - peer.unchokedNanos();
    long sent = peer.sentInTurn();
    return peer.isUnchoked()
        && (turn >= LONGEST_TURN_NANOS
            || (turn >= TURN_NANOS && (sent >= turnBytes || sent < LITTLE_BYTES)));
  }

  private void reciprocate(List<Candidate> peers, int pieceLength, long nanoTime) {
    int slots = this.slots.getAsInt();
    int optimisticSlots = Math.max(1, slots / 5);
    List<Candidate> optimistic = new ArrayList<>();
    for (Candidate peer : peers) {
      if (peer.isOptimistic()
          && nanoTime - peer.unchokedNanos() < OPTIMISTIC_NANOS
          && optimistic.size() < optimisticSlots) {
        optimistic.add(peer);
      }
    }
    peers.removeAll(optimistic);
    peers.sort(
        Comparator.comparing(Candidate::isSnubbed)
            .thenComparing(Comparator.comparingLong(Candidate::rate).reversed())
            .thenComparing(byTurn(pieceLength, nanoTime)));
    int regular = Math.max(0, slots - optimisticSlots);
    serveFirst(peers, regular, nanoTime);
    List<Candidate> rest =
        new ArrayList<>(peers.subList(Math.min(regular, peers.size()), peers.size()));
    while (optimistic.size() < optimisticSlots) {
      Candidate lucky = draw(rest, nanoTime);
      if (lucky == null) {
        break;
      }
      rest.remove(lucky);
      lucky.unchoke(true, nanoTime);
      optimistic.add(lucky);
    }
    chokeAll(rest);
  }

  /** A random peer; those that have just come are more likely. */
  private @Nullable Candidate draw(List<Candidate> peers, long nanoTime) {
    int total = 0;
    for (Candidate peer : peers) {
      total += weight(peer, nanoTime);
    }
    int ticket = total == 0 ? 0 : random.nextInt(total);
    for (Candidate peer : peers) {
      ticket -= weight(peer, nanoTime);
      if (ticket < 0) {
        return peer;
      }
    }
    return null;
  }

  private static int weight(Candidate peer, long nanoTime) {
    if (peer.isOptimistic()) {
      return 0; // its time is over
    }
    return nanoTime - peer.connectedNanos() < NEW_PEER_NANOS ? NEW_PEER_WEIGHT : 1;
  }

  private static void serve(List<Candidate> peers, int slots, long nanoTime) {
    chokeAll(peers.subList(slots, peers.size()));
    serveFirst(peers, slots, nanoTime);
  }

  private static void serveFirst(List<Candidate> peers, int slots, long nanoTime) {
    for (Candidate peer : peers.subList(0, Math.min(slots, peers.size()))) {
      if (!peer.isUnchoked() || peer.isOptimistic()) {
        peer.unchoke(false, nanoTime);
      }
    }
  }

  private static void chokeAll(List<Candidate> peers) {
    for (Candidate peer : peers) {
      if (peer.isUnchoked()) {
        peer.choke();
      }
    }
  }
}
