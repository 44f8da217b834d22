package org.webtorrent4j.swarm;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.file.FileFaults;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.storage.Check;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.FileFault;
import org.webtorrent4j.storage.TorrentStorage;
import org.webtorrent4j.wire.Extension;

/**
 * What was there and cannot be read any more, or has changed: it is not offered any longer, and
 * hashed once more, since some of it may be right all the same. What is wrong stays out until the
 * user has everything checked. Confined to the event loop.
 */
final class Losses {
  private static final int MAX_TOLD = 1000; // beyond that a new bit field is shorter

  private final Swarm swarm;
  private final SwarmListener listener;
  private final Set<Integer> told = new HashSet<>(); // files that something was said of
  private final Set<Check> checks = new HashSet<>();

  Losses(Swarm swarm, SwarmListener listener) {
    this.swarm = swarm;
    this.listener = listener;
  }

  /** Everything is checked anew, or nothing is any more. */
  void reset() {
    told.clear();
    checks.forEach(Check::cancel);
    checks.clear();
  }

  /** Says what is wrong with a file, whether or not its bytes are right. */
  void tell(FileFault fault) {
    if (told.add(fault.file())) {
      listener.onFileFailed(fault.file(), fault.reason());
    }
  }

  /** A file is not what it was. */
  void onLost(FileFault fault) {
    Content content = swarm.content();
    tell(fault);
    if (content != null) {
      FileEntry file = content.info().files().get(fault.file());
      PieceLayout layout = content.layout();
      int last = layout.pieceAt(file.offset() + file.length() - 1);
      withdraw(content, layout.pieceAt(file.offset()), last + 1, fault);
    }
  }

  /** Pieces could not be read for a peer. */
  void onReadFailed(List<DiskIo.SegmentRead> reads, IOException cause) {
    Content content = swarm.content();
    if (content == null || content.have() == null || cause instanceof ClosedChannelException) {
      return;
    }
    if (cause instanceof FileFault fault) {
      onLost(fault);
      return;
    }
    PieceLayout layout = content.layout();
    for (DiskIo.SegmentRead read : reads) { // which of them is not known
      FileEntry file = content.fileAt(read.offset());
      if (told.add(file.index())) {
        listener.onFileFailed(file.index(), "cannot be read in part: " + FileFaults.reason(cause));
      }
      int last = layout.pieceAt(read.offset() + read.length() - 1);
      withdraw(content, layout.pieceAt(read.offset()), last + 1, cause);
    }
  }

  private void withdraw(Content content, int first, int end, IOException cause) {
    Bitfield have = content.have();
    TorrentStorage storage = content.storage();
    if (have == null || storage == null || have.cardinality(first, end) == 0) {
      return; // it was withdrawn already
    }
    Bitfield lost = new Bitfield(have.size());
    for (int piece = first; piece < end; piece++) {
      if (have.clear(piece)) {
        lost.set(piece);
      }
    }
    tellPeers(lost);
    Running running = new Running(content, lost, cause);
    running.check = swarm.session().disk().check(storage, content.info(), first, end, running);
    checks.add(running.check);
  }

  /** Those who do not understand that something is lost have to come back and be told anew. */
  private void tellPeers(Bitfield lost) {
    boolean areFew = lost.cardinality() <= MAX_TOLD;
    for (Peer peer : List.copyOf(swarm.connections().peers())) {
      if (!areFew || !peer.extensions().speaks(Extension.LT_DONTHAVE)) {
        peer.close("some of what we have told it is not there any more");
        continue;
      }
      for (int piece = 0; piece < lost.size(); piece++) {
        if (lost.get(piece)) {
          peer.extensions().sendDontHave(piece);
        }
      }
    }
  }

  /** The second look at what was withdrawn. */
  private final class Running implements DiskIo.CheckHandler {
    private final Content content;
    private final Bitfield lost;
    private final IOException cause;
    private @Nullable Check check;

    Running(Content content, Bitfield lost, IOException cause) {
      this.content = content;
      this.lost = lost;
      this.cause = cause;
    }

    @Override
    public void onProgress(int checked, int verified) {}

    @Override
    public void onChecked(Bitfield verified) {
      end(verified);
    }

    @Override
    public void onCheckFailed(IOException again) {
      end(new Bitfield(lost.size()));
    }

    private void end(Bitfield verified) {
      Check ended = check;
      if (ended == null || !checks.remove(ended) || content.have() == null) {
        return;
      }
      int found = 0;
      for (int piece = 0; piece < lost.size(); piece++) {
        if (lost.get(piece) && verified.get(piece)) {
          found++;
          swarm.onFoundAgain(piece);
        }
      }
      if (found == lost.cardinality() && cause instanceof FileFault fault) {
        told.remove(fault.file()); // should it change once more, that is news
      }
      swarm.onLossKnown(cause);
    }
  }
}
