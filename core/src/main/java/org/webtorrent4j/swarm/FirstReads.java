package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.TorrentStorage;

/**
 * Hashes each piece before it is read for a peer for the first time, for users who would rather pay
 * for that than trust a file's time. Confined to the event loop.
 */
final class FirstReads {
  private final Swarm swarm;
  private @Nullable Bitfield proven; // null until something is read

  FirstReads(Swarm swarm) {
    this.swarm = swarm;
  }

  /** Everything is checked anew. */
  void reset() {
    proven = null;
  }

  void read(
      Content content,
      TorrentStorage storage,
      List<DiskIo.SegmentRead> reads,
      DiskIo.ReadHandler handler) {
    Bitfield done = proven == null ? new Bitfield(content.layout().pieceCount()) : proven;
    proven = done;
    DiskIo disk = swarm.session().disk();
    int next = nextUnproven(content.layout(), done, reads);
    if (next < 0) {
      disk.read(storage, reads, handler);
      return;
    }
    disk.check(
        storage,
        content.info(),
        next,
        next + 1,
        new DiskIo.CheckHandler() {
          @Override
          public void onProgress(int checked, int verified) {}

          @Override
          public void onChecked(Bitfield verified) {
            if (verified.get(next)) {
              done.set(next);
              read(content, storage, reads, handler);
            } else {
              handler.onReadFailed(reads, content.changed(next));
            }
          }

          @Override
          public void onCheckFailed(IOException cause) {
            handler.onReadFailed(reads, cause);
          }
        });
  }

  private static int nextUnproven(
      PieceLayout layout, Bitfield done, List<DiskIo.SegmentRead> reads) {
    for (DiskIo.SegmentRead read : reads) {
      int last = layout.pieceAt(read.offset() + read.length() - 1);
      for (int piece = layout.pieceAt(read.offset()); piece <= last; piece++) {
        if (!done.get(piece)) {
          return piece;
        }
      }
    }
    return -1;
  }
}
