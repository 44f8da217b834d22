package org.webtorrent4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.examples.option.PathConverter;
import org.webtorrent4j.examples.terminal.Console;
import org.webtorrent4j.examples.terminal.JsonLine;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The program {@code webtorrent}. Exit codes: 0 done, 1 failed, 2 used wrongly, 130 interrupted.
 */
@Command(
    name = "webtorrent",
    description = "Seeds, downloads and describes torrents.",
    mixinStandardHelpOptions = true,
    version = "webtorrent4j 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SeedCommand.class,
      ShareCommand.class,
      DownloadCommand.class,
      CreateCommand.class,
      InfoCommand.class,
      VerifyCommand.class,
      TrackerCommand.class,
      DemoCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  webtorrent demo                          see it work on this machine alone",
      "  webtorrent seed film.mp4                 share a file; prints its magnet link",
      "  webtorrent share film.mp4                let browsers download and play it",
      "  webtorrent download 'magnet:?xt=...'     fetch it into the current folder",
      "  webtorrent seed --help                   what a command can do"
    })
public final class Main implements Runnable {
  static final int INTERRUPTED = 130;

  /** How long Ctrl-C waits for the goodbye; a client needs 5 s at most. */
  private static final long GOODBYE_SECONDS = 8;

  /** Whether Ctrl-C was pressed. */
  private static volatile boolean isEnding;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs the program and ends the JVM with its exit code. */
  public static void main(String[] args) {
    Console.avoidAscii();
    if (isVerbose(List.of(args))) {
      System.setProperty("webtorrent.log", "DEBUG"); // read by logback.xml
    }
    CountDownLatch done = new CountDownLatch(1);
    sayGoodbyeOnInterrupt(Thread.currentThread(), done);
    int code = run(args);
    done.countDown();
    System.out.close(); // libwebrtc would print there of threads it cannot attach in an exiting JVM
    System.exit(code);
  }

  /** Runs the program with these arguments and returns its exit code. */
  static int run(String... args) {
    return new CommandLine(new Main())
        .registerConverter(Path.class, new PathConverter())
        .setExecutionExceptionHandler(Main::explain)
        .setParameterExceptionHandler(Usage::explain)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpLongOptionsMaxWidth(28)
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Ctrl-C interrupts the command, which then closes its client; the JVM itself exits with 130. */
  private static void sayGoodbyeOnInterrupt(Thread command, CountDownLatch done) {
    Thread hook =
        new Thread(
            () -> {
              if (done.getCount() == 0) {
                return; // an orderly end
              }
              isEnding = true;
              command.interrupt();
              try {
                if (!done.await(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                  Console.complain("gave up waiting for the goodbye");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "goodbye");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    if (isEnding || failure instanceof InterruptedException || Thread.interrupted()) {
      return INTERRUPTED; // whatever it was that the interrupt made fail
    }
    if (isVerbose(parsed.originalArgs())) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(line -> Console.err(line.replace("\t", "    ")));
    }
    Console.complain(reason(failure));
    if (parsed.originalArgs().contains("--json")) {
      JsonLine.event("error").put("message", reason(failure)).print();
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static boolean isVerbose(List<String> args) {
    return args.contains("-v") || args.contains("--verbose");
  }

  /** One sentence for people. */
  static String reason(Throwable failure) {
    if (failure instanceof FileSystemException fault && fault.getFile() != null) {
      return reason(fault, fault.getFile());
    }
    String message = failure.getMessage();
    if (message != null
        && (failure instanceof TorrentException || failure instanceof IOException)) {
      return message;
    }
    return "internal error, " + failure + " (run with --verbose for more)";
  }

  private static String reason(FileSystemException fault, String file) {
    if (fault instanceof NoSuchFileException) {
      return "there is no file " + file;
    } else if (fault instanceof AccessDeniedException) {
      return "no permission for " + file;
    } else if (fault instanceof FileAlreadyExistsException) {
      return file + " exists already";
    }
    return file + ": " + (fault.getReason() == null ? "it cannot be used" : fault.getReason());
  }
}
