package org.webtorrent4j.piece;

/**
 * Where the pieces and blocks of a torrent lie: pieces of one length, but for the last, each cut
 * into blocks of 16 KiB, but for its last. Immutable.
 *
 * @param totalLength length of all files in bytes, at least 1
 * @param pieceLength length of every piece but the last in bytes, at least 1
 */
public record PieceLayout(long totalLength, int pieceLength) {
  /** Length of a block, the unit of requests, in bytes. */
  public static final int BLOCK_LENGTH = 16 * 1024;

  /** Checks the ranges; the number of pieces must fit in an int. */
  public PieceLayout {
    if (totalLength < 1 || pieceLength < 1) {
      throw new IllegalArgumentException(
          "no pieces: total length " + totalLength + ", piece length " + pieceLength);
    }
    if ((totalLength - 1) / pieceLength >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException("too many pieces");
    }
  }

  /** How many pieces there are. */
  public int pieceCount() {
    return (int) ((totalLength - 1) / pieceLength) + 1;
  }

  /** Offset of a piece's first byte in the torrent. */
  public long offset(int piece) {
    return (long) piece * pieceLength;
  }

  /** Length of one piece in bytes; the last one may be short. */
  public int length(int piece) {
    return (int) Math.min(pieceLength, totalLength - offset(piece));
  }

  /** How many blocks one piece has. */
  public int blockCount(int piece) {
    return (length(piece) - 1) / BLOCK_LENGTH + 1;
  }

  /** Length of one block in bytes; the last one of a piece may be short. */
  public int blockLength(int piece, int block) {
    return Math.min(BLOCK_LENGTH, length(piece) - block * BLOCK_LENGTH);
  }

  /** The piece that holds the byte at an offset. */
  public int pieceAt(long offset) {
    return (int) (offset / pieceLength);
  }
}
