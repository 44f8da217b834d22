package org.webtorrent4j.examples.option;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean isHelp;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what peers and trackers do; show where an error came from.")
  private boolean isVerbose;

  @Option(
      names = "--json",
      description = "Write one JSON object a line to standard output instead of text.")
  private boolean isJson;

  /** Whether help is all that is wanted. */
  public boolean isHelp() {
    return isHelp;
  }

  /** Whether to log what peers and trackers do. */
  public boolean isVerbose() {
    return isVerbose;
  }

  /** Whether the output is for a program. */
  public boolean isJson() {
    return isJson;
  }
}
