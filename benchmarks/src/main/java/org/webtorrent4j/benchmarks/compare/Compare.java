package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares webtorrent4j with other programs.
 *
 * <pre>
 * --quick      small amounts and two runs, in a few minutes
 * --runs N     how often each program runs, after one that does not count; 5 by default
 * --only WORD  contests whose name begins with this word: tcp, rc4, webrtc, browser, wire, hash, stream, idle
 * --peers DIR  where interop/peers/install.sh installed the other programs
 * </pre>
 */
public final class Compare {
  private Compare() {}

  /** Runs the contests. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean isQuick = Arrays.asList(args).contains("--quick");
    int runs = Integer.parseInt(option(args, "--runs", isQuick ? "2" : "5"));
    String only = option(args, "--only", "");
    try (Workshop shop = new Workshop(Path.of(option(args, "--peers", "")))) {
      List<Contest> contests = new ArrayList<>();
      contests.addAll(new TcpContests(shop, isQuick ? 256 : 1024).all());
      contests.addAll(new WebRtcContests(shop, isQuick ? 32 : 256).all());
      contests.add(new HashContest(shop, isQuick ? 512 : 4096).contest());
      contests.addAll(new StreamContest(shop, 64).all());
      contests.add(new IdleTorrents(shop, isQuick ? 1000 : 10_000).contest());
      for (Contest contest : contests) {
        if (contest.name().startsWith(only)) {
          contest.run(runs);
        }
      }
    }
  }

  private static String option(String[] args, String name, String otherwise) {
    for (int i = 0; i < args.length - 1; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return otherwise;
  }
}
