package org.webtorrent4j.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param isQuick small amounts
 * @param isSmoke few contests, and a look at the recorded ratios
 * @param isRecording to write the ratios instead
 * @param isStrict whether one whose ratio is recorded must take part
 * @param isHelp only the usage
 * @param runs how often each program runs, if it was said
 * @param only the words of the contests to run; empty = all
 * @param out the file for results
 * @param peers where the other programs are
 * @param ratios the file with recorded ratios
 */
record Options(
    boolean isQuick,
    boolean isSmoke,
    boolean isRecording,
    boolean isStrict,
    boolean isHelp,
    OptionalInt runs,
    Set<String> only,
    Optional<Path> out,
    Path peers,
    Path ratios) {
  static final String USAGE =
      """
      usage: benchmarks/compare [OPTION]…

      Does the same work with webtorrent4j and with other programs, in turns, and prints the
      median of each with minimum and maximum, and how many times better webtorrent4j is. Other
      programs take part where interop/peers/install.sh has installed them.

        --quick      small amounts, one run: less than 3 minutes instead of about 40
        --smoke      tcp, webrtc and hash with small amounts, less than a minute; fails if a ratio
                     is, twice, less than half of the one in benchmarks/expected-ratios.tsv
        --strict     with --smoke: fails, too, if a program that the file names takes no part
        --record     with --smoke: writes the ratios to that file instead
        --ratios F   another file for --smoke
        --only LIST  only these contests, a list of words with commas between them
        --runs N     how often each program does the work; 5, after one that does not count
        --out FILE   writes the results there too, as a table with tabs between the columns; those
                     of contests that are not run stay
        --peers DIR  where the other programs are installed
        --help       this text

      contests:
        tcp          one seed, one leech, over TCP
        rc4          the same, encrypted
        webrtc       the same over WebRTC; this and the next two need a network besides loopback
        browser      a seed, and a browser as leech
        wire         from a magnet link to the first peer over WebRTC
        fanout       one seed, 8 leeches
        fanin        8 seeds, one leech
        hash         making a torrent file
        stream       from a magnet link to the first byte of its file, and to one far off
        tracker      announces over WebSockets
        relay        the same with offers for other peers
        idle         memory and CPU of idle torrents
        idlepeers    memory and CPU of idle peers
        pick         choosing the next block to ask for
      """;

  /** The words that name contests. */
  static final Set<String> CONTESTS =
      Set.of(
          "tcp",
          "rc4",
          "webrtc",
          "browser",
          "wire",
          "fanout",
          "fanin",
          "hash",
          "stream",
          "tracker",
          "relay",
          "idle",
          "idlepeers",
          "pick");

  /** A command line that makes no sense. Its message says why. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    private UsageException(String message) {
      super(message);
    }
  }

  static Options parse(String... args) throws UsageException {
    Set<String> flags = new HashSet<>();
    OptionalInt runs = OptionalInt.empty();
    Set<String> only = Set.of();
    Optional<Path> out = Optional.empty();
    Path peers = Path.of("");
    Path ratios = Path.of("expected-ratios.tsv");
    Deque<String> rest = new ArrayDeque<>(List.of(args));
    while (!rest.isEmpty()) {
      String option = rest.pop();
      switch (option) {
        case "--quick", "--smoke", "--strict", "--record", "--help" -> flags.add(option);
        case "--runs" -> runs = OptionalInt.of(number(option, value(option, rest)));
        case "--only" -> only = contests(value(option, rest));
        case "--out" -> out = Optional.of(Path.of(value(option, rest)));
        case "--peers" -> peers = Path.of(value(option, rest));
        case "--ratios" -> ratios = Path.of(value(option, rest));
        default -> throw new UsageException("unknown option: " + option);
      }
    }
    for (String option : List.of("--strict", "--record")) {
      if (flags.contains(option) && !flags.contains("--smoke")) {
        throw new UsageException(option + " needs --smoke");
      }
    }
    return new Options(
        flags.contains("--quick") || flags.contains("--smoke"),
        flags.contains("--smoke"),
        flags.contains("--record"),
        flags.contains("--strict"),
        flags.contains("--help"),
        runs,
        only,
        out,
        peers,
        ratios);
  }

  private static String value(String option, Deque<String> rest) throws UsageException {
    if (rest.isEmpty()) {
      throw new UsageException(option + " needs a value");
    }
    return rest.pop();
  }

  private static int number(String option, String value) throws UsageException {
    if (!value.matches("[1-9]\\d{0,5}")) {
      throw new UsageException(option + " needs a number of 1 or more, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static Set<String> contests(String list) throws UsageException {
    List<String> words = List.of(list.split(",", -1));
    for (String word : words) {
      if (!CONTESTS.contains(word)) {
        throw new UsageException("unknown contest: " + word);
      }
    }
    return Set.copyOf(new HashSet<>(words));
  }
}
