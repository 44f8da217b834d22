package org.webtorrent4j.webrtc.libwebrtc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main method of the tests in a process of its own, which is talked to in lines. */
public final class ChildJvm implements AutoCloseable {
  /** What a child's lines for us begin with; libwebrtc writes there as well. */
  private static final String MARK = "> ";

  private final Process process;
  private final BufferedReader output;
  private final PrintWriter input;

  private ChildJvm(Process process) {
    this.process = process;
    output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    input =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII), true);
  }

  /** Starts a main class with arguments; the options come before the class. */
  public static ChildJvm start(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-ea", "-Xmx256m", "-cp", System.getProperty("java.class.path")));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      return new ChildJvm(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** In the child: says a line, which may be anything, to the parent. */
  public static void say(String text) {
    System.out.println(
        MARK + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** In the child: what the parent said next. */
  public static String hear(BufferedReader reader) throws IOException {
    String line = reader.readLine();
    if (line == null) {
      throw new IOException("the parent is gone");
    }
    return new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
  }

  /** What the child says next. */
  public String listen() {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(MARK)) {
          return new String(
              Base64.getDecoder().decode(line.substring(MARK.length())), StandardCharsets.UTF_8);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("the child ended without a word");
  }

  /** Says something to the child. */
  public void tell(String text) {
    input.println(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Kills it, so that it can say goodbye to nobody. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Waits until it has ended by itself. */
  public int exitCode() {
    try {
      assertTrue(process.waitFor(RtcHost.PATIENCE_SECONDS, TimeUnit.SECONDS), "still running");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
