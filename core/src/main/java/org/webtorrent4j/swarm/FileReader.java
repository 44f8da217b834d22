package org.webtorrent4j.swarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.FileEntry;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.piece.ReadWindow;
import org.webtorrent4j.storage.TorrentStorage;

/**
 * The event loop's side of somebody who reads a file: keeps a window on the pieces that will be
 * needed next, and tells which bytes can be read. Confined to the event loop, but for {@link Run}.
 */
public final class FileReader implements Reader {
  /** So much is asked for ahead of the reader, and two pieces at least. */
  private static final long AHEAD_BYTES = 8 << 20;

  private final FileEntry file;
  private final Listener listener;
  private final ReadWindow window = new ReadWindow(0, 0);
  private @Nullable Swarm swarm; // null while it is not open
  private long position;
  private boolean isWaiting;

  /** Told what can be read. Called on the event loop. */
  public interface Listener {
    /** These bytes can be read, the position that was asked for is the first of them. */
    void onReadable(Run run);

    /** No more pieces will come. */
    void onEnded(IOException cause);
  }

  /** A reader of one file. */
  public FileReader(FileEntry file, Listener listener) {
    this.file = file;
    this.listener = listener;
  }

  /**
   * Bytes of the file that are verified and stored. Any thread.
   *
   * @param begin of the run in the file
   * @param end of the run in the file
   */
  public record Run(long begin, long end, long fileOffset, TorrentStorage storage) {
    /** Reads all of {@code destination} from a position in the file, which is within the run. */
    public void read(long position, ByteBuffer destination) throws IOException {
      storage.read(fileOffset + position, destination);
    }
  }

  /** Begins to be served. */
  public void open(Swarm from) {
    swarm = from;
    if (file.length() > 0) {
      from.open(this);
    }
  }

  /** The reader wants to go on at a position in the file, which is below its length. */
  public void moveTo(long newPosition) {
    Swarm from = swarm;
    if (from == null) {
      return;
    }
    position = newPosition;
    isWaiting = true;
    Content content = from.content();
    if (content != null) {
      moveWindow(from, content.layout());
      offer();
    }
  }

  /** The reader is done. */
  public void close() {
    Swarm from = swarm;
    swarm = null;
    isWaiting = false;
    if (from != null) {
      from.close(this);
    }
  }

  @Override
  public ReadWindow window() {
    return window;
  }

  @Override
  public void onPiece(int piece) {
    if (isWaiting && piece == window.first()) {
      offer();
    }
  }

  @Override
  public void onEnded(IOException cause) {
    listener.onEnded(cause);
  }

  private void moveWindow(Swarm from, PieceLayout layout) {
    long begin = file.offset() + position;
    long last = file.offset() + file.length() - 1;
    int first = layout.pieceAt(begin);
    int ahead = (int) Math.max(2, AHEAD_BYTES / layout.pieceLength());
    int end = (int) Math.min((long) first + ahead, layout.pieceAt(last) + 1L);
    from.move(this, first, end);
  }

  /** Tells what can be read from the position on, if anything can. */
  private void offer() {
    Content content = swarm == null ? null : swarm.content();
    Bitfield have = content == null ? null : content.have();
    TorrentStorage storage = content == null ? null : content.storage();
    if (content == null || have == null || storage == null || !have.get(window.first())) {
      return;
    }
    isWaiting = false;
    PieceLayout layout = content.layout();
    int missing = have.nextClear(window.first());
    int end = missing < 0 || missing > window.end() ? window.end() : missing;
    boolean isWhole = have.isFull();
    long runEnd = isWhole ? file.length() : layout.offset(end) - file.offset();
    listener.onReadable(new Run(position, Math.min(runEnd, file.length()), file.offset(), storage));
  }
}
