package org.webtorrent4j.examples;

import java.util.function.Supplier;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.examples.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Tells users what they asked for that cannot be: one sentence, and where help is. */
final class Usage {
  private Usage() {}

  /** What an options builder makes; what it refuses was used wrongly. */
  static <T> T checked(CommandSpec spec, Supplier<T> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException | TorrentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** An exception for what the user wrote. */
  static ParameterException wrong(CommandSpec spec, String fault) {
    return new ParameterException(spec.commandLine(), fault);
  }

  /** Prints the fault and a line or two that help; the answer is the exit code. */
  static int explain(ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    Console.complain(String.valueOf(fault.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(fault, command.getErr());
    CommandLine.Help help = command.getHelp();
    String heading = help.synopsisHeading();
    command.getErr().print(heading + help.synopsis(heading.length()));
    command.getErr().println("'" + name + " --help' tells more.");
    command.getErr().flush();
    return CommandLine.ExitCode.USAGE;
  }
}
