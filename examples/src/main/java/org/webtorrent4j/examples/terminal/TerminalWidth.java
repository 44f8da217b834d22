package org.webtorrent4j.examples.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many columns the terminal has. Java cannot ask it, {@code stty} can; it is asked again now
 * and then, for windows change their size. Used by one thread.
 */
public final class TerminalWidth implements IntSupplier {
  private static final int USUAL = 80;
  private static final int MIN = 10;
  private static final int MAX = 1000;
  private static final long KNOWN_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long PATIENCE_MILLIS = 300;
  private static final Pattern SIZE = Pattern.compile("\\d{1,5} (\\d{1,5})\\s*");

  private int columns;
  private long asked;

  @Override
  public int getAsInt() {
    long now = System.nanoTime();
    if (columns == 0 || now - asked > KNOWN_NANOS) {
      asked = now;
      int answer = parse(stty());
      if (answer > 0) {
        columns = answer;
      } else if (columns == 0) {
        columns = parse("0 " + System.getenv().getOrDefault("COLUMNS", ""));
      }
      columns = columns == 0 ? USUAL : columns;
    }
    return columns;
  }

  /** The columns in what {@code stty size} says; 0 if it says none. */
  public static int parse(String size) {
    Matcher matcher = SIZE.matcher(size);
    int found = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    return found == 0 ? 0 : Math.min(MAX, Math.max(MIN, found));
  }

  private static String stty() {
    try {
      Process process =
          new ProcessBuilder("sh", "-c", "stty size </dev/tty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return ""; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // for whoever waits next
      return "";
    }
  }
}
