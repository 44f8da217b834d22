package org.webtorrent4j.examples.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.webtorrent4j.net.ForeignText;

/**
 * The one way to standard output and standard error: whatever a line holds, names and messages of
 * strangers too, it stays one line and steers no terminal. Thread-safe.
 */
public final class Console {
  private Console() {}

  /**
   * Lets standard output and standard error write UTF-8 if this locale has ASCII only: terminals
   * and files take it, and all else would be question marks.
   */
  public static void avoidAscii() {
    if (Charset.defaultCharset().equals(StandardCharsets.US_ASCII)) {
      System.setOut(utf8(FileDescriptor.out));
      System.setErr(utf8(FileDescriptor.err));
    }
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
  }

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
