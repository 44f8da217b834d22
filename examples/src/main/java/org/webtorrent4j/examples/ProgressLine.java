package org.webtorrent4j.examples;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Shows progress on standard error: on a terminal one line that is written over, elsewhere a new
 * line every few seconds. Used by one thread.
 */
final class ProgressLine implements AutoCloseable {
  /** The launcher knows whether standard error is a terminal; Java cannot ask. */
  private static final boolean IS_TERMINAL = Boolean.getBoolean("webtorrent.terminal");

  private static final int WIDTH = 79;
  private static final long LINE_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final boolean isTerminal;
  private long lastLine = System.nanoTime();
  private boolean isDirty;

  ProgressLine() {
    this(System.err, IS_TERMINAL);
  }

  ProgressLine(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Shows the newest state; cheap to call often. */
  void show(String text) {
    if (isTerminal) {
      out.print("\r" + Text.shorten(text, WIDTH) + "\u001b[K");
      out.flush();
      isDirty = true;
    } else if (System.nanoTime() - lastLine >= LINE_NANOS) {
      lastLine = System.nanoTime();
      out.println(text);
    }
  }

  /** Prints a line that stays, above the one that is written over. */
  void say(String text) {
    clear();
    out.println(text);
  }

  private void clear() {
    if (isDirty) {
      out.print("\r\u001b[K");
      isDirty = false;
    }
  }

  @Override
  public void close() {
    clear();
    out.flush();
  }
}
