package org.webtorrent4j.swarm;

import java.io.IOException;
import org.webtorrent4j.piece.ReadWindow;

/** A reader that is moved by a test and reads nothing. */
final class JumpingReader implements Reader {
  private final ReadWindow window = new ReadWindow(0, 0);

  @Override
  public ReadWindow window() {
    return window;
  }

  @Override
  public void onPiece(int piece) {}

  @Override
  public void onEnded(IOException cause) {}
}
