package org.webtorrent4j.swarm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PiecePicker;
import org.webtorrent4j.piece.ReadWindow;

/** Those who read a torrent while it is downloaded. Confined to the event loop. */
final class Readers {
  private final Swarm swarm;
  private final List<Reader> readers = new ArrayList<>();

  Readers(Swarm swarm) {
    this.swarm = swarm;
  }

  boolean isEmpty() {
    return readers.isEmpty();
  }

  void add(Reader reader) {
    readers.add(reader);
    PiecePicker picker = swarm.picker();
    if (picker != null) {
      picker.addWindow(reader.window());
    }
    onWindow(reader.window());
  }

  void move(Reader reader, int first, int end) {
    ReadWindow window = reader.window();
    boolean isJump = first < window.first() || first > window.end();
    window.moveTo(first, end);
    if (isJump) {
      onWindow(window);
    } else {
      swarm.onWantedChanged();
    }
  }

  void remove(Reader reader) {
    readers.remove(reader);
    PiecePicker picker = swarm.picker();
    if (picker != null) {
      picker.removeWindow(reader.window());
      swarm.onWantedChanged();
    }
  }

  /** There is a new picker, which knows no reader yet. */
  void join(PiecePicker picker) {
    for (Reader reader : readers) {
      picker.addWindow(reader.window());
    }
  }

  void onPiece(int piece) {
    for (int i = 0; i < readers.size(); i++) {
      readers.get(i).onPiece(piece);
    }
  }

  /** What was found by a check may be what somebody waits for. */
  void onChecked(Bitfield have) {
    for (Reader reader : List.copyOf(readers)) {
      int first = reader.window().first();
      if (first < have.size() && have.get(first)) {
        reader.onPiece(first);
      }
    }
  }

  /** Tells those who wait for a piece that will not come. */
  void endWhere(IntPredicate isHopeless, IOException cause) {
    for (Reader reader : List.copyOf(readers)) {
      ReadWindow window = reader.window();
      if (window.end() > window.first() && isHopeless.test(window.first())) {
        reader.onEnded(cause);
      }
    }
  }

  void end(IOException cause) {
    for (Reader reader : List.copyOf(readers)) {
      reader.onEnded(cause);
    }
  }

  private void onWindow(ReadWindow window) {
    swarm.onWantedChanged();
    Downloader downloader = swarm.downloader();
    if (downloader != null
        && window.end() > window.first()
        && downloader.picker().isWanted(window.first())) {
      downloader.onReaderJumped(window);
    }
  }
}
