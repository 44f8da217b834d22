package org.webtorrent4j.swarm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
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
import org.webtorrent4j.storage.FileFault;
import org.webtorrent4j.storage.FilePlan;
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
  private final FileRules rules;
  private @Nullable TorrentStorage storage;
  private @Nullable TorrentStorage closed; // by a failure: its files can still be deleted
  private BitSet heldWhenClosed = new BitSet();
  private @Nullable Bitfield have;

  Content(Info info, WantedFiles wanted) {
    this(info, wanted, FileRules.DOWNLOADED);
  }

  Content(Info info, WantedFiles wanted, FileRules rules) {
    this.info = info;
    this.rules = rules;
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
    closed = null;
  }

  /** What the files are to be, by what is there. */
  FilePlan plan(Bitfield verified) {
    BitSet wanted = new BitSet();
    BitSet whole = new BitSet();
    for (FileEntry file : info.files()) {
      wanted.set(file.index(), isWanted(file));
      whole.set(file.index(), verifiedPieces(file, verified) == piecesOf(file));
    }
    return new FilePlan(
        info.name(), !rules.isReadOnly(), rules.isOverwriting(), wanted, whole, begun(verified));
  }

  /** Whether every piece of all files that are wanted is there. */
  boolean hasAllWanted() {
    Bitfield verified = have;
    if (verified == null) {
      return false;
    }
    return verified.isFull()
        || info.files().stream()
            .allMatch(f -> !isWanted(f) || verifiedPieces(f, verified) == piecesOf(f));
  }

  /** A piece is not what it was. */
  FileFault changed(int piece) {
    return FileFault.changed(fileAt(layout.offset(piece)));
  }

  /** The file with bytes that a byte of the torrent belongs to. */
  FileEntry fileAt(long offset) {
    FileEntry found = info.files().get(0);
    for (FileEntry file : info.files()) {
      if (file.offset() > offset) {
        break;
      }
      found = file.length() > 0 ? file : found;
    }
    return found;
  }

  private BitSet begun(Bitfield verified) {
    BitSet begun = new BitSet();
    for (FileEntry file : info.files()) {
      begun.set(file.index(), verifiedPieces(file, verified) > 0);
    }
    return begun;
  }

  private int verifiedPieces(FileEntry file, Bitfield verified) {
    if (file.length() == 0) {
      return 0;
    }
    int first = layout.pieceAt(file.offset());
    return verified.cardinality(first, first + piecesOf(file));
  }

  private int piecesOf(FileEntry file) {
    return file.length() == 0
        ? 0
        : layout.pieceAt(file.offset() + file.length() - 1) - layout.pieceAt(file.offset()) + 1;
  }

  /** What is verified and stored; null while that is not known. */
  @Nullable Bitfield have() {
    return have;
  }

  void checked(Bitfield verified) {
    have = verified;
  }

  /** The pieces of a file are not there. */
  void forget(int file) {
    FileEntry entry = info.files().get(file);
    int first = layout.pieceAt(entry.offset());
    for (int piece = first; have != null && piece < first + piecesOf(entry); piece++) {
      have.clear(piece);
    }
  }

  /** Forgets what is there: the next check will tell. */
  void forget() {
    have = null;
  }

  /** Closes the storage after all that was submitted for it. */
  void close(DiskIo disk, Consumer<@Nullable IOException> done) {
    TorrentStorage open = storage;
    heldWhenClosed = held();
    storage = null;
    have = null;
    if (open == null) {
      done.accept(null);
      return;
    }
    disk.close(
        open,
        new DiskIo.DoneHandler() {
          @Override
          public void onDone() {
            closed = open;
            done.accept(null);
          }

          @Override
          public void onFailed(IOException cause) {
            closed = open;
            done.accept(cause);
          }
        });
  }

  /** Closes the storage after all that was submitted for it and deletes what is ours. */
  void delete(DiskIo disk, Removal done) {
    BitSet held = storage == null ? heldWhenClosed : held();
    TorrentStorage open = storage == null ? closed : storage;
    storage = null;
    closed = null;
    have = null;
    if (open == null) { // it was never looked at
      done.onRemoved(List.of(), null);
      return;
    }
    disk.delete(
        open,
        held,
        new DiskIo.ResultHandler<>() {
          @Override
          public void onResult(List<Path> left) {
            done.onRemoved(left, null);
          }

          @Override
          public void onFailed(IOException cause) {
            done.onRemoved(List.of(), cause);
          }
        });
  }

  private BitSet held() {
    return have == null ? new BitSet() : begun(have);
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
