package org.webtorrent4j.examples;

import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
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

  boolean isHelp() {
    return isHelp;
  }

  boolean isVerbose() {
    return isVerbose;
  }

  boolean isJson() {
    return isJson;
  }
}
