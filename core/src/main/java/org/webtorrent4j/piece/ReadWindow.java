package org.webtorrent4j.piece;

/**
 * The pieces that a reader will need next. They are asked for before all others, the nearest to the
 * reader first. Confined to the event loop.
 */
public final class ReadWindow {
  private int first;
  private int end;

  /** A window on the pieces from {@code first} to {@code end - 1}. */
  public ReadWindow(int first, int end) {
    moveTo(first, end);
  }

  /** Moves the window to other pieces. */
  public void moveTo(int newFirst, int newEnd) {
    assert newFirst >= 0 && newEnd >= newFirst;
    this.first = newFirst;
    this.end = newEnd;
  }

  /** The piece that the reader needs now. */
  public int first() {
    return first;
  }

  /** The piece after the last one of the window. */
  public int end() {
    return end;
  }

  /** Whether the window holds this piece. */
  public boolean contains(int piece) {
    return piece >= first && piece < end;
  }
}
