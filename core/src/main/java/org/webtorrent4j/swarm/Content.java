package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.piece.PiecePicker;
import org.webtorrent4j.piece.Priority;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.TorrentStorage;

/**
 * What a torrent is made of, once its metadata is known: layout, storage, the pieces that are there
 * and how much each file is wanted. Confined to the event loop.
 */
final class Content {
  private final Info info;
  private final byte[] metadata;
  private final PieceLayout layout;
  private final Bitfield full;
  private final Priority[] priorities; // by file
  private @Nullable TorrentStorage storage;
  private @Nullable Bitfield have;

  Content(Info info, WantedFiles wanted) {
    this.info = info;
    this.metadata = info.bytes();
    this.layout = new PieceLayout(info.totalLength(), info.pieceLength());
    this.full = new Bitfield(layout.pieceCount());
    full.setAll();
    WantedFiles chosen = wanted.of(info);
    this.priorities =
        info.files().stream()
            .map(file -> chosen.contains(file) ? Priority.NORMAL : Priority.SKIP)
            .toArray(Priority[]::new);
  }

  Info info() {
    return info;
  }

  /** The bytes of the info dictionary; not to be changed. */
  byte[] metadata() {
    return metadata;
  }

  PieceLayout layout() {
    return layout;
  }

  /** The set of all pieces, shared by all who have everything; not to be changed. */
  Bitfield full() {
    return full;
  }

  /** Where the bytes are; null while it is not open. */
  @Nullable TorrentStorage storage() {
    return storage;
  }

  void opened(TorrentStorage newStorage) {
    storage = newStorage;
  }

  /** What is verified and stored; null while that is not known. */
  @Nullable Bitfield have() {
    return have;
  }

  void checked(Bitfield verified) {
    have = verified;
  }

  /** Forgets what is there: the next check will tell. */
  void forget() {
    have = null;
  }

  /**
   * Closes the storage and, if so wanted, deletes the files, after all that was submitted for it.
   */
  void close(DiskIo disk, boolean isDeleting, Consumer<@Nullable IOException> done) {
    TorrentStorage open = storage;
    storage = null;
    have = null;
    DiskIo.DoneHandler handler =
        new DiskIo.DoneHandler() {
          @Override
          public void onDone() {
            done.accept(null);
          }

          @Override
          public void onFailed(IOException cause) {
            done.accept(cause);
          }
        };
    if (open == null) {
      done.accept(null);
    } else if (isDeleting) {
      disk.delete(open, handler);
    } else {
      disk.close(open, handler);
    }
  }

  Priority priority(int file) {
    return priorities[file];
  }

  void priority(int file, Priority priority) {
    priorities[file] = priority;
  }

  /** Makes every piece as important as the most important file that it belongs to. */
  void applyPriorities(PiecePicker picker) {
    Priority[] byPiece = new Priority[layout.pieceCount()];
    Arrays.fill(byPiece, Priority.SKIP);
    List<FileEntry> files = info.files();
    for (FileEntry file : files) {
      Priority priority = priorities[file.index()];
      if (file.length() == 0 || file.isPadding()) {
        continue;
      }
      int last = layout.pieceAt(file.offset() + file.length() - 1);
      for (int piece = layout.pieceAt(file.offset()); piece <= last; piece++) {
        if (priority.compareTo(byPiece[piece]) > 0) {
          byPiece[piece] = priority;
        }
      }
    }
    for (int piece = 0; piece < byPiece.length; piece++) {
      picker.priority(piece, byPiece[piece]);
    }
  }

  /** Length of all files but padding. */
  long lengthOfFiles() {
    long sum = 0;
    for (FileEntry file : info.files()) {
      sum += file.isPadding() ? 0 : file.length();
    }
    return sum;
  }

  /** Bytes of the files that are wanted. */
  long wantedBytes() {
    long sum = 0;
    for (FileEntry file : info.files()) {
      sum += isWanted(file) ? file.length() : 0;
    }
    return sum;
  }

  /** Bytes of the files that are wanted, verified and stored. */
  long verifiedWantedBytes() {
    if (have != null && have.isFull()) {
      return wantedBytes();
    }
    long sum = 0;
    for (FileEntry file : info.files()) {
      sum += isWanted(file) ? verifiedBytes(file.offset(), file.length()) : 0;
    }
    return sum;
  }

  private boolean isWanted(FileEntry file) {
    return !file.isPadding() && priorities[file.index()] != Priority.SKIP;
  }

  /** Bytes of a range of the torrent that are verified and stored. */
  long verifiedBytes(long offset, long length) {
    Bitfield verified = have;
    if (verified == null || length == 0) {
      return 0;
    }
    if (verified.isFull()) {
      return length;
    }
    long end = offset + length;
    int first = layout.pieceAt(offset);
    int last = layout.pieceAt(end - 1);
    long sum = (long) verified.cardinality(first, last + 1) * layout.pieceLength();
    if (verified.get(first)) {
      sum -= offset - layout.offset(first);
    }
    if (verified.get(last)) { // which may be short
      sum -= layout.offset(last) + layout.pieceLength() - end;
    }
    return sum;
  }
}
