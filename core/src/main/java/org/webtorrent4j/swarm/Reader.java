package org.webtorrent4j.swarm;

import java.io.IOException;
import org.webtorrent4j.piece.ReadWindow;

/** Somebody who reads a torrent while it is downloaded. Called on the event loop. */
public interface Reader {
  /** What it will need next. */
  ReadWindow window();

  /** A piece is verified and stored. */
  void onPiece(int piece);

  /** No more pieces will come, though the reader may be satisfied with what is there. */
  void onEnded(IOException cause);
}
