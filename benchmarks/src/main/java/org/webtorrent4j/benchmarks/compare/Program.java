package org.webtorrent4j.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that takes part: it says what is so far, and ends when its input is closed. */
final class Program implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private Program(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Program start(String... command) throws IOException {
    return new Program(List.of(command));
  }

  /** A class of ours in a JVM of its own, with the heap that the targets allow. */
  static Program java(Class<?> main, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(Arrays.asList(args));
    return new Program(command);
  }

  /** Waits for the line that begins with a word, and returns the rest of it. */
  String expect(String word) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
      seen.append(line).append('\n');
    }
    throw new IOException("a program ended before it said " + word + ":\n" + seen);
  }

  /** A number of the JSON object that follows a word. */
  static double number(String json, String field) {
    int at = json.indexOf('"' + field + '"');
    return Double.parseDouble(json.substring(json.indexOf(':', at) + 1).split("[,}]", -1)[0]);
  }

  /** User and system time so far. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(0.0);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(8, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
