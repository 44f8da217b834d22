package org.webtorrent4j.rtc.sctp.control;

import java.util.random.RandomGenerator;

/**
 * Sends at the rate that the path has been seen to deliver and keeps no more on the way than that
 * rate times the shortest round trip asks for, like BBR. A loss by chance, as on radio, does not
 * slow it down; a round that loses more than {@link #TOO_LOSSY} of its bytes does.
 */
public final class BottleneckModel implements Congestion {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1000 * MS;

  /** Doubles the rate each round: 2 / ln 2. */
  private static final double STARTUP_GAIN = 2.885;

  private static final double[] CYCLE = {1.25, 0.75, 1, 1, 1, 1, 1, 1};

  /** A path is full when the rate has not grown by a quarter for three rounds. */
  private static final double GROWTH = 1.25;

  private static final int FULL_ROUNDS = 3;

  /** Rounds for which a rate is believed: one to two turns of the cycle. */
  private static final int RATE_ROUNDS = 10;

  private static final long MIN_RTT_LIFE = 10 * SECOND;
  private static final long PROBE_RTT = 200 * MS;

  /**
   * A shorter round trip is taken for this: on loopback it is the time between two turns of a loop
   * that bounds a window, not the path.
   */
  private static final long RTT_FLOOR = 2 * MS;

  private static final double TOO_LOSSY = 0.2;
  private static final double BACK_OFF = 0.7;

  /** More is never on the way. */
  private static final long NO_CEILING = 16 << 20;

  private enum Phase {
    STARTUP,
    DRAIN,
    PROBE_RATE,
    PROBE_RTT
  }

  private final RandomGenerator random;
  private Phase phase = Phase.STARTUP;
  private int cycle;
  private long phaseSince;
  private long window = INITIAL_WINDOW;
  private long ceiling = Long.MAX_VALUE;

  private long rateNow;
  private long rateBefore;
  private int rateRounds;
  private long fullRate;
  private int roundsWithoutGrowth;

  private long minRtt = Long.MAX_VALUE;
  private long minRttSince;

  private long roundEnd;
  private boolean isRoundMeasured;
  private long ackedInRound;
  private long lostInRound;

  /** Begins; chance decides where in its cycle it begins to probe, so that flows differ. */
  public BottleneckModel(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public void onAck(AckSample ack, long now) {
    ackedInRound += ack.acked;
    lostInRound += ack.lost;
    if (ack.rtt > 0) {
      onRtt(ack.rtt, now);
    }
    if (ack.rate > 0 && (!ack.isAppLimited || ack.rate > rate())) {
      rateNow = Math.max(rateNow, ack.rate);
      isRoundMeasured |= !ack.isAppLimited;
    }
    if (ack.deliveredBefore >= roundEnd) {
      roundEnd = ack.delivered;
      onRoundEnd(ack, now);
    }
    turn(ack, now);
    grow(ack);
  }

  private void onRtt(long rtt, long now) {
    if (rtt <= minRtt) {
      minRtt = rtt;
      minRttSince = now;
    } else if (now - minRttSince > MIN_RTT_LIFE && phase != Phase.PROBE_RTT) {
      // Long since the queue was seen empty: empty it for a moment, and believe what comes then.
      enter(Phase.PROBE_RTT, now);
      minRtt = rtt;
      minRttSince = now;
    }
  }

  private void onRoundEnd(AckSample ack, long now) {
    boolean isLossy =
        lostInRound > TOO_LOSSY * (lostInRound + ackedInRound) && lostInRound > 8 * MTU;
    if (isLossy) {
      ceiling = Math.max((long) (BACK_OFF * Math.min(window, ceiling)), MIN_WINDOW);
      if (phase == Phase.STARTUP) {
        enter(Phase.DRAIN, now);
      }
    } else {
      ceiling = ceiling < NO_CEILING ? ceiling + ceiling / 8 + MTU : Long.MAX_VALUE;
    }
    if (phase == Phase.STARTUP && isRoundMeasured) {
      checkFull(now);
    }
    if (isRoundMeasured && ++rateRounds >= RATE_ROUNDS) {
      rateBefore = rateNow;
      rateNow = ack.rate;
      rateRounds = 0;
    }
    isRoundMeasured = false;
    ackedInRound = 0;
    lostInRound = 0;
  }

  private void checkFull(long now) {
    if (rate() >= fullRate * GROWTH) {
      fullRate = rate();
      roundsWithoutGrowth = 0;
    } else if (++roundsWithoutGrowth >= FULL_ROUNDS) {
      enter(Phase.DRAIN, now);
    }
  }

  private void turn(AckSample ack, long now) {
    if (phase == Phase.DRAIN && ack.inFlight <= product(1)) {
      enter(Phase.PROBE_RATE, now);
      cycle = 2 + random.nextInt(CYCLE.length - 2);
    } else if (phase == Phase.PROBE_RATE && isCycleOver(ack, now)) {
      cycle = (cycle + 1) % CYCLE.length;
      phaseSince = now;
    } else if (phase == Phase.PROBE_RTT && now - phaseSince > Math.max(PROBE_RTT, minRtt)) {
      minRttSince = now;
      enter(
          fullRate > 0 && roundsWithoutGrowth >= FULL_ROUNDS ? Phase.PROBE_RATE : Phase.STARTUP,
          now);
    }
  }

  private boolean isCycleOver(AckSample ack, long now) {
    boolean isLongEnough = now - phaseSince > Math.max(minRtt, RTT_FLOOR);
    if (CYCLE[cycle] > 1) {
      return isLongEnough && (ack.lost > 0 || ack.inFlight >= product(CYCLE[cycle]));
    }
    return isLongEnough || (CYCLE[cycle] < 1 && ack.inFlight <= product(1));
  }

  private void enter(Phase next, long now) {
    phase = next;
    phaseSince = now;
  }

  private void grow(AckSample ack) {
    if (phase == Phase.STARTUP) {
      window += ack.acked;
    } else {
      window = Math.min(window + ack.acked, target());
    }
  }

  private long target() {
    long target = phase == Phase.PROBE_RTT ? product(0.5) : product(2) + MIN_WINDOW;
    return Math.max(Math.min(target, ceiling), MIN_WINDOW);
  }

  private long rate() {
    return Math.max(rateNow, rateBefore);
  }

  /** Rate times round trip, which is what the path holds without a queue, times a gain. */
  private long product(double gain) {
    if (minRtt == Long.MAX_VALUE || rate() == 0) {
      return INITIAL_WINDOW;
    }
    return (long) (gain * rate() * Math.max(minRtt, RTT_FLOOR) / SECOND);
  }

  @Override
  public void onLost(long bytes, long now) {
    lostInRound += bytes;
  }

  @Override
  public void onTimeout(long now) {
    window = MTU;
  }

  @Override
  public long window() {
    return phase == Phase.PROBE_RTT ? Math.min(window, target()) : window;
  }

  @Override
  public long pacingRate() {
    if (rate() == 0) {
      return Long.MAX_VALUE;
    }
    return (long) (gain() * rate());
  }

  private double gain() {
    return switch (phase) {
      case STARTUP -> STARTUP_GAIN;
      case DRAIN -> 1 / STARTUP_GAIN;
      case PROBE_RATE -> CYCLE[cycle];
      case PROBE_RTT -> 1;
    };
  }
}
