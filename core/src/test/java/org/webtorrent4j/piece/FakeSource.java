package org.webtorrent4j.piece;

import java.util.ArrayList;
import java.util.List;

/** A peer that only remembers what it was asked for. */
final class FakeSource extends Source {
  record Asked(PieceProgress progress, int block) {
    int piece() {
      return progress.piece();
    }
  }

  final Bitfield pieces;
  final List<Asked> asked = new ArrayList<>();
  boolean isChoking;
  boolean isSlow;

  FakeSource(int pieceCount, int... has) {
    pieces = new Bitfield(pieceCount);
    for (int piece : has) {
      pieces.set(piece);
    }
  }

  static FakeSource seed(int pieceCount) {
    FakeSource seed = new FakeSource(pieceCount);
    seed.pieces.setAll();
    return seed;
  }

  @Override
  public Bitfield pieces() {
    return pieces;
  }

  @Override
  public boolean mayAsk(int piece) {
    return !isChoking;
  }

  @Override
  public boolean isSlow() {
    return isSlow;
  }

  @Override
  public int outstanding() {
    return asked.size();
  }

  @Override
  public boolean hasAsked(PieceProgress progress, int block) {
    return asked.contains(new Asked(progress, block));
  }

  @Override
  public void ask(PieceProgress progress, int block) {
    asked.add(new Asked(progress, block));
  }

  List<Integer> askedPieces() {
    return asked.stream().map(Asked::piece).distinct().toList();
  }
}
