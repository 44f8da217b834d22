package org.webtorrent4j.rtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.rtc.sim.Path;

/**
 * Whole associations on networks of chance. {@code -Drtc.seeds=10000} tries so many of them, and
 * {@code -Drtc.seed=N} that one only.
 */
class SimulatedTransferTest {
  private static final int SEEDS = Integer.getInteger("rtc.seeds", 200);
  private static final long ONLY = Long.getLong("rtc.seed", -1);

  @Test
  void bytesOutAreBytesInWhateverTheNetworkDoes() {
    for (long seed = ONLY < 0 ? 0 : ONLY; seed < (ONLY < 0 ? SEEDS : ONLY + 1); seed++) {
      try {
        run(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("-Drtc.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void run(long seed) {
    Random chance = new Random(seed * 31 + 7);
    SimPair pair = new SimPair(seed, path(chance));
    pair.a.connect();
    pair.net.after(chance.nextLong(2 * SimPair.SECOND), pair.b::connect);
    pair.a.send(chance.nextInt(300_000));
    pair.b.send(chance.nextInt(3) == 0 ? chance.nextInt(200_000) : chance.nextInt(200));
    if (chance.nextInt(4) == 0) {
      pair.b.isReading = false;
      pair.net.after(chance.nextLong(20 * SimPair.SECOND), pair.b::resume);
    }

    assertTrue(
        pair.transfer(600),
        () ->
            "hangs: "
                + pair.b.read
                + " of "
                + pair.a.toSend
                + ", "
                + pair.a.read
                + " of "
                + pair.b.toSend
                + " "
                + pair.a.reason
                + pair.b.reason);
    assertEquals(pair.a.toSend, pair.b.read);
    assertEquals(1, pair.a.established);
    assertEquals(1, pair.b.established);
    assertTrue(pair.a.maxMemory < 8 << 20 && pair.b.maxMemory < 8 << 20);
    end(pair, chance);
  }

  private static void end(SimPair pair, Random chance) {
    if (chance.nextBoolean()) {
      pair.a.association.shutdown(pair.net.now());
      pair.a.touch();
      pair.net.runUntil(() -> pair.a.closed + pair.b.closed == 2, 100 * SimPair.SECOND);
      assertEquals(1, pair.a.closed);
    }
    pair.a.association.abort("", pair.net.now());
    pair.b.association.abort("", pair.net.now());
    pair.net.run(100 * SimPair.SECOND);
    assertEquals(2, pair.a.closed + pair.b.closed);
    assertTrue(pair.net.isQuiet(), "something goes on after the end");
  }

  private static Path path(Random chance) {
    Path path = Path.ofDelay(chance.nextInt(150));
    if (chance.nextBoolean()) {
      path = path.withRate(20_000 + chance.nextInt(2_000_000), 20_000 + chance.nextInt(200_000));
    }
    if (chance.nextBoolean()) {
      path = path.withLoss(chance.nextDouble() * 0.3);
    }
    if (chance.nextInt(3) == 0) {
      path = path.withBursts(chance.nextDouble() * 0.02, 1 + chance.nextInt(100));
    }
    if (chance.nextBoolean()) {
      path = path.withReorder(chance.nextDouble() * 0.3, chance.nextInt(100));
    }
    if (chance.nextBoolean()) {
      path = path.withFaults(chance.nextDouble() * 0.1, chance.nextDouble() * 0.05);
    }
    return chance.nextBoolean() ? path.withJitter(1 + chance.nextInt(50)) : path;
  }
}
