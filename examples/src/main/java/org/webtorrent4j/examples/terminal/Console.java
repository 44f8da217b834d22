package org.webtorrent4j.examples.terminal;

import org.webtorrent4j.net.ForeignText;

/**
 * The one way to standard output and standard error: whatever a line holds, names and messages of
 * strangers too, it stays one line and steers no terminal. Thread-safe.
 */
public final class Console {
  private Console() {}

  /** Prints a line of the result. */
  public static void out(String line) {
    System.out.println(ForeignText.shown(line));
    System.out.flush();
  }

  /** Prints a line about what is going on. */
  public static void err(String line) {
    System.err.println(ForeignText.shown(line));
    System.err.flush();
  }

  /** Prints a fault as all of this program are told. */
  public static void complain(String what) {
    err("webtorrent: " + what);
  }
}
