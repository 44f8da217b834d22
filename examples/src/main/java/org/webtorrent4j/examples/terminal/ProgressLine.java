package org.webtorrent4j.examples.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.webtorrent4j.net.ForeignText;

/**
 * Shows progress on standard error: on a terminal one line that is written over and never wraps,
 * elsewhere a new line every few seconds. Used by one thread.
 */
public final class ProgressLine implements AutoCloseable {
  /** The launcher knows whether standard error is a terminal; Java cannot ask. */
  private static final boolean IS_TERMINAL = Boolean.getBoolean("webtorrent.terminal");

  /**
   * Before and after the text: clears from here on, lets nothing wrap, and goes back to where the
   * text begins. So nothing is left of it when somebody makes the window narrower, which breaks the
   * line in two.
   */
  private static final String BEFORE = "\u001b[J\u001b[?7l\r";

  private static final String AFTER = "\u001b[K\r\u001b[?7h";

  /** Of a line in a log. */
  private static final int LOG_WIDTH = 120;

  private static final long LINE_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final boolean isTerminal;
  private final IntSupplier columns;
  private long lastLine = System.nanoTime();
  private boolean isDirty;

  /** A line on standard error. */
  public ProgressLine() {
    this(System.err, IS_TERMINAL, new TerminalWidth());
  }

  ProgressLine(PrintStream out, boolean isTerminal, IntSupplier columns) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.columns = columns;
  }

  /** Shows the newest state; cheap to call often. */
  public void show(ProgressText text) {
    if (isTerminal) {
      // The last column stays free: some terminals wrap as soon as it is taken.
      out.print(BEFORE + text.fit(columns.getAsInt() - 1) + AFTER);
      out.flush();
      isDirty = true;
    } else if (System.nanoTime() - lastLine >= LINE_NANOS) {
      lastLine = System.nanoTime();
      out.println(text.fit(LOG_WIDTH));
    }
  }

  /** Prints a line that stays, above the one that is written over. */
  public void say(String text) {
    clear();
    out.println(ForeignText.shown(text));
  }

  private void clear() {
    if (isDirty) {
      out.print("\r\u001b[J");
      isDirty = false;
    }
  }

  @Override
  public void close() {
    clear();
    out.flush();
  }
}
