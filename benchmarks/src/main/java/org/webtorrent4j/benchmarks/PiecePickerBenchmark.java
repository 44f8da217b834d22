package org.webtorrent4j.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PiecePicker;
import org.webtorrent4j.piece.PieceProgress;
import org.webtorrent4j.piece.Source;

/**
 * Choosing the next block to ask for, with 100 peers that have a random half of the pieces each. A
 * block allocates nothing; a piece that is begun allocates its state, which is spread over its 64
 * blocks here.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set up before the first measurement
public class PiecePickerBenchmark {
  private static final int BLOCKS = 64;
  private static final int PEERS = 100;

  /** How many pieces the torrent has. */
  @Param({"1000", "100000", "1000000"})
  public int pieces;

  private PiecePicker picker;
  private AskedPeer peer;

  /** Builds the availability. */
  @Setup
  public void setUp() {
    Random random = new Random(1);
    Bitfield had = new Bitfield(pieces);
    for (int i = 0; i < 8; i++) {
      had.set(i); // past the pieces that are picked at random
    }
    picker = new PiecePicker(had, random, (piece, urgent) -> new PieceProgress(piece, BLOCKS));
    Bitfield last = had;
    for (int i = 0; i < PEERS; i++) {
      Bitfield has = new Bitfield(pieces);
      for (int piece = 0; piece < pieces; piece++) {
        if (random.nextBoolean()) {
          has.set(piece);
        }
      }
      picker.onPeerJoined(has);
      last = has;
    }
    peer = new AskedPeer(last);
  }

  /** Asks for one block, which arrives at once. */
  @Benchmark
  public int block() {
    int asked = picker.pick(peer, 1);
    PieceProgress progress = peer.progress;
    picker.onReceived(progress, peer.block, peer);
    picker.onRequestLost(progress, peer.block);
    if (progress.isComplete()) {
      picker.onFailed(progress.piece()); // so that there is always something to pick
    }
    return asked;
  }

  /** One more peer has a piece: the order follows. */
  @Benchmark
  public void have() {
    picker.onPeerHas(pieces / 2);
    picker.onPeerLost(pieces / 2);
  }

  /** A peer that remembers what it was asked for last. */
  private static final class AskedPeer extends Source {
    private final Bitfield pieces;
    private PieceProgress progress;
    private int block;

    @SuppressWarnings("NullAway.Init") // read only after it was asked
    AskedPeer(Bitfield pieces) {
      this.pieces = pieces;
    }

    @Override
    public Bitfield pieces() {
      return pieces;
    }

    @Override
    public boolean mayAsk(int piece) {
      return true;
    }

    @Override
    public boolean isSlow() {
      return false;
    }

    @Override
    public int outstanding() {
      return 0;
    }

    @Override
    public boolean hasAsked(PieceProgress asked, int index) {
      return false;
    }

    @Override
    public void ask(PieceProgress asked, int index) {
      progress = asked;
      block = index;
    }
  }
}
