package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.webtorrent4j.benchmarks.compare.contests.HashContest;
import org.webtorrent4j.benchmarks.compare.contests.IdlePeers;
import org.webtorrent4j.benchmarks.compare.contests.IdleTorrents;
import org.webtorrent4j.benchmarks.compare.contests.PickContest;
import org.webtorrent4j.benchmarks.compare.contests.StreamContest;
import org.webtorrent4j.benchmarks.compare.contests.SwarmContests;
import org.webtorrent4j.benchmarks.compare.contests.TcpContests;
import org.webtorrent4j.benchmarks.compare.contests.TrackerContests;
import org.webtorrent4j.benchmarks.compare.contests.WebRtcContests;
import org.webtorrent4j.benchmarks.compare.contests.Workshop;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Result;
import org.webtorrent4j.benchmarks.compare.measure.ResultTable;
import org.webtorrent4j.webrtc.WebRtcSupport;

/** Compares webtorrent4j with other programs. {@link Options} says how it is told what to do. */
public final class Compare {
  private static final Set<String> SMOKE = Set.of("tcp", "webrtc", "hash");

  private final Options options;
  private final List<String> failures = new ArrayList<>();
  private final ExpectedRatios expected;
  private final Map<String, Set<String>> measured = new HashMap<>();

  private Compare(Options options) throws IOException {
    this.options = options;
    boolean hasRatios = options.isSmoke() && !options.isRecording();
    this.expected = hasRatios ? ExpectedRatios.read(options.ratios()) : new ExpectedRatios();
  }

  /** Runs the contests; exits with 1 if one fails, and with 2 if the options make no sense. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      Options options = Options.parse(args);
      if (options.isHelp()) {
        System.out.print(Options.USAGE);
        return;
      }
      Compare compare = new Compare(options);
      compare.run();
      compare.failures.forEach(failure -> System.err.println("FAILED " + failure));
      System.exit(compare.failures.isEmpty() ? 0 : 1);
    } catch (Options.UsageException e) {
      System.err.println(e.getMessage() + "; --help shows what there is");
      System.exit(2);
    }
  }

  private void run() throws IOException, InterruptedException {
    try (Workshop shop = new Workshop(options.peers())) {
      if (!shop.missing().isEmpty()) {
        System.out.printf(
            "Not installed: %s; see interop/peers/install.sh%n", String.join(", ", shop.missing()));
      }
      long begin = System.nanoTime();
      for (Contest contest : contests(shop)) {
        if (isWanted(contest.word())) {
          run(contest);
        }
      }
      System.out.printf("%nAll: %d s%n", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }
    reportAbsent();
    if (options.isRecording() && failures.isEmpty()) {
      expected.write(options.ratios());
    }
  }

  private List<Contest> contests(Workshop shop) {
    boolean isQuick = options.isQuick();
    List<Contest> contests = new ArrayList<>();
    contests.addAll(new TcpContests(shop, isQuick ? 256 : 1024).all());
    if (WebRtcSupport.hasNetwork()) {
      contests.addAll(new WebRtcContests(shop, isQuick ? 64 : 256).all());
    } else {
      System.out.println("No WebRTC: there is no network besides loopback; see interop/netns");
    }
    contests.addAll(new SwarmContests(shop, isQuick ? 64 : 512).all());
    contests.add(new HashContest(shop, isQuick ? 512 : 4096).contest());
    contests.add(new StreamContest(shop, isQuick ? 256 : 1024).contest());
    contests.addAll(
        new TrackerContests(shop, isQuick ? 500 : 2000, isQuick ? 3 : 10, isQuick ? 2 : 5).all());
    contests.add(new IdleTorrents(shop, isQuick ? 1000 : 10_000).contest());
    contests.add(new IdlePeers(shop, isQuick ? 500 : 2000, isQuick ? 2 : 20).contest());
    contests.add(new PickContest(isQuick ? 1 : 5).contest());
    return contests;
  }

  private boolean isWanted(String contest) {
    return options.only().isEmpty()
        ? !options.isSmoke() || SMOKE.contains(contest)
        : options.only().contains(contest);
  }

  /** One contest that fails does not keep the others from being run. */
  private void run(Contest contest) throws InterruptedException {
    long begin = System.nanoTime();
    try {
      List<Result> results = measure(contest);
      Map<String, Double> ratios = contest.ratios(results);
      measured.put(contest.word(), ratios.keySet());
      if (options.isRecording()) {
        expected.put(contest.word(), ratios);
      } else if (options.isSmoke()) {
        failures.addAll(regressions(contest, ratios));
      }
    } catch (IOException e) {
      failures.add(contest.word() + ": " + e.getMessage());
    }
    System.out.printf("  %d s%n", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
  }

  /** A comparison that is expected and was not made proves nothing. */
  private void reportAbsent() {
    if (options.isSmoke() && !options.isRecording()) {
      List<String> absent = expected.absent(this::isWanted, measured);
      if (options.isStrict()) {
        failures.addAll(absent);
      } else {
        absent.forEach(System.out::println);
      }
    }
  }

  private List<Result> measure(Contest contest) throws IOException, InterruptedException {
    int usual = options.isSmoke() ? 2 : options.isQuick() ? 1 : 5;
    List<Result> results = contest.run(options.isQuick() ? 0 : 1, options.runs().orElse(usual));
    if (options.out().isPresent()) {
      ResultTable.replace(options.out().get(), results);
    }
    return results;
  }

  /** A ratio that is bad once may be noise. */
  private List<String> regressions(Contest contest, Map<String, Double> ratios)
      throws IOException, InterruptedException {
    List<String> regressions = expected.regressions(contest.word(), ratios);
    if (regressions.isEmpty()) {
      return regressions;
    }
    System.out.println("  again, for " + String.join("; ", regressions));
    return expected.regressions(contest.word(), contest.ratios(measure(contest)));
  }
}
