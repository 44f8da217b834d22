package org.webtorrent4j.swarm;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.piece.PieceProgress;
import org.webtorrent4j.storage.PieceBuffer;

/**
 * Takes the bytes of the block that one peer is sending. They go straight into the piece if this
 * peer alone was asked for the block; else into a buffer of the peer's own until they are complete,
 * so that two peers never write the same block at the same time and each stands for its own bytes.
 * Confined to the event loop.
 */
final class BlockReader {
  private @Nullable PieceProgress progress; // null = the bytes are not wanted
  private @Nullable PieceBuffer target; // null = the bytes are staged
  private int block;
  private int count;
  private byte @Nullable [] staged;

  /** The piece that the block belongs to; null if it is not wanted. */
  @Nullable PieceProgress progress() {
    return progress;
  }

  /** The index of the block in its piece. */
  int block() {
    return block;
  }

  void start(PieceProgress newProgress, int newBlock, PieceBuffer buffer, boolean isAlone) {
    this.progress = newProgress;
    this.block = newBlock;
    this.count = 0;
    this.target = isAlone ? buffer : null;
    if (!isAlone && staged == null) {
      staged = new byte[PieceLayout.BLOCK_LENGTH];
    }
  }

  /** The rest of this block, or the next one, is not wanted. */
  void discard() {
    progress = null;
    target = null;
  }

  void read(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (progress == null || progress.hasReceived(block)) {
      bytes.position(bytes.limit());
    } else if (target != null) {
      target.put(block * PieceLayout.BLOCK_LENGTH + count, bytes);
    } else if (staged != null) {
      bytes.get(staged, count, length);
    }
    count += length;
  }

  /** The block is complete and wanted: puts it where it belongs, if it is not there yet. */
  void finish(PieceBuffer buffer) {
    if (target == null && staged != null) {
      buffer.put(block * PieceLayout.BLOCK_LENGTH, ByteBuffer.wrap(staged, 0, count));
    }
  }

  /** Others may be asked for this block from now on: it must not be written to directly. */
  void onRequestGivenUp(PieceProgress givenUp, int givenUpBlock) {
    if (progress == givenUp && block == givenUpBlock) {
      discard();
    }
  }
}
