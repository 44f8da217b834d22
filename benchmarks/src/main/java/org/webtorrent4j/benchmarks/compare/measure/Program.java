package org.webtorrent4j.benchmarks.compare.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that takes part: it says what is so far, and ends when its input is closed. */
public final class Program implements AutoCloseable {
  /** The most heap that our JVMs may have unless a contest says otherwise. */
  public static final String HEAP = "256m";

  /** No run of a program takes as long, unless it hangs. */
  private static final long LIMIT_MINUTES = 5;

  private final Process process;
  private final BufferedReader out;

  private Program(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var unused =
        process
            .onExit()
            .orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES)
            .whenComplete((ended, late) -> kill());
  }

  /** Starts a command. */
  public static Program start(List<String> command) throws IOException {
    return new Program(command);
  }

  /** A class of ours in a JVM of its own. */
  public static Program java(Class<?> main, String... args) throws IOException {
    return javaWithHeap(HEAP, main, args);
  }

  /** The same with a heap of another size, in the notation of {@code -Xmx}. */
  public static Program javaWithHeap(String heap, Class<?> main, String... args)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(Arrays.asList(args));
    return new Program(command);
  }

  /** Waits for the line that begins with a word, and returns the rest of it. */
  public String expect(String word) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
      seen.append(line).append('\n');
    }
    throw new IOException("a program ended before it said " + word + ":\n" + seen);
  }

  /** Writes a line to its input. */
  public void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** A number of the JSON object that follows a word. */
  public static double number(String json, String field) {
    int at = json.indexOf('"' + field + '"');
    return Double.parseDouble(json.substring(json.indexOf(':', at) + 1).split("[,}]", -1)[0]);
  }

  /** User and system time so far. */
  public double cpuSeconds() {
    return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(0.0);
  }

  /** Bytes of memory that it has now. */
  public long rss() throws IOException {
    return status("VmRSS:");
  }

  /** The most bytes of memory that it ever had. */
  public long peakRss() throws IOException {
    return status("VmHWM:");
  }

  private long status(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("a program has ended");
  }

  /** Ends a program that does not care for its input; its children too. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(8, TimeUnit.SECONDS)) {
        kill();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }
}
