package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.webtorrent4j.rtc.sim.Link;
import org.webtorrent4j.rtc.sim.Path;
import org.webtorrent4j.rtc.sim.SimNet;

/**
 * How fast associations are in virtual time, which is the same on every machine; figures are
 * printed. One link of 100 Mbit/s, with a queue of what it holds in a round trip.
 */
class SimulatedSpeedTest {
  private static final long RATE = 12_500_000;
  private static final SctpSettings SETTINGS =
      SctpSettings.ofStream().withBuffers(8 << 20, 1 << 20, 4 << 20);

  @Test
  void keepsItsSpeedOnLongLossyPaths() {
    print("20 ms, 2 %", path(10).withLoss(0.02), 8.0);
    print("200 ms, 2 %", path(100).withLoss(0.02), 3.0);
    print("200 ms, 5 % + reorder", path(100).withLoss(0.05).withReorder(0.25, 20), 1.0);
  }

  private static void print(String name, Path path, double least) {
    double speed = speed(path, 12);
    System.out.printf("%-24s %6.2f MB/s%n", name, speed);
    assertTrue(speed > least, () -> name + ": " + speed + " MB/s");
  }

  private static Path path(long millis) {
    return Path.ofDelay(millis).withRate(RATE, (int) (RATE * 2 * millis / 1000));
  }

  /** MB/s in the second half of so many seconds. */
  private static double speed(Path path, int seconds) {
    SimPair pair = new SimPair(1, path, SETTINGS).connect();
    pair.a.send(Long.MAX_VALUE / 2);
    pair.net.run(seconds / 2 * SimPair.SECOND);
    long half = pair.b.read;
    pair.net.run(seconds / 2 * SimPair.SECOND);
    return (pair.b.read - half) / 0.5e6 / seconds;
  }

  @Test
  void twoThatShareALinkShareItsRate() {
    SimNet net = new SimNet(3);
    Path path = Path.ofDelay(25).withRate(2_500_000, 125_000);
    Link there = new Link(net, path);
    Link back = new Link(net, path);
    SimPair one = new SimPair(net, there, back, SETTINGS).connect();
    SimPair other = new SimPair(net, there, back, SETTINGS);
    one.a.send(Long.MAX_VALUE / 2);
    net.run(5 * SimPair.SECOND);
    other.connect().a.send(Long.MAX_VALUE / 2);
    net.run(10 * SimPair.SECOND);
    long oneBefore = one.b.read;
    long otherBefore = other.b.read;

    net.run(20 * SimPair.SECOND);

    double mine = (one.b.read - oneBefore) / 20e6;
    double yours = (other.b.read - otherBefore) / 20e6;
    System.out.printf(
        "two on one link          %6.2f and %.2f MB/s, %.1f %% dropped%n",
        mine, yours, 100.0 * there.dropped() / there.sent());
    assertTrue(mine + yours > 2.0, "together " + (mine + yours));
    assertTrue(mine < 3 * yours && yours < 3 * mine, mine + " and " + yours);
  }
}
